"""The words a definition may use, registered at start by the rooms above: this room knows none of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from shenava.process.fields import Field
from shenava.process.graph import Fault, Graph

if TYPE_CHECKING:
    from shenava.complaints.models import Complaint

_verbs: set[str] = set()
_fields: dict[str, Field] = {}
_operations: set[str] = set()
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


def facts_of(complaint: Complaint) -> Mapping[str, Any]:
    """What is the case of a complaint, by field."""
    return _facts[0](complaint)


def register_operations(operations: Iterable[str]) -> None:
    """Make known what a process may have done by itself."""
    _operations.update(operations)


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


def unknown_verbs(graph: Graph) -> list[Fault]:
    """The verbs of a graph that nobody can do, each at its node."""
    return [
        Fault(key, f"names the verb {verb!r}, which nobody can do")
        for key in graph.nodes
        for verb in sorted(graph.verbs_at(key) - _verbs)
    ]
