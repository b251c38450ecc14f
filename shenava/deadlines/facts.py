"""Facts of deadlines: how working hours, days and promises were changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from shenava.journal.facts import Fact, fact
from shenava.people.models import Organisation


@fact("deadlines.calendar_added", 1)
@dataclass(frozen=True)
class CalendarAdded(Fact):
    calendar: int
    icon = "calendar-plus"
    sentence = _("{by} added a calendar.")


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


@fact("deadlines.holidays_copied", 2)
@dataclass(frozen=True)
class HolidaysCopied(Fact):
    calendar: int
    country: str
    first: date
    last: date
    count: int
    icon = "calendar-days"
    labels = {"country": Organisation.Country}
    sentence = _("{by} copied {count} public holidays of {country} from {first} to {last}.")


@fact("deadlines.days_imported", 1)
@dataclass(frozen=True)
class DaysImported(Fact):
    calendar: int
    count: int
    icon = "calendar-plus"
    sentence = _("{by} took {count} free days out of a file into a calendar.")


@fact("deadlines.promise_changed", 1)
@dataclass(frozen=True)
class PromiseChanged(Fact):
    rule: int
    before: int
    icon = "timer"
    sentence = _("{by} changed a promise. Promises already made stand.")


@fact("deadlines.promise_added", 1)
@dataclass(frozen=True)
class PromiseAdded(Fact):
    rule: int
    icon = "timer"
    sentence = _("{by} added a promise.")


@fact("deadlines.promise_withdrawn", 1)
@dataclass(frozen=True)
class PromiseWithdrawn(Fact):
    rule: int
    icon = "timer-off"
    sentence = _("{by} withdrew a promise. Promises already made stand.")


@fact("deadlines.rung_added", 1)
@dataclass(frozen=True)
class RungAdded(Fact):
    rung: int
    icon = "trending-up"
    sentence = _("{by} added a rung to a ladder.")


@fact("deadlines.rung_withdrawn", 1)
@dataclass(frozen=True)
class RungWithdrawn(Fact):
    rung: int
    icon = "trending-down"
    sentence = _("{by} took a rung out of a ladder.")
