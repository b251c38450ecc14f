"""Clocks: promises as rules, and the clocks that run by them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


class ClockKind(models.TextChoices):
    """What is promised. `legal` is the date of the law for an answer, apart from what we set ourselves."""

    ACKNOWLEDGE = "acknowledge", _("acknowledge receipt")
    CONTACT = "contact", _("first contact by a person")
    ASSESS = "assess", _("assess")
    UPDATE = "update", _("tell how it stands")
    ANSWER = "answer", _("answer")
    LEGAL = "legal", _("answer as the law has it")
    CLOSE = "close", _("close")


class PauseReason(models.TextChoices):
    """Who has the word while a clock stands still."""

    COMPLAINANT = "complainant", _("waits for the complainant")
    OUTSIDE = "outside", _("waits for an external body")


ALWAYS_PROMISED = frozenset({ClockKind.ACKNOWLEDGE, ClockKind.ANSWER})


class PromiseRule(models.Model):
    """What is promised for some records: policy, with the law it comes from.

    `pauses_for`: while who has the word its clocks stand still; delivered rules never do.
    """

    class Measure(models.TextChoices):
        WORKING_HOURS = "working_hours", _("working hours")
        WORKING_DAYS = "working_days", _("working days")
        CALENDAR_DAYS = "calendar_days", _("calendar days")

    kind = models.CharField(max_length=12, choices=ClockKind.choices)
    record_type = models.CharField(max_length=20, blank=True)
    severity = models.PositiveSmallIntegerField(null=True, blank=True)
    channel = models.CharField(max_length=20, blank=True)
    jurisdiction = models.CharField(max_length=2, blank=True)
    amount = models.PositiveSmallIntegerField()
    measure = models.CharField(max_length=14, choices=Measure.choices)
    legal_reference = models.CharField(max_length=300, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    pauses_for = ArrayField(models.CharField(max_length=12, choices=PauseReason.choices), default=list, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "record_type", "severity", "channel", "jurisdiction"], nulls_distinct=False,
                condition=Q(is_active=True), name="one_promise_of_a_kind",
            ),
            models.CheckConstraint(condition=Q(amount__gte=1), name="a_promise_has_a_length"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} {self.amount} {self.measure}"

    @property
    def unit(self) -> str:
        """What the amount counts, in the reader's language: working day, working days."""
        units = {
            self.Measure.WORKING_HOURS: ngettext("working hour", "working hours", self.amount),
            self.Measure.WORKING_DAYS: ngettext("working day", "working days", self.amount),
            self.Measure.CALENDAR_DAYS: ngettext("calendar day", "calendar days", self.amount),
        }
        return units[self.Measure(self.measure)]

    @property
    def is_special(self) -> bool:
        """For some records only, or of a kind that need not be promised at all."""
        about = (self.record_type, self.channel, self.jurisdiction)
        return any(about) or self.severity is not None or self.kind not in ALWAYS_PROMISED


class ClockQuerySet(models.QuerySet["Clock"]):
    def open(self) -> ClockQuerySet:
        """Still running."""
        return self.filter(stopped_at__isnull=True)

    def late(self, now: datetime) -> ClockQuerySet:
        """Running past its date; what stands still is not late."""
        return self.open().filter(due_at__lt=now, paused_at__isnull=True)


class Clock(models.Model):
    """A promise made for one complaint. `due_at` is stored because it was promised.

    Without a rule it was agreed with the complainant. `paused_at`: since when it stands still; `paused_for`: how
    much working time it stood before.
    """

    complaint = models.ForeignKey("complaints.Complaint", on_delete=models.PROTECT, related_name="clocks")
    kind = models.CharField(max_length=12, choices=ClockKind.choices)
    rule = models.ForeignKey(PromiseRule, on_delete=models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    paused_for = models.DurationField(default=timedelta)
    ladder_at = models.DateTimeField(null=True)
    """When its ladder has to be looked at again; None: no rung is ahead."""

    objects: ClassVar[models.Manager[Clock]] = ClockQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "kind"],
                condition=Q(stopped_at__isnull=True),
                name="one_running_clock_of_a_kind",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(stopped_at__isnull=True), name="clock_running"),
            models.Index(
                fields=["ladder_at"], condition=Q(stopped_at=None, paused_at=None, ladder_at__isnull=False),
                name="clock_ladder",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.kind} {self.due_at:%Y-%m-%d}"

    def kept(self) -> bool | None:
        """Was the promise kept? None while it is running."""
        return None if self.stopped_at is None else self.stopped_at <= self.due_at


class Pause(models.Model):
    """A clock stood still: from when till when, why, and by whose deed; the date before and the one after."""

    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="pauses")
    reason = models.CharField(max_length=12, choices=PauseReason.choices)
    before_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    began_by = models.ForeignKey("people.Party", on_delete=models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    ended_by = models.ForeignKey("people.Party", on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["began_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["clock"], condition=Q(ended_at=None), name="a_clock_stands_still_once"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, due_at=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False, due_at__isnull=False),
                name="a_pause_is_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clock_id} {self.reason}"
