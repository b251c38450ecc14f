"""Conditions: data that is compared with facts. All of a list have to hold; a fact that is not known is empty."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any


def holds(conditions: Iterable[Mapping[str, Any]], facts: Mapping[str, Any]) -> bool:
    """Do all of these conditions hold of the facts?"""
    return all(COMPARED[one["is"]](facts.get(one["field"]), one.get("value")) for one in conditions)


def _is_empty(fact: Any) -> bool:
    return fact is None or fact in ("", [], ())


COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "is": lambda fact, value: bool(fact == value),
    "is_not": lambda fact, value: bool(fact != value),
    "in": lambda fact, value: fact in value,
    "not_in": lambda fact, value: fact not in value,
    "less": lambda fact, value: not _is_empty(fact) and fact < value,
    "at_most": lambda fact, value: not _is_empty(fact) and fact <= value,
    "more": lambda fact, value: not _is_empty(fact) and fact > value,
    "at_least": lambda fact, value: not _is_empty(fact) and fact >= value,
    "between": lambda fact, value: not _is_empty(fact) and value[0] <= fact <= value[1],
    "empty": lambda fact, _value: _is_empty(fact),
    "not_empty": lambda fact, _value: not _is_empty(fact),
}
