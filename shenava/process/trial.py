"""Trial: a version is gone through in memory, of an imagined complaint, by a clock that somebody sets. Nothing is kept.

The world outside is given: what is the case, what the tables say, and when working time is over. The moves are those of
the kernel; a trial is nothing but the list of what was chosen, and the same list gives the same path.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from shenava.process.kernel import FINISH, Graph, Kernel, NotAllowedNow, Outside, State, StuckError

MOST = 60
"""So many choices make a trial."""
LONGEST = 366
"""So many days pass at most by one choice."""


@dataclass(frozen=True)
class Choice:
    """What happens next: a `verb`, an `outcome` of a task (`token`), something that was waited for has come (`come`),
    or so many `days` pass."""

    kind: str
    word: str = ""
    token: str = ""

    def __str__(self) -> str:
        return ":".join(filter(None, (self.kind, self.word, self.token)))

    @property
    def days(self) -> int:
        """How many days pass; one where the word is no number."""
        is_number = self.word.isascii() and self.word.isdigit() and len(self.word) < 9
        return min(int(self.word), LONGEST) if is_number else 1

    @classmethod
    def read(cls, text: str) -> Choice | None:
        """A choice as it stands in a form; None where it is none."""
        kind, _colon, rest = text.partition(":")
        word, _colon, token = rest.partition(":")
        return cls(kind, word, token) if kind in ("verb", "outcome", "come", "days") else None


@dataclass(frozen=True)
class Passage:
    """What came of one choice: when, the nodes that were come to in it, and what waits now with the moments set."""

    choice: Choice | None
    at: datetime
    passed: tuple[str, ...]
    state: State


@dataclass
class Trial:
    """A run that is tried. `stopped` is why it could not go on, at which node."""

    graph: Graph
    world: Outside
    at: datetime
    passages: list[Passage] = field(default_factory=list)
    decided: dict[str, Any] = field(default_factory=dict)
    stopped: tuple[str, str] | None = None

    @property
    def state(self) -> State:
        """Where it stands."""
        return self.passages[-1].state if self.passages else State()

    def run(self, choices: Iterable[Choice]) -> Trial:
        """Begin, and go where the choices lead; one that is not possible is left out with all that follow."""
        try:
            self._note(None, lambda kernel: kernel.start())
            for choice in list(choices)[:MOST]:
                if choice not in self.possible() and choice.kind != "days":
                    break
                self._take(choice)
        except StuckError as stuck:
            self.stopped = (stuck.node, str(stuck))
        except NotAllowedNow as refused:
            self.stopped = (refused.stage, str(refused))
        return self

    def possible(self) -> list[Choice]:
        """What may happen next and leads somewhere."""
        found = [Choice("verb", verb) for verb in self._leading()]
        for key, token in self.state.tokens.items():
            node = self.graph.nodes[token.node]
            if node.kind == "task":
                found += [Choice("outcome", flow.on, key) for flow in self.graph.out[node.key] if flow.on]
            if node.kind in ("operation", "message", "call"):
                found.append(Choice("come", node.key, key))
        return found

    def usual(self) -> Choice | None:
        """What happens next if nobody thinks about it: what goes by itself, the first outcome, the first way on."""
        possible = self.possible()
        first = [one for one in possible if one.kind != "verb"]
        ahead = [one for one in possible if one.kind == "verb" and self.graph.way(self.state.here, one.word)]
        return next(iter(first + ahead), None) if not self.state.is_ended else None

    def _leading(self) -> Iterator[str]:
        """The verbs that lead away from where it lies."""
        here = self.state.here
        for verb in sorted(self.graph.verbs_at(here)) if here else ():
            leads = self.graph.way(here, verb) or self.graph.anytime_way(here, verb)
            if leads and verb != FINISH and verb in Kernel(self.graph, self.world, self.at).allowed(self.state):
                yield verb

    def _take(self, choice: Choice) -> None:
        state = self.state
        if choice.kind == "days":
            self._pass_time(choice)
        elif choice.kind == "verb":
            self._note(choice, lambda kernel: kernel.do(state, choice.word))
        elif choice.kind == "outcome":
            self._note(choice, lambda kernel: kernel.finish(state, choice.token, choice.word))
        else:
            self._note(choice, lambda kernel: kernel.complete(state, choice.token))

    def _pass_time(self, choice: Choice) -> None:
        """Let days pass; whatever becomes due on the way happens at its moment, in its order."""
        until = self.at + timedelta(days=choice.days)
        while len(self.passages) < MOST * 3:
            ticking = sorted((timer.due, key) for key, timer in self.state.ticking.items())
            if not ticking or ticking[0][0] > until:
                break
            due, key = ticking[0]
            self.at, state = max(due, self.at), self.state
            self._note(choice, lambda kernel, state=state, key=key: kernel.fire(state, key))
        self.at = until
        self._note(choice, lambda kernel, state=self.state: state)

    def _note(self, choice: Choice | None, move: Any) -> None:
        kernel = Kernel(self.graph, self.world, self.at)
        state = move(kernel)
        in_order = [key for key in (node.key for node in self.graph.in_order()) if key in kernel.passed]
        self.passages.append(Passage(choice, self.at, tuple(in_order), state))


class Imagined:
    """A world in which this is the case. What a table says is asked of `decides`, and remembered in `said`."""

    def __init__(self, facts: Mapping[str, Any], world: Outside) -> None:
        self.facts, self.world = facts, world
        self.said: dict[str, Mapping[str, Any]] = {}

    def holds(self, asked: tuple[Mapping[str, Any], ...], decided: Mapping[str, Any]) -> bool:
        return self.world.holds(asked, {**self.facts, **decided})

    def decide(self, table: str, decided: Mapping[str, Any]) -> Mapping[str, Any]:
        self.said[table] = self.world.decide(table, {**self.facts, **decided})
        return self.said[table]

    def due(self, after: Mapping[str, int], now: datetime) -> datetime:
        return self.world.due(after, now)
