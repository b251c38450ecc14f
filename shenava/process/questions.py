"""Questions: what a decision table can be asked. The rooms above register each with those who use its answer.

A question has one table. Where none is in force, or none of its rows holds, whoever asked does as without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from shenava.process.fields import YES_NO, Choices, no_choices


@dataclass(frozen=True)
class Output:
    """One thing that a row says: one of some choices, several of them, or yes or no."""

    key: str
    label: Promise | str
    choices: Choices = no_choices
    kind: str = "choice"
    is_needed: bool = True

    def takes(self, value: Any) -> bool:
        """Is this an answer? Nothing is one where nothing has to be said."""
        if value in (None, "", []):
            return not self.is_needed
        if self.kind == YES_NO:
            return isinstance(value, bool)
        known = [key for key, _label in self.choices()]
        return all(one in known for one in value) if isinstance(value, list) else value in known


@dataclass(frozen=True)
class Question:
    """What is asked, by which fields it may be decided, and what is answered.

    `known` are fields that are never empty when it is asked. One that `must_answer` has no gaps, and `delivered` is
    the table that the product comes with.
    """

    key: str
    label: Promise | str
    told: Promise | str
    fields: tuple[str, ...]
    outputs: tuple[Output, ...]
    known: frozenset[str] = frozenset()
    must_answer: bool = False
    delivered: Mapping[str, Any] | None = field(default=None, hash=False)

    @property
    def empty(self) -> dict[str, Any]:
        """The table to begin with."""
        return {"inputs": [], "outputs": [one.key for one in self.outputs], "rows": []}


_questions: dict[str, Question] = {}


def register_questions(questions: Iterable[Question]) -> None:
    """Make known what may be asked."""
    _questions.update({one.key: one for one in questions})


def all_questions() -> list[Question]:
    """Everything that may be asked, in the order in which it was registered."""
    return list(_questions.values())


def question(key: str) -> Question | None:
    """The question of this key."""
    return _questions.get(key)
