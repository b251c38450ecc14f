"""Public holidays of a country, copied into rows that the organisation may edit."""

from __future__ import annotations

from datetime import date

from shenava.deadlines.models import Calendar, CalendarDay

LANGUAGES = {"IR": "fa_IR", "IL": "he"}


def public_holidays(country: str, first: date, last: date) -> dict[date, str]:
    """Days from the first to the last and their names, in the country's language.

    Iranian lunar days of coming years are estimates.
    """
    import holidays  # noqa: PLC0415 -- half a second that only an administrator should wait for

    years = range(first.year, last.year + 1)
    found = holidays.country_holidays(country, years=years, language=LANGUAGES.get(country))
    return {day: str(name) for day, name in sorted(found.items()) if first <= day <= last}


def copy_into(calendar: Calendar, country: str, first: date, last: date) -> int:
    """Copy holidays into a calendar; days that are there already stay as they are. How many came."""
    days = [
        CalendarDay(calendar=calendar, date=day, name=name[:200], source=CalendarDay.Source.PUBLIC)
        for day, name in public_holidays(country, first, last).items()
    ]
    before = calendar.days.count()
    CalendarDay.objects.bulk_create(days, ignore_conflicts=True)
    return calendar.days.count() - before
