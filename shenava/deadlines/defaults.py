"""What a new organisation begins with: working hours and holidays of its country, and promises."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext, gettext_noop

from shenava.common import clock
from shenava.deadlines.holidays import copy_into
from shenava.deadlines.models import Calendar, ClockKind, PromiseRule, Rung, WorkingInterval
from shenava.deadlines.models.ladder import Deed, To

_FULL, _HALF = ((8 * 60, 16 * 60),), ((8 * 60, 13 * 60),)
WEEKS = {
    "IR": {5: _FULL, 6: _FULL, 0: _FULL, 1: _FULL, 2: _FULL, 3: _HALF},
    "IL": {6: _FULL, 0: _FULL, 1: _FULL, 2: _FULL, 3: _FULL, 4: _HALF},
    "": {0: _FULL, 1: _FULL, 2: _FULL, 3: _FULL, 4: _FULL},
}
TIME_ZONES = {"IR": "Asia/Tehran", "IL": "Asia/Jerusalem", "": "UTC"}
IRAN = gettext_noop("Consumer Protection Law, by-law of Article 6: an answer within 10 days")
_WORKING, _DAYS = PromiseRule.Measure.WORKING_DAYS, PromiseRule.Measure.CALENDAR_DAYS
PROMISES: tuple[tuple[str, str, int | None, int, str], ...] = (
    (ClockKind.ACKNOWLEDGE, "", None, 1, _WORKING),
    (ClockKind.ANSWER, "", None, 15, _DAYS),
    (ClockKind.ANSWER, "complaint", None, 10, _DAYS),
    (ClockKind.ANSWER, "complaint", 4, 5, _WORKING),
    (ClockKind.ANSWER, "complaint", 5, 2, _WORKING),
)
LADDER = (
    (ClockKind.ANSWER, 50, Deed.TELL, To.OWNER),
    (ClockKind.ANSWER, 80, Deed.TELL, To.OWNER),
    (ClockKind.ANSWER, 100, Deed.TELL, To.MANAGER),
    (ClockKind.ANSWER, 150, Deed.REFER, To.MANAGER),
)


def deliver_defaults(country: str, *, time_zone: str = "", name: str = "") -> Calendar:
    """A calendar as the country has it, the promises, and what happens as their time is used up."""
    if not PromiseRule.objects.exists():
        _deliver_promises(country)
    return new_calendar(country, time_zone=time_zone, name=name)


def new_calendar(country: str, *, time_zone: str = "", name: str = "") -> Calendar:
    """A calendar with the country's week and holidays of this year and the next."""
    calendar = Calendar.objects.create(
        name=name or "Office hours", time_zone=time_zone or TIME_ZONES.get(country, "UTC")
    )
    week = WEEKS.get(country, WEEKS[""])
    WorkingInterval.objects.bulk_create(
        WorkingInterval(calendar=calendar, weekday=weekday, opens=opens, closes=closes)
        for weekday, intervals in week.items()
        for opens, closes in intervals
    )
    if country in ("IR", "IL"):
        year = clock.now().year
        copy_into(calendar, country, date(year, 1, 1), date(year + 1, 12, 31))
    return calendar


def _deliver_promises(country: str) -> None:
    PromiseRule.objects.bulk_create(
        PromiseRule(
            kind=kind,
            record_type=record_type,
            severity=severity,
            amount=amount,
            measure=measure,
            legal_reference=gettext(IRAN) if country == "IR" and (record_type, measure) == ("complaint", _DAYS) else "",
        )
        for kind, record_type, severity, amount, measure in PROMISES
    )
    now = clock.now()
    Rung.objects.bulk_create(
        Rung(kind=kind, percent=percent, deed=deed, to=to, at=now) for kind, percent, deed, to in LADDER
    )
