"""Work items: the only rows that make something appear in somebody's cartable."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from shenava.process.models.running import Instance
from shenava.process.waiting import Waiting, waiting

if TYPE_CHECKING:
    from shenava.people.models import Party


class WorkItemQuerySet(models.QuerySet["WorkItem"]):
    def open(self) -> WorkItemQuerySet:
        """Still to be done by its holder."""
        return self.filter(closed_at__isnull=True, recalled_at__isnull=True, returned_at__isnull=True)

    def held_by(self, ids: Iterable[int]) -> WorkItemQuerySet:
        """Lying with one of these persons or units."""
        return self.filter(holder_id__in=sorted(ids))

    def sent_by_party(self, party: Party) -> WorkItemQuerySet:
        """Given by somebody to others."""
        return self.filter(sent_by=party).exclude(holder=party)

    def unseen(self) -> WorkItemQuerySet:
        """Not yet looked at by whoever holds it."""
        return self.filter(seen_at__isnull=True)

    def mark_seen(self, at: datetime) -> int:
        """Note the first look at those not seen yet; how many they were. Later looks change nothing."""
        return self.unseen().update(seen_at=at)


class WorkItem(models.Model):
    """The only row that makes something appear in somebody's cartable."""

    class Kind(models.TextChoices):
        STAGE = "stage", pgettext_lazy("kind of work", "stage")
        REFERRAL = "referral", pgettext_lazy("kind of work", "referral")
        COPY = "copy", pgettext_lazy("kind of work", "copy")
        TASK = "task", pgettext_lazy("kind of work", "task")

    complaint = models.ForeignKey("complaints.Complaint", on_delete=models.PROTECT, related_name="work_items")
    instance = models.ForeignKey(Instance, on_delete=models.PROTECT, null=True, related_name="work_items")
    holder = models.ForeignKey("people.Party", on_delete=models.PROTECT, related_name="work_items")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    node = models.CharField(max_length=40)
    token = models.CharField(max_length=12, blank=True)
    """Of a step of the process: the token that waits there."""
    outcome = models.CharField(max_length=40, blank=True)
    answer = models.TextField(blank=True)
    title = models.CharField(max_length=200, blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    due_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey("people.Party", on_delete=models.PROTECT, related_name="sent_work_items")
    sent_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    recalled_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[WorkItem]] = WorkItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("complaint"),
                condition=Q(kind="stage", closed_at__isnull=True),
                name="a_complaint_lies_with_one_holder",
            ),
            models.CheckConstraint(condition=Q(token="") | Q(kind="task"), name="a_step_of_the_process_is_a_task"),
        ]
        indexes = [
            models.Index(
                F("holder"), F("due_at"), F("id"),
                condition=Q(closed_at__isnull=True, recalled_at__isnull=True, returned_at__isnull=True),
                name="work_item_inbox",
            ),
            models.Index(
                F("node"), F("complaint"),
                condition=Q(closed_at__isnull=True, recalled_at__isnull=True, returned_at__isnull=True),
                name="work_item_at_step",
            ),
            models.Index(
                F("sent_by"), F("sent_at").desc(), F("id").desc(),
                condition=~models.Q(holder=F("sent_by")), name="work_item_sent",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.kind} → {self.holder_id}"

    def waiting(self, now: datetime) -> Waiting:
        """How long it lay unseen, undecided and in work, until it was answered or else ended, or until now."""
        done = self.answered_at or self.returned_at or self.recalled_at or self.closed_at
        return waiting(self.sent_at, self.seen_at, self.accepted_at, done, now)
