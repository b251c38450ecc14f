"""Moves as data: done once with the world as it is, and again from the log with what it answered then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from shenava.process.kernel import Kernel, Outside, State

MOVES = frozenset({"do", "message", "complete", "finish", "fire", "forget", "cancel", "move"})
OVER = "over"
"""A run went over to another version, or came back: no move of the kernel, and a part of the log."""


@dataclass(frozen=True)
class Move:
    """A move of the kernel by its name, and what is said with it."""

    kind: str
    said: dict[str, Any]

    @property
    def key(self) -> str:
        """The timer or the token that it is about, if it is about one."""
        return str(self.said.get("timer") or self.said.get("token") or "")


def made(kernel: Kernel, state: State, move: Move) -> State:
    """The state after the move; where it went over to another version, the one it was given. Raises what the kernel
    raises."""
    if move.kind == OVER:
        return State.from_json(move.said["state"])
    if move.kind not in MOVES:
        raise KeyError(move.kind)
    after: State = getattr(kernel, move.kind)(state, **move.said)
    return after


@dataclass
class Heard:
    """A world that remembers what it answered."""

    world: Outside
    answers: list[Any] = field(default_factory=list)

    def holds(self, conditions: tuple[Mapping[str, Any], ...], decided: Mapping[str, Any]) -> bool:
        self.answers.append(self.world.holds(conditions, decided))
        return bool(self.answers[-1])

    def decide(self, table: str, decided: Mapping[str, Any]) -> Mapping[str, Any]:
        said = self.world.decide(table, decided)
        self.answers.append(dict(said))
        return said

    def due(self, after: Mapping[str, int], now: datetime) -> datetime:
        moment = self.world.due(after, now)
        self.answers.append(moment.isoformat())
        return moment


class Told:
    """A world that answers once more what it answered then."""

    def __init__(self, answers: Iterable[Any]) -> None:
        self.answers = iter(answers)

    def holds(self, conditions: tuple[Mapping[str, Any], ...], decided: Mapping[str, Any]) -> bool:
        return bool(next(self.answers))

    def decide(self, table: str, decided: Mapping[str, Any]) -> Mapping[str, Any]:
        said: Mapping[str, Any] = next(self.answers)
        return said

    def due(self, after: Mapping[str, int], now: datetime) -> datetime:
        return datetime.fromisoformat(next(self.answers))
