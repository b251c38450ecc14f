"""Migration: a run goes over to another drawing. It keeps where it is, and every date as it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from shenava.process.kernel.faults import GONE, JOIN, OTHER, VOICES, Fault
from shenava.process.kernel.graph import Graph
from shenava.process.kernel.state import State, Timer, Token


class NotMovableError(ValueError):
    """The run cannot go over; `faults` name the nodes of the old drawing for which there is no place in the new."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("; ".join(f"{fault.node} {fault.text}" for fault in faults))


def migrated(state: State, old: Graph, new: Graph, mapping: Mapping[str, str] | None = None) -> State:
    """The state on the new drawing; `mapping` says what has become of a node whose key has changed.

    Timers that the new drawing does not know fall away, those it adds are not set for what waits already.
    """
    change = _Change(old, new, mapping or {})
    faults = change.faults(state)
    if faults:
        raise NotMovableError(faults)
    return replace(
        state,
        here=change.to(state.here),
        tokens={key: replace(token, node=change.to(token.node)) for key, token in state.tokens.items()},
        timers={
            key: replace(timer, node=change.to(timer.node))
            for key, timer in state.timers.items()
            if change.keeps(timer, state.tokens[timer.token])
        },
        joins={
            change.join(key): {change.flow(one): n for one, n in counts.items()} for key, counts in state.joins.items()
        },
    )


@dataclass(frozen=True)
class _Change:
    old: Graph
    new: Graph
    mapping: Mapping[str, str] = field(default_factory=dict)

    def to(self, key: str) -> str:
        """What has become of a node."""
        return self.mapping.get(key, key)

    def flow(self, key: str) -> str:
        """What has become of a flow."""
        flow = next(flow for flow in self.old.flows if flow.key == key)
        return replace(flow, source=self.to(flow.source), target=self.to(flow.target)).key

    def join(self, key: str) -> str:
        """What has become of a join."""
        scope, _bar, node = key.partition("|")
        return f"{scope}|{self.to(node)}"

    def keeps(self, timer: Timer, token: Token) -> bool:
        """Does the new drawing know this timer, at the same place?"""
        node = self.new.nodes.get(self.to(timer.node))
        return node is not None and (node.at or node.key) == self.to(token.node)

    def faults(self, state: State) -> list[Fault]:
        """What stands in the way."""
        places = list(dict.fromkeys([*([state.here] if state.here else []), *(t.node for t in state.tokens.values())]))
        found = [fault for place in places for fault in self._faults_of(place)]
        found = found or [fault for key, counts in state.joins.items() for fault in self._faults_of_join(key, counts)]
        return found or self._faults_of_tokens(state)

    def _faults_of(self, place: str) -> list[Fault]:
        before, now = self.old.nodes[place], self.new.nodes.get(self.to(place))
        if now is None:
            return [Fault(place, GONE)]
        if now.kind != before.kind or now.inside != self.to(before.inside):
            return [Fault(place, OTHER)]
        return []

    def _faults_of_tokens(self, state: State) -> list[Fault]:
        gone = {(token.node, said) for token in state.tokens.values() for said in token.voices.values()}
        return [Fault(node, VOICES) for node, said in gone if self.new.way(self.to(node), said) is None]

    def _faults_of_join(self, key: str, counts: Mapping[str, int]) -> list[Fault]:
        node = self.join(key).partition("|")[2]
        known = {flow.key for flow in self.new.into.get(node, ())}
        if not {self.flow(one) for one in counts} < known:
            return [Fault(key.partition("|")[2], JOIN)]
        return []
