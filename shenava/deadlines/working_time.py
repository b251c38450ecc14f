"""Working time: pure arithmetic over a calendar with several intervals a day, any weekend, any holidays.

Moments are aware datetimes; lengths are timedeltas of real (elapsed) time, so that a day on which
the clocks change is as long as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
HORIZON = 400
MINUTES_IN_DAY = 24 * 60
Interval = tuple[int, int]
"""Opening and closing in minutes after midnight; 1440 is midnight at the end of the day."""


class NeverOpenError(ValueError):
    """The calendar has no working hour within reach: HORIZON days from a moment on, or back from it."""

    def __init__(self, start: datetime) -> None:
        super().__init__(f"no working hour within {HORIZON} days of {start:%Y-%m-%d}")


def in_order(intervals: Sequence[Interval]) -> bool:
    """Does every interval have a length, lie within its day and begin where the one before has ended?"""
    ends = [0, *(closes for _opens, closes in intervals)]
    return all(
        before <= opens < closes <= MINUTES_IN_DAY for before, (opens, closes) in zip(ends, intervals, strict=False)
    )


@dataclass(frozen=True)
class WorkingCalendar:
    """When work is done. `hours` gives the intervals of each weekday (Monday is 0), `exceptions`
    those of single days (none: closed)."""

    time_zone: str
    hours: Mapping[int, tuple[Interval, ...]]
    exceptions: Mapping[date, tuple[Interval, ...]] = field(default_factory=dict)

    def intervals(self, day: date) -> tuple[Interval, ...]:
        """The working intervals of one day, in order."""
        return self.exceptions.get(day, self.hours.get(day.weekday(), ()))


def add_working(calendar: WorkingCalendar, start: datetime, amount: timedelta) -> datetime:
    """The moment at which so much working time has passed since `start` (before it, if negative).

    Raises NeverOpenError where the calendar has no working time within 400 days.
    """
    if amount < timedelta(0):
        return _subtract(calendar, start, -amount)
    left, spans = amount, _spans(calendar, start)
    while True:
        opens, closes = next(spans)
        length = closes - max(opens, start)
        if length >= left:
            return (max(opens, start) + left).astimezone(start.tzinfo)
        left -= length


def _subtract(calendar: WorkingCalendar, start: datetime, amount: timedelta) -> datetime:
    left, spans = amount, _spans_back(calendar, start)
    while True:
        opens, closes = next(spans)
        length = min(closes, start) - opens
        if length >= left:
            return (min(closes, start) - left).astimezone(start.tzinfo)
        left -= length


def working_between(calendar: WorkingCalendar, start: datetime, end: datetime) -> timedelta:
    """The working time between two moments; negative if the second comes first."""
    if end < start:
        return -working_between(calendar, end, start)
    zone = ZoneInfo(calendar.time_zone)
    day, last = start.astimezone(zone).date() - DAY, end.astimezone(zone).date()
    total = timedelta(0)
    while day <= last:
        for opens, closes in _of_day(calendar, zone, day):
            total += max(min(closes, end) - max(opens, start), timedelta(0))
        day += DAY
    return total


def is_open(calendar: WorkingCalendar, at: datetime) -> bool:
    """Is this moment within working time? The opening moment is, the closing moment is not."""
    zone = ZoneInfo(calendar.time_zone)
    day = at.astimezone(zone).date()
    return any(opens <= at < closes for near in (day - DAY, day) for opens, closes in _of_day(calendar, zone, near))


def next_open(calendar: WorkingCalendar, at: datetime) -> datetime:
    """This moment if it is working time, else the next opening."""
    opens, _ = next(_spans(calendar, at))
    return max(opens, at).astimezone(at.tzinfo)


def last_open(calendar: WorkingCalendar, at: datetime) -> datetime:
    """This moment if work was being done up to it, else the last closing before it."""
    _, closes = next(_spans_back(calendar, at))
    return min(closes, at).astimezone(at.tzinfo)


def next_close(calendar: WorkingCalendar, at: datetime) -> datetime:
    """The end of the present or the next working interval."""
    _, closes = next(_spans(calendar, at))
    return closes.astimezone(at.tzinfo)


def is_working_day(calendar: WorkingCalendar, day: date) -> bool:
    """Is any work done on this day?"""
    return bool(calendar.intervals(day))


def add_working_days(calendar: WorkingCalendar, start: datetime, days: int) -> datetime:
    """The end of the working day that comes so many working days after the day of `start`.

    Raises NeverOpenError where the calendar has no working day within 400 days.

    The day of receipt does not count, as deadlines in law have it; zero days is the end of the first
    working day from `start` on.
    """
    received = start.astimezone(ZoneInfo(calendar.time_zone)).date()
    left, closings = days, _closings(calendar, start)
    while True:
        day, closes = next(closings)
        left -= day > received
        if left <= 0:
            return closes.astimezone(start.tzinfo)


def working_days_between(calendar: WorkingCalendar, first: date, last: date) -> int:
    """How many working days lie after `first`, up to and with `last`."""
    if last < first:
        return -working_days_between(calendar, last, first)
    return sum(is_working_day(calendar, first + DAY * step) for step in range(1, (last - first).days + 1))


def _closings(calendar: WorkingCalendar, start: datetime) -> Iterator[tuple[date, datetime]]:
    """Working days from the day of `start` on, each with its last moment of work."""
    zone = ZoneInfo(calendar.time_zone)
    day, idle = start.astimezone(zone).date(), 0
    while idle < HORIZON and day.year < date.max.year:
        spans = _of_day(calendar, zone, day)
        idle = 0 if spans else idle + 1
        if spans:
            yield day, spans[-1][1]
        day += DAY
    raise NeverOpenError(start)


def _spans(calendar: WorkingCalendar, start: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Working intervals that end after `start`, onwards; stops where nothing comes for 400 days."""
    zone = ZoneInfo(calendar.time_zone)
    day, idle = start.astimezone(zone).date() - DAY, 0
    while idle < HORIZON and day.year < date.max.year:
        spans = [span for span in _of_day(calendar, zone, day) if span[1] > start]
        idle = 0 if spans else idle + 1
        yield from spans
        day += DAY
    raise NeverOpenError(start)


def _spans_back(calendar: WorkingCalendar, start: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Working intervals that begin before `start`, backwards."""
    zone = ZoneInfo(calendar.time_zone)
    day, idle = start.astimezone(zone).date() + DAY, 0
    while idle < HORIZON and day.year > 1:
        spans = [span for span in reversed(_of_day(calendar, zone, day)) if span[0] < start]
        idle = 0 if spans else idle + 1
        yield from spans
        day -= DAY
    raise NeverOpenError(start)


def _of_day(calendar: WorkingCalendar, zone: ZoneInfo, day: date) -> list[tuple[datetime, datetime]]:
    """The intervals of a day as moments in UTC; one that the change of clocks swallows is left out."""
    spans = [(_moment(day, opens, zone), _moment(day, closes, zone)) for opens, closes in calendar.intervals(day)]
    return [span for span in spans if span[1] > span[0]]


def _moment(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    if minutes >= MINUTES_IN_DAY:
        day, minutes = day + DAY, minutes - MINUTES_IN_DAY
    return datetime.combine(day, time(minutes // 60, minutes % 60), zone).astimezone(UTC)
