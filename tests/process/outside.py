"""Worlds for the tests of the kernel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from shenava.process.kernel import Graph, Kernel, State, load
from shenava.process.tables import holds

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)


@dataclass
class Facts:
    """A world in which this is the case."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    tables: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def holds(self, asked: Any, decided: Mapping[str, Any]) -> bool:
        return holds(asked, {**self.facts, **decided})

    def decide(self, table: str, decided: Mapping[str, Any]) -> Mapping[str, Any]:
        return self.tables[table]

    def due(self, after: Mapping[str, int], now: datetime) -> datetime:
        return now + timedelta(**after)


@dataclass
class Chance(Facts):
    """A world in which anything may be the case; it remembers what it said."""

    chance: Random = field(default_factory=lambda: Random(1))
    said: list[bool] = field(default_factory=list)

    def holds(self, asked: Any, decided: Mapping[str, Any]) -> bool:
        self.said.append(self.chance.random() < 0.4)
        return self.said[-1]


@dataclass
class Again(Facts):
    """A world that says once more what another one said."""

    said: list[bool] = field(default_factory=list)

    def holds(self, asked: Any, decided: Mapping[str, Any]) -> bool:
        return self.said.pop(0)


Move = tuple[str, str, str]


def moves(graph: Graph, state: State) -> list[Move]:
    """Whatever somebody, or the clock, may do now."""
    found: list[Move] = [("fire", key, "") for key in state.ticking]
    for key, token in state.tokens.items():
        kind = graph.nodes[token.node].kind
        if kind in ("operation", "message"):
            found.append(("complete", key, ""))
        if kind in ("stage", "task"):
            found += [
                ("do" if kind == "stage" else "finish", key, flow.on) for flow in graph.out[token.node] if flow.on
            ]
    return found


def made(kernel: Kernel, state: State, move: Move) -> State:
    """The state after a move."""
    kind, key, word = move
    if kind == "do":
        return kernel.do(state, word)
    return kernel.finish(state, key, word) if kind == "finish" else getattr(kernel, kind)(state, key)


def kernel_of(content: dict[str, Any], **facts: Any) -> Kernel:
    """A kernel for a process as JSON, in a world of these facts."""
    return Kernel(load(content), Facts(facts), NOON)


def waiting(state: State) -> list[str]:
    """The nodes where something waits, in order."""
    return sorted(token.node for token in state.tokens.values())
