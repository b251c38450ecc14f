"""The process graph: what an organisation draws, as data. Pure: no framework, no clock, no I/O."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

KINDS = ("start", "stage", "end")
LANGUAGES = ("en", "fa", "he")
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")

GRAPH_SHAPE = {"key": str, "names": dict, "purpose": str, "nodes": dict, "flows": list, "anytime": list}
NODE_SHAPE = {
    "kind": str, "names": dict, "verbs": list, "role": str, "due": str, "shown": int, "outcome": str,
    "warn_after": int, "lapse_after": int,
}  # fmt: skip
FLOW_SHAPE = {"from": str, "to": str, "on": str, "outcome": str}
ANYTIME_SHAPE = {"from": list, "to": str, "on": str, "outcome": str}
WORDS = {str: "a text", int: "a whole number", list: "a list", dict: "an object"}


class Fault(NamedTuple):
    """What is wrong, at which node (an empty key: with the graph as a whole)."""

    node: str
    text: str


class FaultyGraphError(ValueError):
    """The graph cannot be run. `faults` names each node and what is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("; ".join(f"{fault.node or 'the graph'} {fault.text}" for fault in self.faults))


@dataclass(frozen=True)
class Node:
    """A place in the process.

    A stage is a human step. `verbs` are possible here and move nothing; verbs that lead away are flows.
    `role` normally holds the complaint here, `due` is the kind of clock that runs, `shown` the place in
    the steps bar (0: not in it). A complainant who says nothing is warned after `warn_after` days and the
    complaint closed `lapse_after` days later (0: never). The `outcome` of an end is its key, unless it or the
    flow says otherwise.
    """

    key: str
    kind: str
    names: Mapping[str, str] = field(default_factory=dict)
    verbs: frozenset[str] = frozenset()
    role: str = ""
    due: str = ""
    shown: int = 0
    outcome: str = ""
    warn_after: int = 0
    lapse_after: int = 0

    def name(self, language: str) -> str:
        """The name in a language, else in English, else the key."""
        return self.names.get(language) or self.names.get("en") or self.key


@dataclass(frozen=True)
class Flow:
    """A way from one node to another, taken when the verb `on` is done; the start is left at once."""

    source: str
    target: str
    on: str = ""
    outcome: str = ""


@dataclass(frozen=True)
class Graph:
    """Nodes by key, and the flows between them."""

    key: str
    nodes: Mapping[str, Node]
    flows: tuple[Flow, ...]

    @property
    def start(self) -> Node:
        """The one node where every run begins."""
        return next(node for node in self.nodes.values() if node.kind == "start")

    def flow(self, source: str, verb: str) -> Flow | None:
        """The way that a verb takes from a node, if it takes one."""
        return next((flow for flow in self.flows if flow.source == source and flow.on == verb), None)

    def verbs_at(self, node: str) -> frozenset[str]:
        """The verbs that are possible at a node: those that stay and those that lead away."""
        return self.nodes[node].verbs | {flow.on for flow in self.flows if flow.source == node and flow.on}

    def steps(self) -> list[Node]:
        """The nodes of the steps bar, in order."""
        return sorted((node for node in self.nodes.values() if node.shown), key=lambda node: node.shown)


def load(content: Any) -> Graph:
    """A graph from its JSON; raises FaultyGraphError with every fault found."""
    _refuse(_misshapen("", content, GRAPH_SHAPE, ("key", "names", "nodes", "flows")))
    _refuse(_misshapen_parts(content))
    flows = [_flow(given, given["from"]) for given in content["flows"]]
    for anytime in content.get("anytime", ()):
        flows += [_flow(anytime, source) for source in anytime["from"]]
    nodes = {key: _node(key, given) for key, given in content["nodes"].items()}
    graph = Graph(content["key"], nodes, tuple(flows))
    _refuse([*_unnamed("", content["names"]), *check(graph)])
    return graph


def check(graph: Graph) -> list[Fault]:
    """Every fault of a graph: of its nodes and flows first, and only where there is none, places that
    are never reached or lead to no end."""
    kinds = [node.kind for node in graph.nodes.values()]
    if kinds.count("start") != 1 or "end" not in kinds:
        return [Fault("", "needs exactly one start and at least one end")]
    faults = [fault for node in graph.nodes.values() for fault in _faults_of(node)]
    faults += _shown_twice(graph) + _faulty_flows(graph)
    return faults or _unsound(graph)


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise FaultyGraphError(faults)


def _misshapen(where: str, given: Any, shape: Mapping[str, type], required: Iterable[str]) -> list[Fault]:
    if type(given) is not dict:
        return [Fault(where, "must be an object")]
    lacking = [Fault(where, f"lacks {name!r}") for name in required if name not in given]
    unknown = [Fault(where, f"has {name!r}, which means nothing") for name in given if name not in shape]
    return lacking + unknown + [
        Fault(where, f"needs {WORDS[shape[name]]} as {name!r}")
        for name, value in given.items()
        if name in shape and not _fits(value, shape[name])
    ]  # fmt: skip


def _fits(value: Any, kind: type) -> bool:
    if type(value) is not kind:
        return False
    return not isinstance(value, list) or all(type(part) in (str, dict) for part in value)


def _misshapen_parts(content: Mapping[str, Any]) -> list[Fault]:
    faults: list[Fault] = []
    for key, node in content["nodes"].items():
        faults += _misshapen(key, node, NODE_SHAPE, ("kind",))
    for place, flow in enumerate(content["flows"], 1):
        faults += _misshapen(f"flow {place}", flow, FLOW_SHAPE, ("from", "to"))
    for place, anytime in enumerate(content.get("anytime", ()), 1):
        faults += _misshapen(f"anytime {place}", anytime, ANYTIME_SHAPE, ("from", "to", "on"))
    return faults


def _node(key: str, given: Mapping[str, Any]) -> Node:
    verbs = frozenset(str(verb) for verb in given.get("verbs", ()))
    return Node(**{**given, "key": key, "verbs": verbs})


def _flow(given: Mapping[str, Any], source: Any) -> Flow:
    return Flow(str(source), given["to"], given.get("on", ""), given.get("outcome", ""))


def _faults_of(node: Node) -> list[Fault]:
    faults = [] if KEY.fullmatch(node.key) else [Fault(node.key, "has a key that is not like in_handling")]
    if node.kind not in KINDS:
        return [*faults, Fault(node.key, f"is of the kind {node.kind!r}, not one of {', '.join(KINDS)}")]
    if node.kind == "start":
        return faults + ([Fault(node.key, "is the start; nobody works there")] if node.verbs else [])
    misnamed = [
        Fault(node.key, f"has {verb!r} as a verb, which is not like mark_duplicate")
        for verb in sorted(node.verbs)
        if not KEY.fullmatch(verb)
    ]
    return faults + _unnamed(node.key, node.names) + misnamed + _faults_of_silence(node)


def _faults_of_silence(node: Node) -> list[Fault]:
    if min(node.warn_after, node.lapse_after) < 0:
        return [Fault(node.key, "counts its days of silence below zero")]
    if node.lapse_after and not node.warn_after:
        return [Fault(node.key, "closes for silence without a warning before")]
    if node.warn_after and not node.lapse_after:
        return [Fault(node.key, "warns of a closing that never comes")]
    return []


def _unnamed(where: str, names: Mapping[str, Any]) -> list[Fault]:
    given = [language for language in LANGUAGES if str(names.get(language, "")).strip()]
    return [Fault(where, f"has no name in {name!r}") for name in LANGUAGES if name not in given]


def _shown_twice(graph: Graph) -> list[Fault]:
    steps = graph.steps()
    return [
        Fault(later.key, f"has the place {later.shown} in the steps bar, as {earlier.key} has")
        for earlier, later in pairwise(steps)
        if earlier.shown == later.shown
    ]


def _faulty_flows(graph: Graph) -> list[Fault]:
    faults: list[Fault] = []
    seen: set[tuple[str, str]] = set()
    for flow in graph.flows:
        faults += [
            Fault(key, "is the end of a flow, but there is no such node")
            for key in (flow.source, flow.target)
            if key not in graph.nodes
        ]
        if (flow.source, flow.on) in seen:
            faults.append(Fault(flow.source, f"has two ways for {flow.on or 'the beginning'!r}"))
        seen.add((flow.source, flow.on))
    return faults or [fault for flow in graph.flows for fault in _faults_of_flow(graph, flow)]


def _faults_of_flow(graph: Graph, flow: Flow) -> list[Fault]:
    source, target = graph.nodes[flow.source], graph.nodes[flow.target]
    faults = []
    if target.kind == "start":
        faults.append(Fault(source.key, f"leads back to {target.key}, where every run begins"))
    if source.kind == "start" and flow.on:
        faults.append(Fault(source.key, "is left at once, not by a verb"))
    if source.kind != "start" and not KEY.fullmatch(flow.on):
        faults.append(Fault(source.key, f"leads to {target.key} on {flow.on!r}, which is no verb"))
    if flow.on in source.verbs:
        faults.append(Fault(source.key, f"lets {flow.on!r} both stay and lead to {target.key}"))
    return faults


def _unsound(graph: Graph) -> list[Fault]:
    forward = {key: [flow.target for flow in graph.flows if flow.source == key] for key in graph.nodes}
    backward = {key: [flow.source for flow in graph.flows if flow.target == key] for key in graph.nodes}
    ends = [node.key for node in graph.nodes.values() if node.kind == "end"]
    never_reached = set(graph.nodes) - _reach([graph.start.key], forward)
    endless = set(graph.nodes) - _reach(ends, backward)
    return [Fault(key, "is never reached") for key in sorted(never_reached)] + [
        Fault(key, "leads to no end") for key in sorted(endless)
    ]


def _reach(roots: Iterable[str], ways: Mapping[str, list[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = list(roots)
    while waiting:
        key = waiting.pop()
        if key not in seen:
            seen.add(key)
            waiting += ways[key]
    return seen
