"""Pausing: a clock whose rule lets it wait stands still, and falls due later by the time for which it stood."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from shenava.deadlines.clocks import ALWAYS
from shenava.deadlines.models import Calendar, Clock, Pause, PromiseRule
from shenava.deadlines.working_time import (
    NeverOpenError,
    WorkingCalendar,
    add_working,
    add_working_days,
    working_between,
    working_days_between,
)

if TYPE_CHECKING:
    from shenava.complaints.models import Complaint
    from shenava.people.models import Party


def pause(complaint: Complaint, reason: str, *, by: Party, at: datetime) -> list[Clock]:
    """Let the clocks stand still whose rules say so; never one that is late already. Those that do."""
    standing = list(
        Clock.objects.open().filter(
            complaint=complaint, paused_at=None, due_at__gt=at, rule__pauses_for__contains=[reason]
        )
    )
    Clock.objects.filter(pk__in=[one.pk for one in standing]).update(paused_at=at)
    Pause.objects.bulk_create(
        Pause(clock=one, reason=reason, before_at=one.due_at, began_by=by, began_at=at) for one in standing
    )
    return standing


def resume(
    complaint: Complaint, reasons: Iterable[str], *, calendar: Calendar | None, by: Party, at: datetime
) -> list[Clock]:
    """Let the clocks go on that stood still for these reasons, each with another date. Those that do."""
    pauses = Pause.objects.filter(clock__complaint=complaint, reason__in=list(reasons), ended_at=None)
    found = list(pauses.select_related("clock__rule"))
    working = calendar.working_calendar() if calendar and found else ALWAYS
    for one in found:
        _go_on(one, working, at)
        one.ended_by, one.ended_at, one.due_at = by, at, one.clock.due_at
        one.save(update_fields=["ended_by", "ended_at", "due_at"])
    return [one.clock for one in found]


def _go_on(one: Pause, working: WorkingCalendar, at: datetime) -> None:
    running = one.clock
    assert running.rule is not None  # only a rule lets a clock stand still
    try:
        running.due_at = later(running.rule, working, running.due_at, one.began_at, at)
    except NeverOpenError:
        running.due_at += at - one.began_at
    running.paused_for += working_between(working, one.began_at, at)
    running.paused_at, running.ladder_at = None, at
    running.save(update_fields=["due_at", "paused_for", "paused_at", "ladder_at"])


def later(
    rule: PromiseRule, working: WorkingCalendar, due_at: datetime, began_at: datetime, ended_at: datetime
) -> datetime:
    """When a promise falls due that stood still from one moment to another, in what its rule counts by."""
    zone = ZoneInfo(working.time_zone)
    first, last = began_at.astimezone(zone).date(), ended_at.astimezone(zone).date()
    if rule.measure == PromiseRule.Measure.WORKING_HOURS:
        return add_working(working, due_at, working_between(working, began_at, ended_at))
    if rule.measure == PromiseRule.Measure.WORKING_DAYS:
        days = working_days_between(working, first, last)
        return add_working_days(working, due_at, days) if days else due_at
    return due_at + timedelta(days=(last - first).days)
