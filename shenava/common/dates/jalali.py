"""The Jalali calendar: persiantools for the conversion, our own arithmetic of months."""

from __future__ import annotations

from datetime import date, timedelta

from persiantools.jdatetime import JalaliDate


def from_date(day: date) -> tuple[int, int, int]:
    """Year, month, day in the Jalali calendar."""
    found = JalaliDate(day)  # type: ignore[no-untyped-call]
    return found.year, found.month, found.day


def to_date(year: int, month: int, day: int) -> date:
    """The Gregorian date of a Jalali one; raises ValueError where there is no such day."""
    return JalaliDate(year, month, day).to_gregorian()  # type: ignore[no-untyped-call]


def is_leap(year: int) -> bool:
    """Has Esfand thirty days in this year?"""
    return bool(JalaliDate.is_leap(year))


def month_length(year: int, month: int) -> int:
    """Days in a month."""
    if month <= 6:
        return 31
    return 30 if month < 12 or is_leap(year) else 29


def add_months(day: date, months: int) -> date:
    """The same day so many months on; the last day of the month where it is shorter."""
    year, month, number = from_date(day)
    year, month = divmod(year * 12 + month - 1 + months, 12)
    return to_date(year, month + 1, min(number, month_length(year, month + 1)))


def month_range(year: int, month: int) -> tuple[date, date]:
    """First and last day of a month."""
    return to_date(year, month, 1), to_date(year, month, month_length(year, month))


def quarter_range(year: int, quarter: int) -> tuple[date, date]:
    """First and last day of a season, 1 (spring) to 4."""
    return month_range(year, quarter * 3 - 2)[0], month_range(year, quarter * 3)[1]


def weeks(first: date, last: date, *, starts_on: int = 5) -> list[tuple[date, date]]:
    """First and last day of each week in a span, cut to it; weeks start on Saturday (5, as date.weekday())."""
    found = []
    while first <= last:
        end = min(last, first + timedelta(days=6 - (first.weekday() - starts_on) % 7))
        found.append((first, end))
        first = end + timedelta(days=1)
    return found


def year_range(year: int) -> tuple[date, date]:
    """First and last day of a year."""
    return to_date(year, 1, 1), to_date(year + 1, 1, 1) - timedelta(days=1)
