"""How a run went: which steps it came to, when, and by which ways; read from its log, for pictures and lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from shenava.process import moving
from shenava.process.kernel import WAITING, Flow, Graph, Kernel, State
from shenava.process.models import Instance, RunEvent
from shenava.process.moving import Move, Told
from shenava.process.publishing import graph_of


@dataclass(frozen=True)
class Visit:
    """A run was at a node, from when till when (`until` None: it still is)."""

    node: str
    since: datetime
    until: datetime | None = None


@dataclass
class Went:
    """The visits in their order, and the flows that were taken, by their keys."""

    visits: list[Visit] = field(default_factory=list)
    flows: set[str] = field(default_factory=set)

    def leave(self, nodes: Iterable[str], at: datetime) -> None:
        """These are left."""
        for node in nodes:
            for place, visit in enumerate(self.visits):
                if visit.node == node and visit.until is None:
                    self.visits[place] = replace(visit, until=at)
                    break


def went(run: Instance) -> Went:
    """The way of a run through the drawing that it follows now. One query; one more for each older version."""
    drawn, state = graph_of(run.version), State.from_json(run.first)
    found = Went()
    path = list(_path(drawn, drawn.starts[""].key, state.here)) if state.here in drawn.nodes else []
    found.flows |= {flow.key for flow in path}
    found.visits = [Visit(flow.source, run.started_at, run.started_at) for flow in path]
    found.visits += [Visit(token.node, run.started_at) for token in state.tokens.values() if token.node in drawn.nodes]
    for event in run.events.order_by("seq"):
        moves = Kernel(_graph(run, event), Told(event.answers), event.at)
        after = moving.made(moves, state, Move(event.kind, event.said))
        _note(found, drawn, moves, event, state, after)
        state = after
    return found


def _graph(run: Instance, event: RunEvent) -> Graph:
    return graph_of(run.version if event.version_id == run.version_id else event.version)


def _note(found: Went, drawn: Graph, moves: Kernel, event: RunEvent, before: State, after: State) -> None:
    """What one move left, passed and came to."""
    left = [token.node for key, token in before.tokens.items() if key not in after.tokens]
    timers = [timer.node for key, timer in before.timers.items() if key == event.said.get("timer")]
    words = {"", event.said.get("verb"), event.said.get("outcome")}
    sources = [*left, *timers, *moves.passed] or [before.here]
    for flow in (flow for source in sources for flow in drawn.out.get(source, ())):
        if flow.target in moves.passed and flow.on in words:
            found.flows.add(flow.key)
    found.leave(left, event.at)
    waiting = {key for key in moves.passed if key in drawn.nodes and drawn.nodes[key].kind in WAITING}
    come = [token.node for key, token in after.tokens.items() if key not in before.tokens]
    passed = sorted((moves.passed & drawn.nodes.keys()) - waiting) + timers
    found.visits += [Visit(node, event.at, event.at) for node in passed]
    found.visits += [Visit(node, event.at) for node in come if node in drawn.nodes]


def _path(drawn: Graph, first: str, last: str) -> Iterator[Flow]:
    """The shortest way between two nodes."""
    by: dict[str, Flow | None] = {first: None}
    waiting = [first]
    for key in waiting:  # grows while it is walked
        for flow in drawn.out[key]:
            if flow.target not in by:
                by[flow.target] = flow
                waiting.append(flow.target)
    found: list[Flow] = []
    taken = by.get(last)
    while taken is not None:
        found.append(taken)
        taken = by[taken.source]
    yield from reversed(found)
