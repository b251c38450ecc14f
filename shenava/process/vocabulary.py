"""The words a definition may use, registered at start by the rooms above: this room knows none of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from shenava.people.models import Role
from shenava.process.fields import Field
from shenava.process.kernel import WAITING, Fault, Graph, Node
from shenava.process.questions import question

if TYPE_CHECKING:
    from shenava.complaints.models import Complaint

_verbs: set[str] = set()
_fields: dict[str, Field] = {}
_operations: set[str] = set()
_closing: set[str] = set()
_opening: set[str] = set()
_facts: list[Callable[[Complaint], Mapping[str, Any]]] = []


def register_verbs(verbs: Iterable[str]) -> None:
    """Make verbs known; a definition that names any other is not published."""
    _verbs.update(verbs)


def register_fields(fields: Iterable[Field]) -> None:
    """Make known what a condition may look at."""
    _fields.update({field.key: field for field in fields})


def register_facts(of: Callable[[Complaint], Mapping[str, Any]], fields: Iterable[Field]) -> None:
    """Make known how these fields are looked up for a complaint."""
    _facts[:] = [of]
    register_fields(fields)


def facts_of(complaint: Complaint | None) -> Mapping[str, Any]:
    """What is the case of a complaint, by field."""
    return _facts[0](complaint) if _facts and complaint is not None else {}


def register_operations(operations: Iterable[str]) -> None:
    """Make known what a process may have done by itself."""
    _operations.update(operations)


def register_endings(closing: Iterable[str], opening: Iterable[str]) -> None:
    """Make known by which verbs alone a complaint comes to rest, and by which it goes on again."""
    _closing.update(closing)
    _opening.update(opening)


def known_verbs() -> frozenset[str]:
    """Every verb that a definition may name."""
    return frozenset(_verbs)


def known_fields() -> frozenset[str]:
    """Every field that a condition may name."""
    return frozenset(_fields)


def field(key: str) -> Field:
    """The field of this key. Raises KeyError."""
    return _fields[key]


def all_fields() -> list[Field]:
    """Every field, in the order in which it was registered."""
    return list(_fields.values())


def known_operations() -> frozenset[str]:
    """Every operation that a definition may name."""
    return frozenset(_operations)


def unknown_words(graph: Graph) -> list[Fault]:
    """The verbs, roles, operations and fields of a graph that there are not, each at its node."""
    decided = {node.key for node in graph.nodes.values() if node.kind in ("task", "call")}
    tables = {node.key: question(node.table) for node in graph.nodes.values() if node.kind == "decision"}
    decided |= {said.key for asked in tables.values() if asked for said in asked.outputs}
    faults: list[Fault] = []
    for node in graph.nodes.values():
        verbs = sorted(graph.verbs_at(node.key) - _verbs)
        faults += [
            Fault(node.key, f"names the verb {verb!r}, which nobody can do", "unknown_verb", {"verb": verb})
            for verb in verbs
        ]
        if node.role and node.role not in Role.values:
            faults.append(Fault(node.key, f"names the role {node.role!r}, which does not exist"))
        if node.kind == "decision" and tables[node.key] is None:
            faults.append(Fault(node.key, f"names the decision table {node.table!r}, which does not exist"))
        if node.operation and node.operation not in _operations:
            faults.append(Fault(node.key, f"names the operation {node.operation!r}, which nobody performs"))
        for one in [one for flow in graph.out[node.key] for one in flow.conditions]:
            faults += _faults_of_condition(node.key, one, decided)
    return faults


def _faults_of_condition(node: str, one: Mapping[str, Any], decided: set[str]) -> list[Fault]:
    name, value = str(one["field"]), one.get("value", True)
    if name not in _fields.keys() | decided:
        return [Fault(node, f"asks for {name!r}, which is no field", "unknown_field")]
    if value in (None, "", []) or (value.__class__ is list and None in value):
        return [Fault(node, f"compares {name!r} with nothing", "no_value", {"field": name})]
    return []


def misplaced_ends(graph: Graph) -> list[Fault]:
    """Where a complaint would rest without having been closed, or be closed and not rest, or go on without having been
    opened again."""
    faults = []
    for node in graph.nodes.values():
        by_verb = {verb: graph.reached_by(node.key, verb) for verb in sorted(graph.verbs_at(node.key))}
        for verb, reached in by_verb.items():
            faults += _faults_of_end(node, verb, reached)
        waits = node.kind in WAITING - {"stage"} or node.kind == "boundary"
        said = {"place": node.key}
        for flow in graph.out[node.key] if waits else ():
            rests = [one.key for one in graph.onwards(flow.target) if one.is_rest]
            faults += [
                Fault(key, f"is reached from {node.key} without a verb that closes the complaint", "unclosed", said)
                for key in rests
            ]
    return faults


def _faults_of_end(node: Node, verb: str, reached: list[Node]) -> list[Fault]:
    rests = [one.key for one in reached if one.is_rest]
    if not reached:
        return []
    if node.is_rest:
        return (
            []
            if verb in _opening
            else [Fault(node.key, f"is left by {verb!r}, which opens nothing again", "opens_nothing", {"verb": verb})]
        )
    if bool(rests) == (verb in _closing):
        return []
    if rests:
        what = f"leads to an end by {verb!r}, which closes nothing"
        return [Fault(node.key, what, "closes_nothing", {"verb": verb, "place": rests[0]})]
    return [Fault(node.key, f"leads on by {verb!r}, which closes the complaint", "closes", {"verb": verb})]
