"""Whole days out of an iCalendar file (RFC 5545), as offices exchange their holidays. Strict, and pure.

What is not understood is refused with the number of its line: a holiday read wrongly moves promises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

MOST_LINES, MOST_DAYS, LONGEST = 50_000, 2_000, 60
_LINE = re.compile(r"(?P<name>[A-Za-z0-9-]+)(?:;[^:;=]+=(?:\"[^\"]*\"|[^:;\"]*))*:(?P<value>.*)", re.DOTALL)
_DATE = re.compile(r"\d{8}")
_ESCAPED = re.compile(r"\\([\\;,nN])")


class Why(StrEnum):
    """Why a line is refused."""

    NO_CALENDAR = "no_calendar"
    UNREADABLE = "unreadable"
    NO_DATE = "no_date"
    TIMED = "timed"
    REPEATED = "repeated"
    BACKWARD = "backward"
    TOO_LONG = "too_long"
    UNENDED = "unended"


class RefusedLineError(ValueError):
    """A line that is not understood: its number, counted from 1, and why."""

    def __init__(self, number: int, why: Why) -> None:
        super().__init__(f"line {number}: {why}")
        self.number, self.why = number, why


class _Line(NamedTuple):
    number: int
    name: str
    value: str


@dataclass
class _Event:
    """What was said of one event so far."""

    number: int
    name: str = ""
    first: date | None = None
    until: date | None = None
    yearly: bool = False
    last_year: int | None = None
    times: int | None = None
    cancelled: bool = False
    lines: dict[str, int] = field(default_factory=dict)


def read_days(text: str, first: date, last: date) -> dict[date, str]:
    """The days from the first to the last that the file names, with their names. Raises RefusedLineError."""
    lines = list(_unfolded(text))
    if not lines or (lines[0].name, lines[0].value.upper()) != ("BEGIN", "VCALENDAR"):
        raise RefusedLineError(1, Why.NO_CALENDAR)
    found: dict[date, str] = {}
    for event in _events(lines):
        for day in _days_of(event, first, last):
            found.setdefault(day, event.name)
        if len(found) > MOST_DAYS:
            raise RefusedLineError(event.number, Why.TOO_LONG)
    return dict(sorted(found.items()))


def _unfolded(text: str) -> Iterator[_Line]:
    """Logical lines, each with the number of the line on which it begins."""
    kept: list[tuple[int, str]] = []
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        if number > MOST_LINES:
            raise RefusedLineError(number, Why.TOO_LONG)
        if line[:1] in (" ", "\t") and kept:
            kept[-1] = kept[-1][0], kept[-1][1] + line[1:]
        elif line.strip():
            kept.append((number, line))
    for number, line in kept:
        found = _LINE.fullmatch(line)
        if found is None:
            raise RefusedLineError(number, Why.UNREADABLE)
        yield _Line(number, found["name"].upper(), found["value"].strip())


def _events(lines: list[_Line]) -> Iterator[_Event]:
    """The events; what lies within one (an alarm) or beside (a time zone) says nothing of days."""
    event: _Event | None = None
    within: list[str] = []
    for line in lines:
        if line.name == "BEGIN":
            within.append(line.value.upper())
            event = _Event(line.number) if within[-1] == "VEVENT" else event
        elif line.name == "END":
            if not within or within.pop() != line.value.upper():
                raise RefusedLineError(line.number, Why.UNENDED)
            if line.value.upper() == "VEVENT" and event is not None:
                yield event
        elif within[-1:] == ["VEVENT"] and event is not None:
            _take(event, line)
    if within:
        raise RefusedLineError(lines[-1].number, Why.UNENDED)


def _take(event: _Event, line: _Line) -> None:
    if line.name == "DTSTART":
        event.first = _day(line)
    elif line.name == "DTEND":
        event.until = _day(line)
    elif line.name == "SUMMARY":
        event.name = _ESCAPED.sub(lambda found: " " if found[1] in "nN" else found[1], line.value)
    elif line.name == "STATUS":
        event.cancelled = line.value.upper() == "CANCELLED"
    elif line.name == "RRULE":
        _repeat(event, line)
    elif line.name in ("RDATE", "EXDATE", "DURATION", "RECURRENCE-ID"):
        raise RefusedLineError(line.number, Why.REPEATED)
    event.lines[line.name] = line.number


def _day(line: _Line) -> date:
    if not _DATE.fullmatch(line.value):
        raise RefusedLineError(line.number, Why.TIMED if "T" in line.value else Why.NO_DATE)
    try:
        return date.fromisoformat(line.value)
    except ValueError as fault:
        raise RefusedLineError(line.number, Why.NO_DATE) from fault


def _repeat(event: _Event, line: _Line) -> None:
    """Once a year on the same day, for ever, so many times or until a day; nothing else."""
    said = dict(part.split("=", 1) for part in line.value.upper().split(";") if "=" in part)
    count, until = said.pop("COUNT", ""), said.pop("UNTIL", "")
    if said.pop("INTERVAL", "1") != "1" or said != {"FREQ": "YEARLY"} or not (count or "1").isdecimal():
        raise RefusedLineError(line.number, Why.REPEATED)
    if until and not until[:4].isdecimal():
        raise RefusedLineError(line.number, Why.REPEATED)
    event.yearly = True
    event.times = int(count[:4]) if count else None
    event.last_year = int(until[:4]) if until else None


def _days_of(event: _Event, first: date, last: date) -> Iterator[date]:
    if event.cancelled:
        return
    if event.first is None:
        raise RefusedLineError(event.number, Why.NO_DATE)
    length = (event.until - event.first).days if event.until else 1
    if not 1 <= length <= LONGEST:
        raise RefusedLineError(event.lines["DTEND"], Why.BACKWARD if length < 1 else Why.TOO_LONG)
    for begins in _begins(event, event.first, last):
        yield from (day for step in range(length) if first <= (day := begins + timedelta(days=step)) <= last)


def _begins(event: _Event, start: date, last: date) -> Iterator[date]:
    """The first day of each time; a 29 February comes only where there is one."""
    if not event.yearly:
        yield start
        return
    end = min(event.last_year or last.year, last.year)
    years = range(start.year, end + 1)[: event.times]
    for year in years:
        try:
            yield start.replace(year=year)
        except ValueError:
            continue
