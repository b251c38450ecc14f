"""The kernel: given a graph, a state and a verb, what comes next. Pure: no framework, clock, I/O or eval."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shenava.process.graph import Flow, Graph


class NotAllowedNow(ValueError):
    """The verb is not possible at this place of the process."""

    def __init__(self, verb: str, stage: str) -> None:
        super().__init__(f"{verb} is not possible at {stage}")
        self.verb, self.stage = verb, stage


@dataclass(frozen=True)
class State:
    """Where a run stands: the nodes its tokens lie on. So far a run has one token."""

    tokens: tuple[str, ...]

    @property
    def here(self) -> str:
        """The node where the run stands."""
        return self.tokens[0]

    def as_json(self) -> dict[str, Any]:
        """The state as it is kept."""
        return {"tokens": list(self.tokens)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> State:
        """The state as it was kept."""
        return cls(tuple(kept["tokens"]))


@dataclass(frozen=True)
class Left:
    """An effect: the run has left a node."""

    node: str


@dataclass(frozen=True)
class Entered:
    """An effect: the run has come to a node."""

    node: str


@dataclass(frozen=True)
class Finished:
    """An effect: the run has ended, and how."""

    outcome: str


Effect = Left | Entered | Finished


def start(graph: Graph) -> tuple[State, tuple[Effect, ...]]:
    """A new run, at the first place where something can be done."""
    first = graph.flow(graph.start.key, "")
    assert first is not None, "a loaded graph has a way from its start"
    return State((first.target,)), _arrive(graph, first)


def do(graph: Graph, state: State, verb: str) -> tuple[State, tuple[Effect, ...]]:
    """Do a verb: the new state and what it had for effects. Verbs that lead nowhere leave the run as it is.

    Raises NotAllowedNow.
    """
    if not may(graph, state, verb):
        raise NotAllowedNow(verb, state.here)
    flow = graph.flow(state.here, verb)
    if flow is None:
        return state, ()
    return State((flow.target,)), (Left(flow.source), *_arrive(graph, flow))


def may(graph: Graph, state: State, verb: str) -> bool:
    """Is the verb possible now?"""
    return verb in allowed(graph, state)


def allowed(graph: Graph, state: State) -> frozenset[str]:
    """The verbs that are possible now. After the end these are the few that the end itself names."""
    return graph.verbs_at(state.here)


def is_finished(graph: Graph, state: State) -> bool:
    """Has the run come to an end? (It may be reopened from there.)"""
    return graph.nodes[state.here].kind == "end"


def _arrive(graph: Graph, flow: Flow) -> tuple[Effect, ...]:
    node = graph.nodes[flow.target]
    if node.kind != "end":
        return (Entered(node.key),)
    return Entered(node.key), Finished(flow.outcome or node.outcome or node.key)
