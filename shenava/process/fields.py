"""Fields: what rules may ask of a complaint. Each has a key, a kind, and words and choices for whoever writes rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from shenava.process.tables import Condition, Domain, Listed, Numbers, Texts

Choice = tuple[Any, Any]
Choices = Callable[[], Sequence[Choice]]
YES_NO, CHOICE, SCALE, NUMBER, TEXT = "yes_no", "choice", "scale", "number", "text"
ORDER = ("is", "is_not", "at_least", "at_most", "between")
OPERATORS_OF: dict[str, tuple[str, ...]] = {
    YES_NO: ("is",),
    CHOICE: ("in", "not_in", "empty", "not_empty"),
    SCALE: (*ORDER, "empty", "not_empty"),
    NUMBER: (*ORDER, "empty", "not_empty"),
    TEXT: ("is", "is_not", "empty", "not_empty"),
}
"""What can be asked of a field of each kind, in the order in which it is offered."""


def no_choices() -> Sequence[Choice]:
    """A field that is not chosen from a list."""
    return ()


@dataclass(frozen=True)
class Field:
    """What a condition may ask. A `scale` is a choice with an order; a `number` is whole and has no end."""

    key: str
    label: Promise | str
    kind: str = CHOICE
    choices: Choices = no_choices
    may_be_empty: bool = True

    @property
    def operators(self) -> tuple[str, ...]:
        """What can be asked of it; whether it is empty only where it can be."""
        found = OPERATORS_OF[self.kind]
        return found if self.may_be_empty else tuple(one for one in found if not one.endswith("empty"))

    @property
    def values(self) -> tuple[Any, ...]:
        """All that it can be, where that is a list."""
        return (True, False) if self.kind == YES_NO else tuple(value for value, _label in self.choices())

    def domain(self, *, is_known: bool = False) -> Domain:
        """All that the fact can be; `is_known`: where it is asked it is never empty."""
        may_be_empty = self.may_be_empty and not is_known and self.kind != YES_NO
        if self.kind in (YES_NO, CHOICE, SCALE):
            return Listed(self.values, may_be_empty)
        return Numbers(may_be_empty=may_be_empty) if self.kind == NUMBER else Texts(may_be_empty)

    def takes(self, condition: Condition) -> bool:
        """Can this be asked of the field: a value of its kind, and one that there is?"""
        asked, value = condition["is"], condition.get("value")
        if asked == "any":
            return True
        if asked not in self.operators:
            return False
        if asked in ("empty", "not_empty"):
            return True
        values = value if isinstance(value, list) else [value]
        if self.kind == TEXT:
            return all(isinstance(one, str) for one in values)
        if self.kind == NUMBER:
            return all(isinstance(one, int) and not isinstance(one, bool) and one >= 0 for one in values)
        return all(one in self.values for one in values)
