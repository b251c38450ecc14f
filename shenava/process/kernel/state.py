"""Where a run stands: its tokens, what its joins have counted, its timers, and what it has decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


class NotAllowedNow(ValueError):
    """The verb is not possible at this place of the process."""

    def __init__(self, verb: str, stage: str) -> None:
        super().__init__(f"{verb} is not possible at {stage}")
        self.verb, self.stage = verb, stage


class StuckError(RuntimeError):
    """The run cannot go on by itself from this node; the state stays what it was."""

    def __init__(self, node: str, text: str) -> None:
        super().__init__(f"{node} {text}")
        self.node = node


@dataclass(frozen=True, slots=True)
class Token:
    """Something waits at a node. `scope` is the token of the sub-process it is in ("" is the whole); `voices` are
    the outcomes that several people have said so far."""

    node: str
    scope: str = ""
    voices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Timer:
    """When the token at a node is moved, or reminded of, by the clock; `left`: how often it is set again."""

    node: str
    token: str
    due: datetime
    left: int = 0


@dataclass(frozen=True, slots=True)
class State:
    """A run between two moves.

    `here` is the stage where the complaint lies: that of its oldest stage token; where none waits, the last one, or
    the end where it rests. `joins` counts, for a join in a scope, what came in by each flow. `last` numbers tokens
    and timers in the order of their beginning. `outcome` says how it ended; a run without tokens has ended.
    """

    here: str = ""
    tokens: Mapping[str, Token] = field(default_factory=dict)
    joins: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    timers: Mapping[str, Timer] = field(default_factory=dict)
    decided: Mapping[str, Any] = field(default_factory=dict)
    last: int = 0
    outcome: str = ""
    paused_at: datetime | None = None

    @property
    def is_ended(self) -> bool:
        """Has the run come to an end? (From some ends it may be reopened.)"""
        return not self.tokens

    @property
    def ticking(self) -> Mapping[str, Timer]:
        """The timers that run now: none while the run is paused."""
        return {} if self.paused_at else self.timers

    def as_json(self) -> dict[str, Any]:
        """The state as it is kept; what is empty is left out."""
        kept = {
            "here": self.here,
            "last": self.last,
            "tokens": {key: _token_as_json(token) for key, token in self.tokens.items()},
            "joins": {key: dict(counts) for key, counts in self.joins.items()},
            "timers": {
                key: [timer.node, timer.token, timer.due.isoformat(), timer.left] for key, timer in self.timers.items()
            },
            "decided": dict(self.decided),
            "outcome": self.outcome,
            "paused_at": self.paused_at.isoformat() if self.paused_at else None,
        }
        return {name: value for name, value in kept.items() if value}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> State:
        """The state as it was kept."""
        timers = kept.get("timers", {})
        paused = kept.get("paused_at")
        return cls(
            here=kept.get("here", ""),
            tokens={key: Token(*token) for key, token in kept.get("tokens", {}).items()},
            joins=kept.get("joins", {}),
            timers={
                key: Timer(node, token, datetime.fromisoformat(due), left)
                for key, (node, token, due, left) in timers.items()
            },
            decided=kept.get("decided", {}),
            last=kept.get("last", 0),
            outcome=kept.get("outcome", ""),
            paused_at=datetime.fromisoformat(paused) if paused else None,
        )


def _token_as_json(token: Token) -> list[Any]:
    whole = [token.node, token.scope, dict(token.voices)]
    return whole if token.voices else whole[:2] if token.scope else whole[:1]
