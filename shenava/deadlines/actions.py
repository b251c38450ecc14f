"""What an administrator does with calendars and promises. Promises already made never move."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from shenava.deadlines import facts
from shenava.deadlines.holidays import copy_into
from shenava.deadlines.models import Calendar, CalendarDay, PromiseRule, WorkingInterval
from shenava.deadlines.working_time import Interval
from shenava.journal.actions import ALLOWED, Room, Verdict, action_for
from shenava.journal.recording import record
from shenava.people.models import Party, Role
from shenava.people.standing import standing_of

STREAM = "settings"
NOT_YOURS = Verdict(_("Only an administrator may do this."))


def may(by: Party, verb: str, subject: object) -> Verdict:
    """Administrators arrange calendars and promises."""
    return ALLOWED if standing_of(by).has(Role.ADMINISTRATOR) else NOT_YOURS


ROOM = Room("deadlines", may=may)
action = action_for(ROOM)


@action
def set_hours(calendar: Calendar, *, week: dict[int, tuple[Interval, ...]], by: Party) -> Calendar:
    """Set the working hours of every weekday, in minutes after midnight."""
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
def copy_holidays(calendar: Calendar, *, country: str, year: int, by: Party) -> int:
    """Copy the public holidays of a country and year; days that are there already stay."""
    count = copy_into(calendar, country, [year])
    record(STREAM, facts.HolidaysCopied(calendar.pk, country, year, count), by=by)
    return count


@action
def change_promise(rule: PromiseRule, *, amount: int, measure: str, legal_reference: str, by: Party) -> PromiseRule:
    """Promise more or less from now on: a new rule takes the place of the old one, which stays on record."""
    PromiseRule.objects.filter(pk=rule.pk).update(is_active=False)
    after = PromiseRule.objects.create(
        kind=rule.kind,
        record_type=rule.record_type,
        severity=rule.severity,
        amount=amount,
        measure=measure,
        legal_reference=legal_reference,
    )
    record(STREAM, facts.PromiseChanged(after.pk, rule.pk), by=by)
    return after
