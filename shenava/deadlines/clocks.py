"""Clocks: promises started, stopped, and how much of them is left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db.models import Q

from shenava.common import clock
from shenava.deadlines.models import Calendar, Clock, ClockKind, PromiseRule
from shenava.deadlines.working_time import NeverOpenError, WorkingCalendar, add_working, add_working_days
from shenava.journal.unchanged import while_unchanged

if TYPE_CHECKING:
    from shenava.complaints.models import Complaint

ALWAYS = WorkingCalendar("UTC", dict.fromkeys(range(7), ((0, 1440),)))


def home_calendar() -> WorkingCalendar:
    """When the organisation as a whole works. No query while the set-up stays as it is."""
    return while_unchanged(home_calendar, Calendar.of_the_organisation) or ALWAYS


@dataclass(frozen=True)
class About:
    """What a promise depends on. `jurisdiction` is the country whose law holds."""

    record_type: str = ""
    severity: int | None = None
    channel: str = ""
    jurisdiction: str = ""


def rule_for(kind: str, about: About) -> PromiseRule | None:
    """The most specific promise: one for the severity beats one for the country, that one for the channel, that one
    for the record type, and that a general one."""
    return rules_for([kind], about).get(kind)


def rules_for(kinds: Sequence[str], about: About) -> dict[str, PromiseRule]:
    """The most specific promise of each kind, where there is one. One query."""
    rules = PromiseRule.objects.filter(
        Q(severity=None) | Q(severity=about.severity),
        record_type__in=["", about.record_type],
        channel__in=["", about.channel],
        jurisdiction__in=["", about.jurisdiction],
        kind__in=kinds,
        is_active=True,
    )
    return {rule.kind: rule for rule in sorted(rules, key=_how_special)}


def told_to_all(jurisdiction: str) -> list[PromiseRule]:
    """What everybody may read of our promises: not those of single channels and grave cases, nor of other countries,
    and not by when we mean to have looked at it ourselves. One query."""
    rules = PromiseRule.objects.filter(is_active=True, severity=None, channel="", jurisdiction__in=["", jurisdiction])
    return list(rules.exclude(kind=ClockKind.ASSESS).order_by("kind", "record_type"))


def best(rules: Iterable[PromiseRule], about: About) -> PromiseRule | None:
    """The most specific of these promises that fits; as `rule_for`, without a query."""
    return max((rule for rule in rules if _fits(rule, about)), key=_how_special, default=None)


def _fits(rule: PromiseRule, about: About) -> bool:
    """Does every mark that the rule names meet?"""
    marks = (
        (rule.record_type, about.record_type),
        (rule.channel, about.channel),
        (rule.jurisdiction, about.jurisdiction),
        (rule.severity, about.severity),
    )
    return all(wanted in ("", None, found) for wanted, found in marks)


def _how_special(rule: PromiseRule) -> tuple[bool, bool, bool, bool, int]:
    special = rule.severity is not None, bool(rule.jurisdiction), bool(rule.channel), bool(rule.record_type)
    return *special, -rule.pk


def due(rule: PromiseRule, calendar: WorkingCalendar, at: datetime) -> datetime:
    """When a promise given at this moment falls due. Calendar days end with the last day."""
    if rule.measure == PromiseRule.Measure.WORKING_HOURS:
        return add_working(calendar, at, timedelta(hours=rule.amount))
    if rule.measure == PromiseRule.Measure.WORKING_DAYS:
        return add_working_days(calendar, at, rule.amount)
    zone = ZoneInfo(calendar.time_zone)
    day = at.astimezone(zone).date() + timedelta(days=rule.amount)
    return datetime.combine(day, time(23, 59), zone).astimezone(UTC)


def first_clocks(kinds: Sequence[str], about: About, *, calendar: Calendar | None, at: datetime) -> dict[str, Clock]:
    """The clocks of a record that has just come in, for whatever is promised of these kinds. Not kept yet: the
    record itself is to say what it promises. No query while the set-up stays as it is."""
    rules = while_unchanged((first_clocks, *kinds, about), lambda: rules_for(kinds, about))
    working = while_unchanged((Calendar, calendar.pk), calendar.working_calendar) if calendar and rules else ALWAYS
    due_at = {kind: _due_within(rule, working, at) for kind, rule in rules.items()}
    return {
        kind: Clock(kind=kind, rule=rules[kind], started_at=at, due_at=due_at[kind], ladder_at=at) for kind in rules
    }


def start_clocks(
    complaint: Complaint, kinds: Sequence[str], about: About, *, calendar: Calendar | None, at: datetime
) -> dict[str, Clock]:
    """Start clocks by the promises that fit best, in place of those that run; none where nothing is promised."""
    begun = first_clocks(kinds, about, calendar=calendar, at=at)
    stop_clocks(complaint, kinds, at=at)
    for one in begun.values():
        one.complaint = complaint
    Clock.objects.bulk_create(begun.values())
    return begun


def due_by(rule: PromiseRule, calendar: Calendar | None, at: datetime) -> datetime:
    """By the calendar; without one, or by one that never opens, every hour counts: no complaint is refused for it."""
    return _due_within(rule, calendar.working_calendar() if calendar else ALWAYS, at)


def _due_within(rule: PromiseRule, working: WorkingCalendar, at: datetime) -> datetime:
    try:
        return due(rule, working, at)
    except NeverOpenError:
        return due(rule, ALWAYS, at)


def earlier_promise(
    complaint: Complaint, kind: str, about: About, *, calendar: Calendar | None, at: datetime
) -> datetime | None:
    """Set the running clock, or a new one, to the promise that fits now, counted from `at`, if it is earlier.

    The new due moment, or None where nothing is promised or the promise given is as early.
    """
    running = Clock.objects.open().filter(complaint=complaint, kind=kind).first()
    rule = rule_for(kind, about)
    if rule is None:
        return None
    sooner = due_by(rule, calendar, at)
    if running is not None and sooner >= running.due_at:
        return None
    running = running or Clock(complaint=complaint, kind=kind, started_at=at)
    running.rule, running.due_at, running.ladder_at = rule, sooner, at
    running.save()
    return sooner


def move(complaint: Complaint, kind: str, due_at: datetime) -> None:
    """Let the running clock of this kind fall due at another moment."""
    Clock.objects.open().filter(complaint=complaint, kind=kind).update(due_at=due_at, ladder_at=clock.now())


def start_agreed(complaint: Complaint, kind: str, *, days: int, calendar: Calendar | None, at: datetime) -> Clock:
    """Start a clock as was agreed with the complainant, in calendar days, in place of one that runs."""
    agreed = PromiseRule(amount=days, measure=PromiseRule.Measure.CALENDAR_DAYS)
    stop_clocks(complaint, [kind], at=at)
    due_at = due_by(agreed, calendar, at)
    return Clock.objects.create(complaint=complaint, kind=kind, started_at=at, due_at=due_at, ladder_at=at)


def stop_clocks(complaint: Complaint, kinds: Iterable[str], *, at: datetime) -> int:
    """Stop the clocks of these kinds that run; how many."""
    return Clock.objects.open().filter(complaint=complaint, kind__in=kinds).update(stopped_at=at)


def share_used(started_at: datetime, due_at: datetime, now: datetime) -> float:
    """How much of a promise is used, from 0 to 1."""
    whole = (due_at - started_at).total_seconds()
    return min(max((now - started_at).total_seconds() / whole, 0.0), 1.0) if whole > 0 else 1.0
