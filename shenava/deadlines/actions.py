"""What an administrator does with calendars and promises. Promises already made never move."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shenava.common import clock
from shenava.common.once import told_if_taken
from shenava.deadlines import facts, ladder
from shenava.deadlines.clocks import About
from shenava.deadlines.defaults import new_calendar
from shenava.deadlines.holidays import copy_into
from shenava.deadlines.models import Calendar, CalendarDay, PromiseRule, Rung, WorkingInterval
from shenava.deadlines.working_time import Interval, in_order
from shenava.journal.actions import ALLOWED, Room, Verdict, action_for
from shenava.journal.recording import record
from shenava.people.models import Party, Role
from shenava.people.standing import standing_of

STREAM = "settings"
EVERYTHING = About()
NAMED = gettext_lazy("There is a calendar of this name already.")
PROMISED = gettext_lazy("There is such a promise already: change that one.")
CLIMBED = gettext_lazy("There is such a rung already.")
NOT_YOURS = Verdict(gettext_lazy("Only an administrator may do this."))


class Terms(NamedTuple):
    """What is promised: how much, of what, by which law, and while who has the word its time stands still."""

    amount: int
    measure: str
    legal_reference: str = ""
    pauses_for: tuple[str, ...] = ()


Given = Terms | tuple[int, str, str]


def may(by: Party, verb: str, subject: object) -> Verdict:
    """Administrators arrange calendars and promises."""
    return ALLOWED if standing_of(by).has(Role.ADMINISTRATOR) else NOT_YOURS


ROOM = Room("deadlines", may=may)
action = action_for(ROOM)
MENU = ROOM.menu


@action(creates=True)
def add_calendar(*, name: str, time_zone: str, country: str, by: Party) -> Calendar:
    """Another calendar, which begins with the working week and the holidays of a country."""
    if Calendar.objects.filter(name=name).exists():
        raise ValidationError(NAMED)
    with told_if_taken(NAMED):
        calendar = new_calendar(country, time_zone=time_zone, name=name)
    record(STREAM, facts.CalendarAdded(calendar.pk), by=by)
    return calendar


@action
def set_hours(calendar: Calendar, *, week: dict[int, tuple[Interval, ...]], by: Party) -> Calendar:
    """Set the working hours of every weekday, in minutes after midnight."""
    _refuse_disorder(week.values())
    if not any(week.values()):
        raise ValidationError(_("Work must be done on one day of the week at least: promises are counted by it."))
    calendar.intervals.all().delete()
    WorkingInterval.objects.bulk_create(
        WorkingInterval(calendar=calendar, weekday=weekday, opens=opens, closes=closes)
        for weekday, intervals in week.items()
        for opens, closes in intervals
    )
    record(STREAM, facts.HoursSet(calendar.pk), by=by)
    return calendar


@action
def set_day(calendar: Calendar, *, day: date, name: str, intervals: tuple[Interval, ...], by: Party) -> CalendarDay:
    """Make one day a holiday, or give it hours of its own."""
    _refuse_disorder([intervals])
    found, _created = CalendarDay.objects.update_or_create(
        calendar=calendar,
        date=day,
        defaults={
            "name": name,
            "intervals": [list(interval) for interval in intervals],
            "source": CalendarDay.Source.OWN,
        },
    )
    record(STREAM, facts.DaySet(calendar.pk, day), by=by)
    return found


@action
def remove_day(calendar: Calendar, *, day: date, by: Party) -> Calendar:
    """Make a day one like its weekday again."""
    calendar.days.filter(date=day).delete()
    record(STREAM, facts.DayRemoved(calendar.pk, day), by=by)
    return calendar


@action
def copy_holidays(calendar: Calendar, *, country: str, first: date, last: date, by: Party) -> int:
    """Copy the public holidays of a country in a span of days; days that are there already stay."""
    count = copy_into(calendar, country, first, last)
    record(STREAM, facts.HolidaysCopied(calendar.pk, country, first, last, count), by=by)
    return count


@action
def import_days(calendar: Calendar, *, days: Mapping[date, str], by: Party) -> int:
    """Take in free days from a file; days that are there already stay as they are. How many came."""
    before = calendar.days.count()
    CalendarDay.objects.bulk_create(
        [CalendarDay(calendar=calendar, date=day, name=name[:200]) for day, name in days.items()],
        ignore_conflicts=True,
    )
    count = calendar.days.count() - before
    record(STREAM, facts.DaysImported(calendar.pk, count), by=by)
    return count


@action(creates=True)
def add_promise(*, kind: str, about: About = EVERYTHING, terms: Given, by: Party) -> PromiseRule:
    """Promise something for all records, or for some: of a kind, a severity, a channel, a country."""
    if PromiseRule.objects.filter(kind=kind, is_active=True, **asdict(about)).exists():
        raise ValidationError(PROMISED)
    rule = _rule(kind, about, terms)
    record(STREAM, facts.PromiseAdded(rule.pk), by=by)
    return rule


@action
def change_promise(rule: PromiseRule, *, terms: Given, by: Party) -> PromiseRule:
    """Promise more or less from now on: a new rule takes the place of the old one, which stays on record."""
    _end(rule)
    about = About(rule.record_type, rule.severity, rule.channel, rule.jurisdiction)
    after = _rule(rule.kind, about, terms)
    record(STREAM, facts.PromiseChanged(after.pk, rule.pk), by=by)
    return after


@action
def withdraw_promise(rule: PromiseRule, *, by: Party) -> PromiseRule:
    """Promise nothing special any more; what is promised for all records holds."""
    if not rule.is_special:
        raise ValidationError(_("What is promised for all records can be changed, not withdrawn."))
    _end(rule)
    record(STREAM, facts.PromiseWithdrawn(rule.pk), by=by)
    return rule


@action(creates=True)
def add_rung(*, kind: str, percent: int, deed: str, to: str, by: Party) -> Rung:
    """Let something happen by itself when so much of the time of a promise is used up. What is used up already does
    not count."""
    place = {"kind": kind, "percent": percent, "deed": deed, "to": to}
    if Rung.objects.filter(is_active=True, **place).exists():
        raise ValidationError(CLIMBED)
    with told_if_taken(CLIMBED):
        rung = Rung.objects.create(at=clock.now(), **place)
    ladder.look_again(kind, at=rung.at)
    record(STREAM, facts.RungAdded(rung.pk), by=by)
    return rung


@action
def withdraw_rung(rung: Rung, *, by: Party) -> Rung:
    """Nothing happens at this place any more; what has happened stays."""
    if not rung.is_active:
        raise ValidationError(_("This rung was taken out meanwhile."))
    rung.is_active = False
    rung.save(update_fields=["is_active"])
    record(STREAM, facts.RungWithdrawn(rung.pk), by=by)
    return rung


def _rule(kind: str, about: About, terms: Given) -> PromiseRule:
    said = Terms(*terms)
    with told_if_taken(PROMISED):
        return PromiseRule.objects.create(
            kind=kind,
            **asdict(about),
            **said._asdict() | {"pauses_for": list(said.pauses_for)},
        )


def _end(rule: PromiseRule) -> None:
    if not rule.is_active:
        raise ValidationError(_("This promise was changed meanwhile."))
    rule.is_active = False
    rule.save(update_fields=["is_active"])


def _refuse_disorder(days: Iterable[tuple[Interval, ...]]) -> None:
    if not all(in_order(intervals) for intervals in days):
        raise ValidationError(_("Working hours must not overlap."))
