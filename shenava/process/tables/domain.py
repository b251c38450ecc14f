"""Domains: all that a fact can be, cut into the parts that the cells of one column can tell apart.

Every fact of a part is treated alike by every cell of the column, so one sample stands for all of them; that makes
the analysis of a table exact.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from shenava.process.tables.cells import Condition

OTHER = "\0another"
"""Stands for every text that no cell names."""


@dataclass(frozen=True)
class Part:
    """Facts that no cell of a column tells apart. `kind`: value, text, other, empty or span, a span with its ends;
    None is no end. `sample` is one of them."""

    kind: str
    sample: Any
    low: Any = None
    high: Any = None


@dataclass(frozen=True)
class Listed:
    """One of some values."""

    values: tuple[Any, ...]
    may_be_empty: bool = True

    def parts(self, cells: Iterable[Condition]) -> list[Part]:
        """Each value for itself."""
        return [Part("value", value) for value in self.values] + _empty(self.may_be_empty)


@dataclass(frozen=True)
class Texts:
    """Any text."""

    may_be_empty: bool = True

    def parts(self, cells: Iterable[Condition]) -> list[Part]:
        """Each text that is named, and all others together."""
        named = dict.fromkeys(value for one in cells for value in _values(one) if isinstance(value, str) and value)
        return [*(Part("text", text) for text in named), Part("other", OTHER), *_empty(self.may_be_empty)]


@dataclass(frozen=True)
class Numbers:
    """Any whole number from `low` on."""

    low: int = 0
    may_be_empty: bool = True

    def parts(self, cells: Iterable[Condition]) -> list[Part]:
        """Each number that is named, and the spans between."""
        named = {value for one in cells for value in _values(one) if isinstance(value, int | float)}
        points = sorted(int(value) for value in named if value == int(value) and value >= self.low)
        ends = [self.low - 1, *points]
        found = [part for above, below in pairwise(ends) for part in _up_to(above + 1, below)]
        return [*found, Part("span", ends[-1] + 1, ends[-1] + 1, None), *_empty(self.may_be_empty)]


Domain = Listed | Texts | Numbers


def joined(parts: Iterable[Part]) -> list[Part]:
    """The same facts in as few parts as can be: spans that touch are one."""
    told: list[Part] = []
    for part in parts:
        last = told[-1] if told else None
        if last and last.kind == part.kind == "span" and last.high is not None and last.high + 1 == part.low:
            told[-1] = Part("span", last.sample, last.low, part.high)
        else:
            told.append(part)
    return told


def _up_to(low: int, point: int) -> list[Part]:
    """What lies before a point that is named, if anything does, and the point."""
    before = [Part("span", low, low, point - 1)] if low < point else []
    return [*before, Part("span", point, point, point)]


def _values(cell: Condition) -> tuple[Any, ...]:
    value = cell.get("value")
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def _empty(may_be: bool) -> list[Part]:
    return [Part("empty", None)] if may_be else []
