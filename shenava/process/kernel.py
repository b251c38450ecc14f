"""The kernel: given a graph, a state and a verb, what comes next. Pure: no framework, clock, I/O or eval."""

from __future__ import annotations

from dataclasses import dataclass

from shenava.process.graph import Graph


class NotAllowedNowError(ValueError):
    """The verb is not possible at this place of the process."""

    def __init__(self, verb: str, node: str) -> None:
        super().__init__(f"{verb} is not possible at {node}")
        self.verb, self.node = verb, node


@dataclass(frozen=True)
class State:
    """Where a run stands."""

    node: str


@dataclass(frozen=True)
class Moved:
    """An effect: the run went from one node to another."""

    source: str
    target: str


def start(graph: Graph) -> State:
    """A new run, at the first place where something can be done."""
    return _settle(graph, graph.start.key)


def do(graph: Graph, state: State, verb: str) -> tuple[State, tuple[Moved, ...]]:
    """Do a verb: the new state and what moved. Verbs that take no way leave the run where it is."""
    if verb not in allowed(graph, state):
        raise NotAllowedNowError(verb, state.node)
    flow = graph.flow(state.node, verb)
    if flow is None:
        return state, ()
    after = _settle(graph, flow.target)
    return after, (Moved(state.node, after.node),)


def allowed(graph: Graph, state: State) -> frozenset[str]:
    """The verbs that are possible now: those of the node, and those that lead away from it."""
    ways = {flow.on for flow in graph.flows if flow.source == state.node and flow.on}
    return graph.nodes[state.node].verbs | ways


def is_finished(graph: Graph, state: State) -> bool:
    """Has the run come to an end? (It may be reopened from there.)"""
    return graph.nodes[state.node].kind == "end"


def _settle(graph: Graph, key: str) -> State:
    """Follow the ways that are taken at once."""
    for _ in graph.nodes:
        flow = graph.flow(key, "")
        if flow is None:
            break
        key = flow.target
    return State(key)
