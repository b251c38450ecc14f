"""The rows of the process room: published definitions, runs, and the work items in cartables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Process(models.Model):
    """One kind of handling. What it says stands in its versions."""

    key = models.CharField(max_length=60, unique=True)
    names = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.key


class ProcessVersion(models.Model):
    """A published definition. It never changes; running complaints keep the one they began with."""

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    graph = models.JSONField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["process", "number"], name="one_version_a_number")]

    def __str__(self) -> str:
        return f"{self.process_id} v{self.number}"


class Instance(models.Model):
    """One complaint's way through one version. `state` is the truth for the kernel."""

    version = models.ForeignKey(ProcessVersion, on_delete=models.PROTECT, related_name="instances")
    complaint = models.OneToOneField(
        "complaints.Complaint", on_delete=models.PROTECT, related_name="instance"
    )
    state = models.JSONField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.complaint_id}"


class WorkItemQuerySet(models.QuerySet["WorkItem"]):
    def open(self) -> WorkItemQuerySet:
        """Still to be done by its holder."""
        return self.filter(closed_at__isnull=True, recalled_at__isnull=True, returned_at__isnull=True)

    def held_by(self, ids: Iterable[int]) -> WorkItemQuerySet:
        """Lying with one of these persons or units."""
        return self.filter(holder_id__in=sorted(ids))


class WorkItem(models.Model):
    """The only row that makes something appear in somebody's cartable."""

    class Kind(models.TextChoices):
        STAGE = "stage", _("stage")
        REFERRAL = "referral", _("referral")
        COPY = "copy", _("copy")
        TASK = "task", _("task")

    complaint = models.ForeignKey("complaints.Complaint", on_delete=models.PROTECT, related_name="work_items")
    holder = models.ForeignKey("people.Party", on_delete=models.PROTECT, related_name="work_items")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    node = models.CharField(max_length=40)
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

    objects: ClassVar[models.Manager[WorkItem]] = WorkItemQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("complaint"),
                condition=Q(kind="stage", closed_at__isnull=True),
                name="a_complaint_lies_with_one_holder",
            ),
        ]
        indexes = [
            models.Index(
                F("holder"), F("due_at"), F("id"),
                condition=Q(closed_at__isnull=True, recalled_at__isnull=True, returned_at__isnull=True),
                name="work_item_inbox",
            ),
            models.Index(F("sent_by"), F("sent_at").desc(), F("id").desc(), name="work_item_sent"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.kind} → {self.holder_id}"
