"""The process graph: what an organisation draws, as data. Pure: no framework, no clock, no I/O."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

KINDS = ("start", "stage", "end")


class FaultyGraphError(ValueError):
    """The graph cannot be run. `faults` names each node and what is wrong with it."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{node}: {text}" for node, text in faults))
        self.faults = faults


@dataclass(frozen=True)
class Node:
    """A place in the process. A stage allows verbs while it lasts; `shown` is its place in the steps bar."""

    key: str
    kind: str
    names: Mapping[str, str] = field(default_factory=dict)
    verbs: frozenset[str] = frozenset()
    role: str = ""
    shown: int = 0

    def name(self, language: str) -> str:
        """The name in a language, else in English, else the key."""
        return self.names.get(language) or self.names.get("en") or self.key


@dataclass(frozen=True)
class Flow:
    """A way from one node to another, taken when the verb `on` is done; an empty `on` is taken at once."""

    source: str
    target: str
    on: str = ""


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

    def steps(self) -> list[Node]:
        """The nodes of the steps bar, in order."""
        return sorted((node for node in self.nodes.values() if node.shown), key=lambda node: node.shown)


def load(content: Mapping[str, Any]) -> Graph:
    """A graph from its JSON; raises FaultyGraphError with every fault found."""
    nodes = {key: _node(key, given) for key, given in content["nodes"].items()}
    flows = [Flow(given["from"], given["to"], given.get("on", "")) for given in content["flows"]]
    for anytime in content.get("anytime", ()):
        flows += [Flow(source, anytime["to"], anytime["on"]) for source in anytime["from"]]
    graph = Graph(content["key"], nodes, tuple(flows))
    faults = check(graph)
    if faults:
        raise FaultyGraphError(faults)
    return graph


def check(graph: Graph) -> list[tuple[str, str]]:
    """Every fault by node: unknown targets, two ways for one verb, places never reached or never left."""
    faults = [
        (node.key, f"is of an unknown kind {node.kind!r}")
        for node in graph.nodes.values()
        if node.kind not in KINDS
    ]
    if sum(node.kind == "start" for node in graph.nodes.values()) != 1:
        return [*faults, ("", "a process begins at exactly one place")]
    faults += _faulty_flows(graph)
    return faults or _unsound(graph)


def _node(key: str, given: Mapping[str, Any]) -> Node:
    return Node(
        key=key,
        kind=given["kind"],
        names=given.get("names", {}),
        verbs=frozenset(given.get("verbs", ())),
        role=given.get("role", ""),
        shown=given.get("shown", 0),
    )


def _faulty_flows(graph: Graph) -> list[tuple[str, str]]:
    faults, seen = [], set()
    for flow in graph.flows:
        for end in (flow.source, flow.target):
            if end not in graph.nodes:
                faults.append((end, "is the end of a flow, but there is no such node"))
        if (flow.source, flow.on) in seen:
            faults.append((flow.source, f"has two ways for {flow.on or 'going on'!r}"))
        seen.add((flow.source, flow.on))
    return faults


def _unsound(graph: Graph) -> list[tuple[str, str]]:
    forward = {key: [flow.target for flow in graph.flows if flow.source == key] for key in graph.nodes}
    backward = {key: [flow.source for flow in graph.flows if flow.target == key] for key in graph.nodes}
    ends = [node.key for node in graph.nodes.values() if node.kind == "end"]
    never_reached = set(graph.nodes) - _reach([graph.start.key], forward)
    never_left = set(graph.nodes) - _reach(ends, backward)
    return [(key, "is never reached") for key in sorted(never_reached)] + [
        (key, "leads to no end") for key in sorted(never_left)
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
