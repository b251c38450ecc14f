"""Dates in three calendars, read and written in three languages.

Dates are stored as Gregorian `date`s and moments in UTC; here they become what a reader expects.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from shenava.common.dates import hebrew, jalali, names
from shenava.common.text import fold

Calendar = Literal["jalali", "gregorian", "hebrew"]
_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_MONTHS: dict[str, Mapping[str, tuple[str, ...]]] = {
    "jalali": names.JALALI,
    "hebrew": names.HEBREW,
    "gregorian": names.GREGORIAN,
}
_NUMBERS = re.compile(r"^(\d{1,4})[/\-. ،]+(\d{1,2})[/\-. ،]+(\d{1,4})$")


def digits(text: object, language: str) -> str:
    """Numbers in the digits of a language: Persian ones for fa, Latin ones else."""
    return str(text).translate(_PERSIAN) if language == "fa" else str(text)


def show_date(day: date, *, calendar: str, language: str) -> str:
    """A date in words: ۳ آذر ۱۴۰۵, 24 November 2026, י״ד בכסלו תשפ״ז."""
    year, month, number = parts_of(day, calendar)
    name = _month(calendar, year, month, language)
    if language != "he":
        return digits(f"{number} {name} {year}", language)
    told, of_year = hebrew.in_letters(day) if calendar == "hebrew" else (number, year)
    return f"{told} ב{name} {of_year}"


def show_date_short(day: date, *, calendar: str, language: str) -> str:
    """A date in figures, year first: ۱۴۰۵/۰۹/۰۳, 2026-11-24."""
    year, month, number = parts_of(day, calendar)
    mark = "-" if calendar == "gregorian" and language != "fa" else "/"
    return digits(f"{year:04d}{mark}{month:02d}{mark}{number:02d}", language)


def show_weekday(day: date, *, language: str) -> str:
    """The weekday's name."""
    return _in(names.WEEKDAYS, language)[day.weekday()]


def show_moment(moment: datetime, *, calendar: str, language: str, time_zone: str) -> str:
    """A moment where the reader is: سه‌شنبه ۳ آذر ۱۴۰۵، ۱۴:۳۵."""
    local = moment.astimezone(ZoneInfo(time_zone))
    day = show_date(local.date(), calendar=calendar, language=language)
    comma = "،" if language == "fa" else ","
    weekday = show_weekday(local.date(), language=language)
    return f"{weekday} {day}{comma} {digits(local.strftime('%H:%M'), language)}"


def show_brief(moment: datetime, *, now: datetime, calendar: str, language: str, time_zone: str) -> str:
    """A moment as short as can be: the time today, the date and the time before: ۳ آذر ۱۴۰۵، ۱۴:۳۵."""
    zone = ZoneInfo(time_zone)
    time = show_time(moment, language=language, time_zone=time_zone)
    day = moment.astimezone(zone).date()
    if day == now.astimezone(zone).date():
        return time
    comma = "،" if language == "fa" else ","
    return f"{show_date(day, calendar=calendar, language=language)}{comma} {time}"


def show_time(moment: datetime, *, language: str, time_zone: str) -> str:
    """The time of day where the reader is."""
    return digits(moment.astimezone(ZoneInfo(time_zone)).strftime("%H:%M"), language)


def show_duration(length: timedelta, language: str) -> str:
    """A length of time, whichever way it runs, in its two largest units, from three days on in days only:
    2 h 10 min, ۲ ساعت و ۱۰ دقیقه."""
    minutes = int(abs(length).total_seconds()) // 60
    amounts = {"d": minutes // 1440, "h": minutes // 60 % 24, "m": minutes % 60}
    shown = [unit for unit in "dhm" if amounts[unit]] or ["m"]
    words, joint = names.DURATION.get(language, names.DURATION["en"])
    if amounts["d"] >= 3:
        shown = ["d"]
    told = [f"{amounts[unit]} {words[unit][amounts[unit] != 1]}" for unit in shown[:2]]
    return digits(joint.join(told), language)


def parts_of(day: date, calendar: str) -> tuple[int, int, int]:
    """Year, month and day in a calendar; Hebrew months are counted from Nisan.

    Raises TypeError for a moment: which day it is on depends on where the reader is.
    """
    if isinstance(day, datetime):
        raise TypeError("a moment has a day only in a time zone: use show_moment, or make it local first")
    if calendar == "jalali":
        return jalali.from_date(day)
    if calendar == "hebrew":
        return hebrew.from_date(day)
    return day.year, day.month, day.day


def from_parts(year: int, month: int, day: int, calendar: str) -> date:
    """The date of a year, month and day in a calendar; raises ValueError where there is none."""
    if calendar == "jalali":
        return jalali.to_date(year, month, day)
    if calendar == "hebrew":
        return hebrew.to_date(year, month, day)
    return date(year, month, day)


def year_of(day: date, calendar: str) -> int:
    """The year in a calendar, by which complaints are numbered."""
    return parts_of(day, calendar)[0]


def year_span(year: int, calendar: str) -> tuple[date, date]:
    """The first and the last day of a year in a calendar, where a Hebrew year begins with Tishri.

    Raises ValueError where there is no such year.
    """
    month = 7 if calendar == "hebrew" else 1
    return from_parts(year, month, 1, calendar), from_parts(year + 1, month, 1, calendar) - timedelta(days=1)


def same_day_each_year(day: date, calendar: str, years: int) -> list[date]:
    """The day and those of the years after it that are the same in a calendar; a leap day only where there is one."""
    year, month, number = parts_of(day, calendar)
    found = []
    for later in range(year, year + years):
        with suppress(ValueError):
            found.append(from_parts(later, month, number, calendar))
    return found


def parse_date(text: str, *, calendar: str, language: str = "en") -> date:
    """A date as somebody typed it, in any digits, year first or last; raises ValueError with the reason."""
    found = _NUMBERS.match(fold(text))
    if found is None:
        raise ValueError("three numbers are needed: year, month, day")
    first, month, last = (int(part) for part in found.groups())
    year, day = (first, last) if first > 31 or len(found.group(1)) == 4 else (last, first)
    if year < 1000:
        raise ValueError("the year needs four digits")
    return from_parts(year, month, day, calendar)


def _month(calendar: str, year: int, month: int, language: str) -> str:
    if calendar == "hebrew" and month == 12 and hebrew.is_leap(year):
        return names.ADAR_I.get(language, names.ADAR_I["en"])
    return _in(_MONTHS.get(calendar, names.GREGORIAN), language)[month - 1]


def _in(table: Mapping[str, tuple[str, ...]], language: str) -> tuple[str, ...]:
    return table.get(language, table["en"])
