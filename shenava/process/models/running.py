"""Runs: where each complaint stands in its process, what it waits for, its log, and where it could not go on."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from shenava.process.models.definitions import ProcessVersion


class Instance(models.Model):
    """One complaint's way through one version. `state` is the truth for the kernel.

    `rev` counts the moves, so that two that knew the same state cannot both move it. A process that another one has
    called has no complaint of its own: its `parent` does, where `token` waits for it.
    """

    version = models.ForeignKey(ProcessVersion, on_delete=models.PROTECT, related_name="instances")
    complaint = models.OneToOneField(
        "complaints.Complaint", on_delete=models.PROTECT, null=True, related_name="instance"
    )
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="called")
    token = models.CharField(max_length=12, blank=True)
    first = models.JSONField(default=dict)
    """The state in which it was first kept: where a replay of its events begins."""
    state = models.JSONField()
    rev = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(complaint__isnull=False, parent__isnull=True, token="")
                | Q(complaint__isnull=True, parent__isnull=False),
                name="a_run_is_of_a_complaint_or_called",
            ),
            models.UniqueConstraint(F("parent"), F("token"), name="one_run_is_called_by_a_token"),
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id or self.parent_id}"


class TimerQuerySet(models.QuerySet["Timer"]):
    def due(self, now: datetime) -> TimerQuerySet:
        """Those whose moment has come and that have not failed, the longest due first."""
        return self.filter(due_at__lte=now, failed_at__isnull=True).order_by("due_at", "pk")


class Timer(models.Model):
    """What a run waits for by itself: a moment, or an operation that is still to be performed. It goes when it is
    over."""

    class Kind(models.TextChoices):
        TIME = "time", pgettext_lazy("what a process waits for", "time")
        OPERATION = "operation", pgettext_lazy("what a process waits for", "operation")

    complaint = models.ForeignKey("complaints.Complaint", on_delete=models.PROTECT, related_name="timers")
    instance = models.ForeignKey(Instance, on_delete=models.PROTECT, related_name="timers")
    key = models.CharField(max_length=12)
    node = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    due_at = models.DateTimeField()
    failed_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Timer]] = TimerQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(F("instance"), F("key"), name="one_timer_a_key")]
        indexes = [
            models.Index(F("due_at"), F("id"), condition=Q(failed_at__isnull=True), name="timer_due"),
        ]

    def __str__(self) -> str:
        return f"{self.instance_id} {self.node} {self.key}"


class Subscription(models.Model):
    """A run waits for a message."""

    complaint = models.ForeignKey("complaints.Complaint", on_delete=models.PROTECT, related_name="subscriptions")
    instance = models.ForeignKey(Instance, on_delete=models.PROTECT, related_name="subscriptions")
    token = models.CharField(max_length=12)
    message = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(F("instance"), F("token"), name="one_subscription_a_token")]

    def __str__(self) -> str:
        return f"{self.instance_id} {self.message}"


class RunEvent(models.Model):
    """One move of a run, with what the world answered: the moves in their order give the state again. For replay,
    never shown; what happened to a complaint is told by the journal."""

    instance = models.ForeignKey(Instance, on_delete=models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField()
    version = models.ForeignKey(ProcessVersion, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    kind = models.CharField(max_length=10)
    said = models.JSONField(default=dict)
    answers = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(F("instance"), F("seq"), name="one_event_a_number")]

    def __str__(self) -> str:
        return f"{self.instance_id} {self.seq} {self.kind}"


class Incident(models.Model):
    """A run could not go on: what was tried (`kind` and `said`, as of an event), where, and why not."""

    class Solution(models.TextChoices):
        RETRIED = "retried", pgettext_lazy("an incident was", "retried")
        MOVED = "moved", pgettext_lazy("an incident was", "moved on by hand")
        LEFT_OUT = "left_out", pgettext_lazy("an incident was", "done without")
        OVERTAKEN = "overtaken", pgettext_lazy("an incident was", "overtaken by events")

    complaint = models.ForeignKey("complaints.Complaint", on_delete=models.PROTECT, related_name="incidents")
    instance = models.ForeignKey(Instance, on_delete=models.PROTECT, related_name="incidents")
    key = models.CharField(max_length=12, blank=True)
    node = models.CharField(max_length=40)
    kind = models.CharField(max_length=10)
    said = models.JSONField(default=dict)
    error = models.TextField()
    at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=1)
    solution = models.CharField(max_length=10, choices=Solution.choices, blank=True)
    solved_at = models.DateTimeField(null=True)
    solved_by = models.ForeignKey("people.Party", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(F("at"), F("id"), condition=Q(solved_at__isnull=True), name="incident_open")]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.node} {self.kind}"
