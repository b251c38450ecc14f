"""Horizon: whether something is overdue, for today, for this week or for later, in working days. Pure."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from shenava.deadlines.working_time import DAY, HORIZON, WorkingCalendar, is_working_day

SATURDAY, SUNDAY, MONDAY = 5, 6, 0


class Due(StrEnum):
    """How soon something has to be done, the soonest first."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"
    NEVER = "never"


def due_group(due_at: datetime | None, now: datetime, calendar: WorkingCalendar, *, week_begins: int = MONDAY) -> Due:
    """How soon it has to be done: by the last working day that ends before its date.

    What falls due on a holiday is work for the working day before it, and for today when that is past.
    `week_begins` is the weekday on which the reader's week begins (Monday is 0).
    """
    if due_at is None:
        return Due.NEVER
    if due_at < now:
        return Due.OVERDUE
    zone = ZoneInfo(calendar.time_zone)
    today = now.astimezone(zone).date()
    last = _last_working_day(calendar, due_at.astimezone(zone).date(), not_before=today)
    if last <= today:
        return Due.TODAY
    return Due.WEEK if last <= week_end(today, week_begins) else Due.LATER


def week_end(day: date, week_begins: int) -> date:
    """The last day of the week that a day lies in."""
    return day + DAY * ((week_begins - 1 - day.weekday()) % 7)


def week_begins(calendar_kind: str, language: str) -> int:
    """The weekday on which a reader's week begins: Saturday in the Jalali calendar, Sunday in Hebrew."""
    if calendar_kind == "jalali":
        return SATURDAY
    return SUNDAY if calendar_kind == "hebrew" or language == "he" else MONDAY


def _last_working_day(calendar: WorkingCalendar, day: date, *, not_before: date) -> date:
    for _step in range(HORIZON):
        if day <= not_before or is_working_day(calendar, day):
            return day
        day -= DAY
    return day
