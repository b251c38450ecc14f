"""Working hours as people write them: 08:00-12:00, 13:00-17:00 · ۸ تا ۱۲ و ۱۳ تا ۱۷ · 8 עד 16. Pure."""

from __future__ import annotations

import re

from shenava.common.text import fold
from shenava.deadlines.working_time import MINUTES_IN_DAY, Interval, in_order

_TIME = r"(\d{1,2})(?:[:.](\d{2}))?"
_SPAN = re.compile(rf"{_TIME}\s*-\s*{_TIME}")
_UNTIL = re.compile(r"\s*(?:تا|الی|עד|until|till|to)\s*")
_AND = re.compile(r"[,،;؛]|\s+(?:and|و)\s*|\s+ו-?\s*")


def parse_hours(text: str) -> tuple[Interval, ...]:
    """Intervals in minutes after midnight, in order; empty text is no work. Raises ValueError."""
    parts = [part.strip() for part in _AND.split(_UNTIL.sub("-", fold(text)))]
    found = tuple(sorted(_span(part) for part in parts if part))
    if not in_order(found):
        raise ValueError("intervals overlap")
    return found


def show_hours(intervals: tuple[Interval, ...]) -> str:
    """Intervals as text."""
    return ", ".join(f"{_time(opens)}-{_time(closes)}" for opens, closes in intervals)


def _span(text: str) -> Interval:
    """One interval; a closing hour of 0:00 is midnight at the end of the day."""
    match = _SPAN.fullmatch(text)
    if match is None:
        raise ValueError(text)
    first, second, third, fourth = (int(number or 0) for number in match.groups())
    opens, closes = first * 60 + second, third * 60 + fourth or MINUTES_IN_DAY
    if second > 59 or fourth > 59 or not opens < closes <= MINUTES_IN_DAY:
        raise ValueError(text)
    return opens, closes


def _time(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
