"""Checking: what a drawing may say of its nodes and flows, each fault at its node."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from shenava.process.kernel.faults import Fault
from shenava.process.kernel.graph import WAITING, Anytime, Flow, Graph, Node

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
UNITS = ("days", "hours", "working_days", "working_hours")
WITHOUT_VALUE = ("empty", "not_empty")
OPERATORS = ("is", "is_not", "in", "not_in", "less", "at_most", "more", "at_least", "between", *WITHOUT_VALUE)
NEEDS = {
    "decision": "table", "operation": "operation", "message": "message", "timer": "after", "call": "process",
    "boundary": "after", "task": "role",
}  # fmt: skip
NAMED = ("stage", "task")
ONE_WAY = ("start", "decision", "operation", "message", "timer", "sub", "call", "boundary")


def faults_of(graph: Graph) -> list[Fault]:
    """Every fault of a graph: first those of the nodes by themselves, then those of the ways between them."""
    found = _parts_without_start_or_end(graph)
    found += [fault for node in graph.nodes.values() for fault in _faults_of_node(graph, node)]
    found = [*found, *_shown_twice(graph)] or _lost_flows(graph)
    return found or [
        *(fault for flow in graph.flows for fault in _faults_of_flow(graph, flow)),
        *(fault for node in graph.nodes.values() for fault in _faults_of_ways(graph, node)),
        *(fault for one in graph.anytime for fault in _faults_of_anytime(graph, one)),
    ]


def unnamed(where: str, names: Mapping[str, Any]) -> list[Fault]:
    """Whether something has no name in any language. One is enough: who reads another reads that."""
    return [] if any(str(name).strip() for name in names.values()) else [Fault(where, "has no name", "unnamed")]


def faults_of_condition(where: str, given: Any) -> list[Fault]:
    """What is wrong with one condition of a flow."""
    if type(given) is not dict or not {"field", "is"} <= set(given) <= {"field", "is", "value"}:
        return [Fault(where, "has a condition that is not a field, an operator and a value")]
    if given["is"] not in OPERATORS:
        return [Fault(where, f"compares by {given['is']!r}, not by one of {', '.join(OPERATORS)}")]
    if ("value" in given) == (given["is"] in WITHOUT_VALUE):
        return [Fault(where, f"compares {given['field']} by {given['is']!r} with a value too many or too few")]
    return []


def _parts_without_start_or_end(graph: Graph) -> list[Fault]:
    parts = ["", *(node.key for node in graph.nodes.values() if node.kind == "sub")]
    kinds = {part: [node.kind for node in graph.nodes.values() if node.inside == part] for part in parts}
    return [
        Fault(part, "needs exactly one start and at least one end")
        for part in parts
        if kinds[part].count("start") != 1 or "end" not in kinds[part]
    ]


def _faults_of_node(graph: Graph, node: Node) -> list[Fault]:
    found = [] if KEY.fullmatch(node.key) else [Fault(node.key, "has a key that is not like in_handling")]
    if node.names or node.kind in NAMED:
        found += unnamed(node.key, node.names)
    if node.kind in NEEDS and not getattr(node, NEEDS[node.kind]):
        found.append(Fault(node.key, f"lacks {NEEDS[node.kind]!r}", "lacks_" + NEEDS[node.kind]))
    found += [
        Fault(node.key, f"has {verb!r} as a verb, which is not like mark_duplicate")
        for verb in sorted(node.verbs)
        if not KEY.fullmatch(verb)
    ]
    found += [fault for span in (node.after, node.within) if span for fault in _faults_of_span(node, span)]
    return found + _faults_of_silence(node) + _faults_of_place(graph, node) + _faults_of_several(node)


def _faults_of_span(node: Node, span: Mapping[str, Any]) -> list[Fault]:
    is_span = len(span) == 1 and all(unit in UNITS and type(number) is int for unit, number in span.items())
    if is_span and min(span.values()) > 0:
        return []
    return [Fault(node.key, f"needs a number above zero of one of {', '.join(UNITS)}", "span")]


def _faults_of_silence(node: Node) -> list[Fault]:
    if min(node.warn_after, node.lapse_after) < 0:
        return [Fault(node.key, "counts its days of silence below zero")]
    if node.lapse_after and not node.warn_after:
        return [Fault(node.key, "closes for silence without a warning before", "unwarned")]
    if node.warn_after and not node.lapse_after:
        return [Fault(node.key, "warns of a closing that never comes", "warned_for_nothing")]
    return []


def _faults_of_place(graph: Graph, node: Node) -> list[Fault]:
    around = graph.nodes.get(node.inside)
    if node.inside and (around is None or around.kind != "sub"):
        return [Fault(node.key, f"is inside {node.inside}, which is no sub-process")]
    if node.inside and node.key in _around(graph, node):
        return [Fault(node.key, "is inside itself")]
    held = graph.nodes.get(node.at)
    if node.kind == "boundary" and (held is None or held.kind not in WAITING or held.inside != node.inside):
        return [Fault(node.key, f"is the timer of {node.at or 'nothing'}, where nothing waits in the same part")]
    return [Fault(node.key, "is repeated less than never")] if node.repeat < 0 else []


def _around(graph: Graph, node: Node) -> list[str]:
    """The sub-processes a node lies in, from the inside."""
    found: list[str] = []
    inside = node.inside
    while inside in graph.nodes and inside not in found:
        found.append(inside)
        inside = graph.nodes[inside].inside
    return found


def _faults_of_several(node: Node) -> list[Fault]:
    if node.several is None:
        return []
    if node.several.of not in ("all", "any", "quorum"):
        return [Fault(node.key, "is for several people, but not for all, any or a quorum of them")]
    return [Fault(node.key, "asks for a quorum of nobody")] if node.several.count < 1 else []


def _shown_twice(graph: Graph) -> list[Fault]:
    return [
        Fault(later.key, f"has the place {later.shown} in the steps bar, as {earlier.key} has")
        for earlier, later in pairwise(graph.steps())
        if earlier.shown == later.shown
    ]


def _lost_flows(graph: Graph) -> list[Fault]:
    named = [key for flow in graph.flows for key in (flow.source, flow.target)]
    named += [key for one in graph.anytime for key in (*sorted(one.sources), one.target) if key or not one.does]
    nowhere = {flow.source: None for flow in graph.flows if not flow.target}
    return [Fault(key, "leads nowhere yet", "nowhere") for key in nowhere] + [
        Fault(key, "is the end of a flow, but there is no such node", "no_place", {"place": key})
        for key in dict.fromkeys(named)
        if key not in graph.nodes and key
    ]


def _faults_of_flow(graph: Graph, flow: Flow) -> list[Fault]:
    source, target = graph.nodes[flow.source], graph.nodes[flow.target]
    found = []
    if target.kind == "start":
        found.append(Fault(source.key, f"leads back to {target.key}, where every run begins"))
    if target.kind == "boundary":
        found.append(Fault(source.key, f"leads to {target.key}, which only time begins"))
    if source.inside != target.inside:
        found.append(Fault(source.key, f"leads to {target.key}, across the border of a sub-process"))
    if (flow.conditions or flow.otherwise) and source.kind not in ("exclusive", "task"):
        found.append(Fault(source.key, "chooses by conditions, as only an exclusive gateway does"))
    if flow.conditions and source.kind == "task":
        found.append(Fault(source.key, "chooses by conditions, as only an exclusive gateway does"))
    return found


def _faults_of_ways(graph: Graph, node: Node) -> list[Fault]:
    ways = graph.out[node.key]
    if node.kind in ("stage", "end"):
        return _faults_of_verbs(graph, node, ways)
    if node.kind == "task":
        return _faults_of_outcomes(node, ways)
    if any(flow.on for flow in ways):
        what = "is left at once, not by a verb" if node.kind == "start" else "is left by itself, not by a verb"
        return [Fault(node.key, what)]
    if node.kind == "exclusive":
        return _faults_of_choice(node, ways)
    if node.kind in ONE_WAY and len(ways) != 1:
        return [Fault(node.key, f"needs exactly one way out and has {len(ways)}")]
    return _twice(node, ways) if ways else [Fault(node.key, "has no way out")]


def _faults_of_verbs(graph: Graph, node: Node, ways: Iterable[Flow]) -> list[Fault]:
    found = []
    leading = [(flow.on, flow.target) for flow in ways]
    leading += [(one.on, one.target) for one in graph.anytime if node.key in one.sources and one.target]
    seen: set[str] = set()
    for verb, target in leading:
        if not KEY.fullmatch(verb):
            found.append(Fault(node.key, f"leads to {target} on {verb!r}, which is no verb", "no_verb"))
        if verb in seen:
            found.append(Fault(node.key, f"has two ways for {verb!r}", "two_ways", {"verb": verb}))
        if verb in node.verbs:
            found.append(Fault(node.key, f"lets {verb!r} both stay and lead to {target}"))
        seen.add(verb)
    if node.kind == "end" and seen and not node.is_rest:
        found.append(Fault(node.key, "is left again, but no complaint rests there: it has no name, or it ends a part"))
    return found


def _faults_of_outcomes(node: Node, ways: Iterable[Flow]) -> list[Fault]:
    outcomes = [flow.on for flow in ways if flow.on]
    plain = [flow for flow in ways if not flow.on]
    found = [
        Fault(node.key, f"has two ways for {on!r}", "two_ways", {"verb": on})
        for on in dict.fromkeys(outcomes)
        if outcomes.count(on) > 1
    ]
    found += [
        Fault(node.key, f"has an outcome {on!r} that is not like agreed") for on in outcomes if not KEY.fullmatch(on)
    ]
    if not outcomes:
        found.append(Fault(node.key, "has no outcome by which it is left", "no_outcome"))
    found += [fault for flow in ways if flow.on for fault in unnamed(f"{node.key}: {flow.on}", flow.names)]
    disagree = node.several is not None and node.several.of != "any" and len(outcomes) > 1
    if [flow.otherwise for flow in plain] != [True] * disagree:
        found.append(
            Fault(node.key, "needs a way for those who do not agree" if disagree else "has a way that nobody takes")
        )
    return found


def _faults_of_choice(node: Node, ways: tuple[Flow, ...]) -> list[Fault]:
    plain = [flow for flow in ways if not flow.conditions]
    if len(ways) == 1 and plain:
        return []
    if len(plain) != 1 or not plain[0].otherwise:
        return [Fault(node.key, "needs exactly one way for what no condition meets")]
    return []


def _twice(node: Node, ways: Iterable[Flow]) -> list[Fault]:
    targets = [flow.target for flow in ways]
    return [Fault(node.key, f"leads to {key} twice") for key in dict.fromkeys(targets) if targets.count(key) > 1]


def _faults_of_anytime(graph: Graph, one: Anytime) -> list[Fault]:
    target = graph.nodes.get(one.target)
    found = [
        Fault(source, f"is no place from which {one.on} is possible at any time")
        for source in sorted(one.sources)
        if graph.nodes[source].kind != "stage" and not graph.nodes[source].is_rest
    ]
    if one.does and (one.target or one.does not in ("pause", "resume")):
        found.append(Fault("", f"lets {one.on} do something else than lead somewhere, pause or resume"))
    if target and (target.inside or target.kind in ("start", "boundary")):
        found.append(Fault(target.key, f"is no place to which {one.on} can lead at any time"))
    return found
