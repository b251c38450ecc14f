"""The Hebrew calendar: pyluach for the conversion, dates in letters as they are written in Hebrew."""

from __future__ import annotations

from datetime import date

from pyluach.dates import HebrewDate
from pyluach.hebrewcal import Year


def from_date(day: date) -> tuple[int, int, int]:
    """Year, month and day in the Hebrew calendar; months are counted from Nisan, the year from Tishrei."""
    found = HebrewDate.from_pydate(day)
    return found.year, found.month, found.day


def to_date(year: int, month: int, day: int) -> date:
    """The Gregorian date of a Hebrew one (months from Nisan); raises ValueError where there is no such day."""
    return HebrewDate(year, month, day).to_pydate()  # type: ignore[no-any-return]


def is_leap(year: int) -> bool:
    """Has this year thirteen months?"""
    return bool(Year(year).leap)


def in_letters(day: date) -> tuple[str, str]:
    """Day and year as Hebrew writes them, without the thousands: י״ד, תשפ״ז."""
    found = HebrewDate.from_pydate(day)
    return found.hebrew_day(), found.hebrew_year()
