"""Clocks: promises started, stopped, and how much of them is left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db.models import Q

from shenava.deadlines.models import Calendar, Clock, PromiseRule
from shenava.deadlines.working_time import NeverOpenError, WorkingCalendar, add_working, add_working_days
from shenava.journal.unchanged import while_unchanged

if TYPE_CHECKING:
    from shenava.complaints.models import Complaint

ALWAYS = WorkingCalendar("UTC", dict.fromkeys(range(7), ((0, 1440),)))


def home_calendar() -> WorkingCalendar:
    """When the organisation as a whole works. No query while the set-up stays as it is."""
    return while_unchanged(home_calendar, Calendar.of_the_organisation) or ALWAYS


def rule_for(kind: str, *, record_type: str, severity: int | None) -> PromiseRule | None:
    """The most specific promise: one for the severity beats one for the record type beats a general one."""
    return rules_for([kind], record_type=record_type, severity=severity).get(kind)


def rules_for(kinds: Sequence[str], *, record_type: str, severity: int | None) -> dict[str, PromiseRule]:
    """The most specific promise of each kind, where there is one. One query."""
    rules = PromiseRule.objects.filter(
        Q(record_type__in=["", record_type]), Q(severity=None) | Q(severity=severity), kind__in=kinds, is_active=True
    )
    return {rule.kind: rule for rule in sorted(rules, key=_how_special)}


def _how_special(rule: PromiseRule) -> tuple[bool, bool, int]:
    return rule.severity is not None, bool(rule.record_type), -rule.pk


def due(rule: PromiseRule, calendar: WorkingCalendar, at: datetime) -> datetime:
    """When a promise given at this moment falls due. Calendar days end with the last day."""
    if rule.measure == PromiseRule.Measure.WORKING_HOURS:
        return add_working(calendar, at, timedelta(hours=rule.amount))
    if rule.measure == PromiseRule.Measure.WORKING_DAYS:
        return add_working_days(calendar, at, rule.amount)
    zone = ZoneInfo(calendar.time_zone)
    day = at.astimezone(zone).date() + timedelta(days=rule.amount)
    return datetime.combine(day, time(23, 59), zone).astimezone(UTC)


def first_clocks(
    kinds: Sequence[str], *, record_type: str, calendar: Calendar | None, at: datetime
) -> dict[str, Clock]:
    """The clocks of a record that has just come in, for whatever is promised of these kinds. Not kept yet: the
    record itself is to say what it promises. No query while the set-up stays as it is."""
    key = (first_clocks, *kinds, record_type)
    rules = while_unchanged(key, lambda: rules_for(kinds, record_type=record_type, severity=None))
    working = while_unchanged((Calendar, calendar.pk), calendar.working_calendar) if calendar and rules else ALWAYS
    due_at = {kind: _due_within(rule, working, at) for kind, rule in rules.items()}
    return {kind: Clock(kind=kind, rule=rules[kind], started_at=at, due_at=due_at[kind]) for kind in rules}


def start_clock(
    complaint: Complaint,
    kind: str,
    *,
    record_type: str,
    severity: int | None,
    calendar: Calendar | None,
    at: datetime,
) -> Clock | None:
    """Start a clock by the promise that fits best, in place of one that runs; None if nothing is promised."""
    rule = rule_for(kind, record_type=record_type, severity=severity)
    stop_clock(complaint, kind, at=at)
    if rule is None:
        return None
    due_at = _due_by(rule, calendar, at)
    return Clock.objects.create(complaint=complaint, kind=kind, rule=rule, started_at=at, due_at=due_at)


def _due_by(rule: PromiseRule, calendar: Calendar | None, at: datetime) -> datetime:
    """By the calendar; without one, or by one that never opens, every hour counts: no complaint is refused for it."""
    return _due_within(rule, calendar.working_calendar() if calendar else ALWAYS, at)


def _due_within(rule: PromiseRule, working: WorkingCalendar, at: datetime) -> datetime:
    try:
        return due(rule, working, at)
    except NeverOpenError:
        return due(rule, ALWAYS, at)


def earlier_promise(
    complaint: Complaint,
    kind: str,
    *,
    record_type: str,
    severity: int | None,
    calendar: Calendar | None,
    at: datetime,
) -> datetime | None:
    """Set the running clock, or a new one, to the promise that fits now, counted from `at`, if it is earlier.

    The new due moment, or None where nothing is promised or the promise given is as early.
    """
    running = Clock.objects.open().filter(complaint=complaint, kind=kind).first()
    rule = rule_for(kind, record_type=record_type, severity=severity)
    if rule is None:
        return None
    sooner = _due_by(rule, calendar, at)
    if running is not None and sooner >= running.due_at:
        return None
    running = running or Clock(complaint=complaint, kind=kind, started_at=at)
    running.rule, running.due_at = rule, sooner
    running.save()
    return sooner


def move(complaint: Complaint, kind: str, due_at: datetime) -> None:
    """Let the running clock of this kind fall due at another moment."""
    Clock.objects.open().filter(complaint=complaint, kind=kind).update(due_at=due_at)


def stop_clock(complaint: Complaint, kind: str, *, at: datetime) -> None:
    """Stop the clock of this kind, if one runs."""
    Clock.objects.open().filter(complaint=complaint, kind=kind).update(stopped_at=at)


def share_used(started_at: datetime, due_at: datetime, now: datetime) -> float:
    """How much of a promise is used, from 0 to 1."""
    whole = (due_at - started_at).total_seconds()
    return min(max((now - started_at).total_seconds() / whole, 0.0), 1.0) if whole > 0 else 1.0
