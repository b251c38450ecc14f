"""Working hours as people write them: 08:00-12:00, 13:00-17:00. Pure."""

from __future__ import annotations

import re
from itertools import pairwise

from shenava.common.text import fold
from shenava.deadlines.working_time import MINUTES_IN_DAY, Interval

_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*[-–—]\s*(\d{1,2}):(\d{2})")


def parse_hours(text: str) -> tuple[Interval, ...]:
    """Intervals in minutes after midnight, in order; empty text is no work. Raises ValueError."""
    found: list[Interval] = []
    for part in re.split(r"[,،;و]", fold(text).replace("تا", "-")):
        if part.strip():
            found.append(_span(part.strip()))
    found.sort()
    if any(before[1] > after[0] for before, after in pairwise(found)):
        raise ValueError("intervals overlap")
    return tuple(found)


def show_hours(intervals: tuple[Interval, ...]) -> str:
    """Intervals as text."""
    return ", ".join(f"{_time(opens)}-{_time(closes)}" for opens, closes in intervals)


def _span(text: str) -> Interval:
    match = _SPAN.fullmatch(text)
    if match is None:
        raise ValueError(text)
    first, second, third, fourth = (int(number) for number in match.groups())
    opens, closes = first * 60 + second, third * 60 + fourth
    if second > 59 or fourth > 59 or not opens < closes <= MINUTES_IN_DAY:
        raise ValueError(text)
    return opens, closes


def _time(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
