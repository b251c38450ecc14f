"""Cells: one comparison of a fact with a value, as data. There is no text to parse and nothing to execute.

A condition is `{"field": …, "is": one of OPERATORS, "value": …}`. A fact that is not known counts as empty: it is
less and more than nothing, is none of what is listed, and is not what it is compared with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

Condition = Mapping[str, Any]
Compare = Callable[[Any, Any], bool]


def holds(conditions: Iterable[Condition], facts: Mapping[str, Any]) -> bool:
    """Do all of these conditions hold of the facts? Of no conditions: yes."""
    return all(OPERATORS[one["is"]](facts.get(one["field"]), one.get("value")) for one in conditions)


def is_empty(fact: Any) -> bool:
    """Is nothing known? A number of 0 and a no are known."""
    return fact is None or fact in ("", [], ())


def _in_order(compare: Callable[[Any, Any], bool]) -> Compare:
    """What can be compared by size; whatever cannot, such as a name with a number, does not hold."""

    def compared(fact: Any, value: Any) -> bool:
        try:
            return not is_empty(fact) and compare(fact, value)
        except TypeError:
            return False

    return compared


OPERATORS: dict[str, Compare] = {
    "any": lambda _fact, _value: True,
    "is": lambda fact, value: bool(fact == value),
    "is_not": lambda fact, value: bool(fact != value),
    "in": lambda fact, value: fact in value,
    "not_in": lambda fact, value: fact not in value,
    "less": _in_order(lambda fact, value: bool(fact < value)),
    "at_most": _in_order(lambda fact, value: bool(fact <= value)),
    "more": _in_order(lambda fact, value: bool(fact > value)),
    "at_least": _in_order(lambda fact, value: bool(fact >= value)),
    "between": _in_order(lambda fact, value: bool(value[0] <= fact <= value[1])),
    "empty": lambda fact, _value: is_empty(fact),
    "not_empty": lambda fact, _value: not is_empty(fact),
}
LISTING = frozenset({"in", "not_in"})
ORDERING = frozenset({"less", "at_most", "more", "at_least"})
WITHOUT_VALUE = frozenset({"any", "empty", "not_empty"})


def is_whole(condition: Condition) -> bool:
    """Has the operator the kind of value that it compares with?"""
    operator, value = condition.get("is"), condition.get("value")
    if operator in WITHOUT_VALUE:
        return True
    if operator in LISTING:
        return isinstance(value, list | tuple) and len(value) > 0
    if operator == "between":
        return isinstance(value, list | tuple) and len(value) == 2 and all(map(_is_number, value))
    return _is_number(value) if operator in ORDERING else operator in OPERATORS and not is_empty(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
