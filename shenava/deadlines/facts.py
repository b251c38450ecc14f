"""Facts of deadlines: how working hours, days and promises were changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from shenava.journal.facts import Fact, fact


@fact("deadlines.hours_set", 1)
@dataclass(frozen=True)
class HoursSet(Fact):
    calendar: int
    icon = "clock"
    sentence = _("{by} changed the working hours of a calendar.")


@fact("deadlines.day_set", 1)
@dataclass(frozen=True)
class DaySet(Fact):
    calendar: int
    date: date
    icon = "calendar-plus"
    sentence = _("{by} set the hours of {date}.")


@fact("deadlines.day_removed", 1)
@dataclass(frozen=True)
class DayRemoved(Fact):
    calendar: int
    date: date
    icon = "calendar-minus"
    sentence = _("{by} made {date} a day like others.")


@fact("deadlines.holidays_copied", 1)
@dataclass(frozen=True)
class HolidaysCopied(Fact):
    calendar: int
    country: str
    year: int
    count: int
    icon = "calendar-days"
    sentence = _("{by} copied {count} public holidays of {year}.")


@fact("deadlines.promise_changed", 1)
@dataclass(frozen=True)
class PromiseChanged(Fact):
    rule: int
    before: int
    icon = "timer"
    sentence = _("{by} changed a promise. Promises already made stand.")
