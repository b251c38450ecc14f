"""Filters: the questions that the list of complaints can be asked, all of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shenava.complaints.index.asking import saying
from shenava.complaints.models import Assessment, Complaint, IssueLine, Named, Referral, ReferralKind, Subject
from shenava.deadlines.clocks import home_calendar
from shenava.deadlines.working_time import add_working_days
from shenava.people.standing import Standing
from shenava.process.models import WorkItem

SOON = 2
STEPS = Q(kind=WorkItem.Kind.STAGE) | Q(kind=WorkItem.Kind.TASK) & ~Q(token="")
"""The condition of work items that are steps of a process, not work beside it."""
DAYS = ("received_from", "received_to", "due_from", "due_to", "registered_on", "assessed_on")


class State(models.TextChoices):
    """Open or closed."""

    # Translators: which complaints a list shows
    OPEN = "open", pgettext_lazy("complaints", "open")
    CLOSED = "closed", pgettext_lazy("complaints", "closed")


class Waits(models.TextChoices):
    """Where the work lies: not looked at, looked at and not accepted, accepted."""

    UNSEEN = "unseen", _("not seen yet")
    UNDECIDED = "undecided", _("seen, not accepted")
    WORKING = "working", _("in work")


class Order(models.TextChoices):
    """What comes first."""

    NEWEST = "-received_at", _("newest first")
    DUE = "due_at", _("due first")
    PRIORITY = "-priority", _("highest priority first")


@dataclass(frozen=True)
class Filters:
    """What a list of complaints shows. Empty means: everything within reach.

    Days are those of the organisation's time zone, the last one included. Of several values any is enough;
    a category includes those below it, and a finding asked beside it is that of the same issue line. A step is named
    by its process and its own key (`complaint:in_handling`).
    """

    state: str = ""
    stage: tuple[str, ...] = ()
    record_type: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    contact_group: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    category: int | None = None
    priority: tuple[str, ...] = ()
    severity: tuple[str, ...] = ()
    flag: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    finding: tuple[str, ...] = ()
    closure_reason: tuple[str, ...] = ()
    owner: int | None = None
    unit: int | None = None
    holder: int | None = None
    waits: str = ""
    step: str = ""
    step_late: bool = False
    received_from: date | None = None
    received_to: date | None = None
    due_from: date | None = None
    due_to: date | None = None
    registered_on: date | None = None
    assessed_on: date | None = None
    late: bool = False
    soon: bool = False
    has_referral: bool = False
    body: int | None = None
    about_staff: bool = False
    questioned: bool = False
    reopened: bool = False
    text: str = ""

    def as_json(self) -> dict[str, Any]:
        """What was asked, as it can be stored."""
        given = {name: value for name, value in asdict(self).items() if value}
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in given.items()}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Filters:
        """The same question again. Raises TypeError, ValueError for what `as_json` has not written."""
        return cls(**{name: _from_json(name, value) for name, value in stored.items()})

    def rows(self, standing: Standing, *, now: datetime, time_zone: str) -> models.QuerySet[Complaint]:
        """The complaints within reach that answer all of it."""
        zone = ZoneInfo(time_zone)
        found = Complaint.objects.visible_to(standing).filter(self._plain(), self._judged(), self._days(zone))
        if self.late:
            found = found & Complaint.objects.late(now)
        if self.soon:
            due = Q(due_at__gte=now, due_at__lte=soon_until(now))
            found = found.filter(due, responded_at__isnull=True, due_paused_at__isnull=True, closed_at__isnull=True)
        for condition in (*self._related(), *self._at_steps(now)):
            found = found.filter(condition)
        return found

    def _plain(self) -> Q:
        several = ("stage", "record_type", "channel", "source", "subject", "language", "closure_reason")
        asked = Q(**{f"{name}__in": getattr(self, name) for name in several if getattr(self, name)})
        asked &= Q(**{name: getattr(self, name) for name in ("owner", "unit") if getattr(self, name) is not None})
        if self.contact_group:
            asked &= Q(complainant__contact_group__in=self.contact_group)
        if self._asks_for_work or self.step or self.step_late:
            asked &= Q(closed_at__isnull=True)
        if self.state:
            asked &= Q(closed_at__isnull=self.state == State.OPEN)
        if self.registered_on:
            asked &= Q(registered_on=self.registered_on)
        if self.reopened:
            asked &= Q(reopened_count__gt=0)
        return asked & saying(self.text) if self.text else asked

    def _judged(self) -> Q:
        several = ("priority", "severity")
        asked = Q(**{f"{name}__in": getattr(self, name) for name in several if getattr(self, name)})
        if self.flag:
            asked &= flagged(self.flag)
        if self.questioned:
            asked &= Q(questioned_at__isnull=False, closed_at__isnull=True)
        if self.about_staff:
            concerned = Named.objects.filter(complaint=OuterRef("pk"), is_concerned=True)
            asked &= Q(subject=Subject.STAFF) | Q(Exists(concerned))
        return asked

    def _days(self, zone: ZoneInfo) -> Q:
        begins = {"received_at__gte": self.received_from, "due_at__gte": self.due_from}
        ends = {"received_at__lt": self.received_to, "due_at__lt": self.due_to}
        asked = {name: _midnight(day, zone) for name, day in begins.items() if day}
        asked |= {name: _midnight(day + timedelta(days=1), zone) for name, day in ends.items() if day}
        return Q(**asked) & (assessed_on(self.assessed_on, zone) if self.assessed_on else Q())

    def _related(self) -> list[Exists]:
        found = []
        if self.finding or self.category:
            found.append(Exists(self._lines()))
        if self.body:
            passed = Referral.objects.filter(complaint=OuterRef("pk"), kind=ReferralKind.OUTSIDE, to=self.body)
            found.append(Exists(passed))
        if self.has_referral:
            found.append(Exists(_items().filter(kind=WorkItem.Kind.REFERRAL)))
        if self._asks_for_work:
            found.append(Exists(self._work()))
        return found

    def _at_steps(self, now: datetime) -> list[Q]:
        """At this stage, or with this step open beside it; late there, by the time that such a step has."""
        tasks = WorkItem.objects.open().filter(STEPS, kind=WorkItem.Kind.TASK, complaint=OuterRef("pk"))
        process, _colon, node = self.step.partition(":")
        if self.step:
            tasks = tasks.filter(node=node, instance__version__process__key=process)
        if self.step_late:
            return [Q(Exists(tasks.filter(due_at__lt=now)))]
        return [Q(stage=node, instance__version__process__key=process) | Q(Exists(tasks))] if self.step else []

    def _lines(self) -> models.QuerySet[IssueLine]:
        lines = IssueLine.objects.filter(complaint=OuterRef("pk"))
        if self.finding:
            lines = lines.filter(finding__in=self.finding)
        if self.category:
            lines = lines.filter(Q(category=self.category) | Q(category__parent=self.category))
        return lines

    @property
    def _asks_for_work(self) -> bool:
        return bool(self.waits) or self.holder is not None

    def _work(self) -> models.QuerySet[WorkItem]:
        work = _items() if self.holder is None else _items().filter(holder=self.holder)
        return work.filter(waiting_in(self.waits)) if self.waits else work


def soon_until(now: datetime) -> datetime:
    """What is due by then will be late soon: the end of the second working day from now. One query."""
    return add_working_days(home_calendar(), now, SOON)


def flagged(names: Iterable[str]) -> Q:
    """The condition of complaints on which any of these flags is raised."""
    asked = Q()
    for name in names:
        asked |= Q(**{name: True})
    return asked


def assessed_on(day: date, zone: ZoneInfo) -> Q:
    """The condition of complaints that were assessed on this day, for the first time or again."""
    begins, ends = _midnight(day, zone), _midnight(day + timedelta(days=1), zone)
    return Q(pk__in=Assessment.objects.filter(at__gte=begins, at__lt=ends).values("complaint"))


def waiting_in(waits: str) -> Q:
    """The condition of open work items that wait in this manner."""
    return {
        Waits.UNSEEN: Q(seen_at__isnull=True, accepted_at__isnull=True),
        Waits.UNDECIDED: Q(seen_at__isnull=False, accepted_at__isnull=True),
        Waits.WORKING: Q(accepted_at__isnull=False),
    }[Waits(waits)]


def work_of(complaints: models.QuerySet[Complaint]) -> models.QuerySet[WorkItem]:
    """The open work on those of these complaints that are open, copies left out: they wait for nobody."""
    waiting = complaints.filter(closed_at__isnull=True).order_by()
    return WorkItem.objects.open().filter(complaint__in=waiting).exclude(kind=WorkItem.Kind.COPY)


def _items() -> models.QuerySet[WorkItem]:
    return WorkItem.objects.open().filter(complaint=OuterRef("pk")).exclude(kind=WorkItem.Kind.COPY)


def _from_json(name: str, value: Any) -> Any:
    if name in DAYS:
        return date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)
