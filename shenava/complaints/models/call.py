"""A call that was promised: why, by when, to which number, and what became of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from shenava.complaints.models.complaint import Complaint


class CallQuerySet(models.QuerySet["Call"]):
    def open(self) -> CallQuerySet:
        """Promised and neither made nor dropped yet."""
        return self.filter(ended_at=None)


class Call(models.Model):
    """We said that we would call. Its work item says who sees to it and by when."""

    class Outcome(models.TextChoices):
        REACHED = "reached", pgettext_lazy("a promised call", "Reached")
        NOT_REACHED = "not_reached", pgettext_lazy("a promised call", "Nobody was reached; we try again")
        NOT_NEEDED = "not_needed", pgettext_lazy("a promised call", "The call is not needed any more")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="calls")
    item = models.OneToOneField("process.WorkItem", on_delete=models.PROTECT, related_name="call")
    reason = models.TextField()
    phone = models.CharField(max_length=60, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    text = models.TextField(blank=True)
    ended_by = models.ForeignKey("people.Party", on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[models.Manager[Call]] = CallQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["complaint"], condition=Q(ended_at=None), name="one_call_is_promised_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_by=None, ended_at=None, outcome="")
                | (Q(ended_by__isnull=False, ended_at__isnull=False) & ~Q(outcome="")),
                name="a_call_ends_somehow",
            ),
        ]

    def __str__(self) -> str:
        return f"call of {self.complaint_id}"
