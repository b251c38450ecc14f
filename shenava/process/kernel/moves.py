"""Moves: graph, state and what somebody does, or what time it is, give the next state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol

from shenava.process.kernel.graph import FINISH, Anytime, Flow, Graph
from shenava.process.kernel.state import NotAllowedNow, State, Token
from shenava.process.kernel.walking import Walk


class Outside(Protocol):
    """What the kernel asks of the world. Facts of the complaint are never in the state."""

    def holds(self, conditions: tuple[Mapping[str, Any], ...], decided: Mapping[str, Any]) -> bool:
        """Do all of these conditions hold now?"""

    def decide(self, table: str, decided: Mapping[str, Any]) -> Mapping[str, Any]:
        """What the decision table says now."""

    def due(self, after: Mapping[str, int], now: datetime) -> datetime:
        """When so much time will have passed."""


@dataclass(frozen=True)
class Kernel:
    """A graph and the world outside it, at one moment. Every move gives a new state; the old one stays as it is.

    `passed` gathers the nodes that its moves have come to. Moves raise NotAllowedNow for what is not possible here,
    and StuckError where the run cannot go on by itself.
    """

    graph: Graph
    outside: Outside
    now: datetime
    passed: set[str] = field(default_factory=set)

    def start(self) -> State:
        """A new run, moved on until it waits for somebody or something."""
        walk = self._walk(State())
        walk.enter(self.graph.starts[""].key, "")
        return walk.settled()

    def allowed(self, state: State) -> frozenset[str]:
        """The verbs that are possible now, and the messages that are waited for."""
        return allowed(self.graph, state)

    def do(self, state: State, verb: str) -> State:
        """Do a verb. It moves the first token that has a way for it, else what it does at any time."""
        token, flow = self._first_way(state, verb)
        if flow is not None:
            return self.along(state, token, flow)
        anytime = self.graph.anytime_way(state.here, verb)
        if anytime is not None:
            return self.at_any_time(state, anytime)
        if verb not in self.allowed(state):
            raise NotAllowedNow(verb, state.here)
        return state

    def message(self, state: State, name: str) -> State:
        """Something that was waited for has come: the first token that waits for it goes on."""
        for key, token in state.tokens.items():
            if self.graph.nodes[token.node].message == name:
                return self.complete(state, key)
        raise NotAllowedNow(name, state.here)

    def complete(self, state: State, token: str, values: Mapping[str, Any] | None = None) -> State:
        """The operation at this token was performed, the message or the answer of the called process has come."""
        node = self.graph.nodes[self._token(state, token).node]
        if node.kind not in ("operation", "message", "call", "timer"):
            raise NotAllowedNow("complete", node.key)
        walk = self._walk(state)
        walk.decided.update(values or {})
        return self.along(state, token, self.graph.out[node.key][0], walk)

    def finish(self, state: State, token: str, outcome: str, *, voice: str = "", of: int = 1) -> State:
        """Somebody has finished a task with an outcome; of several people each has one `voice`, `of` so many."""
        node = self.graph.nodes[self._token(state, token).node]
        if node.kind != "task" or self.graph.way(node.key, outcome) is None:
            raise NotAllowedNow(FINISH, node.key)
        if node.several is not None:
            voices = {**state.tokens[token].voices, voice: outcome}
            heard = node.several.agreed(voices, of)
            if heard is None:
                return replace(state, tokens={**state.tokens, token: replace(state.tokens[token], voices=voices)})
            outcome = heard
        walk = self._walk(state)
        walk.decided[node.key] = outcome
        flow = self.graph.way(node.key, outcome) or self._otherwise(node.key)
        return self.along(state, token, flow, walk)

    def fire(self, state: State, timer: str) -> State:
        """The moment of a timer has come."""
        if timer not in state.ticking:
            raise NotAllowedNow("fire", state.here)
        set_timer = state.timers[timer]
        node, token = self.graph.nodes[set_timer.node], state.tokens[set_timer.token]
        walk = self._walk(state)
        del walk.timers[timer]
        if node.kind == "timer" or node.interrupting:
            walk.drop(set_timer.token)
        elif set_timer.left:
            walk.set_timer(node, set_timer.token, set_timer.left - 1)
        walk.follow(self.graph.out[node.key], token.scope)
        return walk.settled()

    def forget(self, state: State, timer: str) -> State:
        """Do without a timer: at a boundary nothing happens, a token that waits for nothing else goes on."""
        if self.graph.nodes[state.timers[timer].node].kind == "timer":
            return self.complete(state, state.timers[timer].token)
        return replace(state, timers={key: kept for key, kept in state.timers.items() if key != timer})

    def cancel(self, state: State, outcome: str) -> State:
        """End the whole run where it stands."""
        walk = self._walk(state)
        walk.end_all("")
        walk.outcome = outcome
        return walk.settled()

    def move(self, state: State, token: str, to: str) -> State:
        """Lay a token on another node of the same part of the process, by hand."""
        target, scope = self.graph.nodes.get(to), self._token(state, token).scope
        inside = state.tokens[scope].node if scope else ""
        if target is None or target.inside != inside or target.kind in ("start", "boundary", "parallel"):
            raise NotAllowedNow("move", to)
        walk = self._walk(state)
        walk.drop(token)
        walk.enter(to, scope)
        moved = walk.settled()
        if sum(self.graph.nodes[one.node].kind == "stage" for one in moved.tokens.values()) > 1:
            raise NotAllowedNow("move", to)
        return moved

    def along(self, state: State, token: str, flow: Flow, walk: Walk | None = None) -> State:
        """Let a token leave its node by this way (no token: let the run leave the end where it rests)."""
        walk = walk or self._walk(state)
        scope = state.tokens[token].scope if token else ""
        walk.drop(token)
        walk.follow((flow,), scope)
        return walk.settled()

    def at_any_time(self, state: State, anytime: Anytime) -> State:
        """Do what is possible at any time: whatever goes on ends and the run goes elsewhere, or its timers stand still
        or go on."""
        if anytime.does == "pause":
            return replace(state, paused_at=state.paused_at or self.now)
        if anytime.does == "resume":
            return self._resumed(state)
        walk = self._walk(state)
        walk.end_all("")
        walk.follow((Flow(state.here, anytime.target, anytime.on, anytime.outcome),), "")
        return walk.settled()

    def _walk(self, state: State) -> Walk:
        return Walk(self, state)

    def _first_way(self, state: State, verb: str) -> tuple[str, Flow | None]:
        if state.is_ended:
            return "", self.graph.way(state.here, verb)
        for key, token in state.tokens.items():
            node = self.graph.nodes[token.node]
            flow = self.graph.way(node.key, verb) if node.kind == "stage" else None
            flow = self.graph.out[node.key][0] if node.kind == "message" and node.message == verb else flow
            if flow is not None:
                return key, flow
        return "", None

    def _resumed(self, state: State) -> State:
        lost = self.now - (state.paused_at or self.now)
        timers = {key: replace(timer, due=timer.due + lost) for key, timer in state.timers.items()}
        return replace(state, timers=timers, paused_at=None)

    def _token(self, state: State, token: str) -> Token:
        if token not in state.tokens:
            raise NotAllowedNow(FINISH, state.here)
        return state.tokens[token]

    def _otherwise(self, task: str) -> Flow:
        return next(flow for flow in self.graph.out[task] if flow.otherwise)


def allowed(graph: Graph, state: State) -> frozenset[str]:
    """The verbs that are possible now, and the messages that are waited for.

    At an end these are the few that it names. While no stage is waited at, between two, what moved nothing at the
    last one is possible still, as is what is possible from there at any time.
    """
    if state.is_ended:
        return graph.verbs_at(state.here) if state.here else frozenset()
    kinds = [(graph.nodes[token.node].kind, token.node) for token in state.tokens.values()]
    verbs = frozenset(graph.nodes[key].message for kind, key in kinds if kind == "message")
    verbs = verbs.union(*(graph.verbs_at(key) for kind, key in kinds if kind in ("stage", "task")))
    if any(kind == "call" for kind, _key in kinds):
        verbs |= {FINISH}
    if state.here and not any(kind == "stage" for kind, _key in kinds):
        verbs |= graph.verbs_at(state.here) - {flow.on for flow in graph.out[state.here]}
    return verbs
