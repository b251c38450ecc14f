"""The rows of the process room: published definitions, runs, and the work items in cartables."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from shenava.process.table_models import DecisionTable as DecisionTable
from shenava.process.table_models import TableVersion as TableVersion
from shenava.process.waiting import Waiting, waiting

if TYPE_CHECKING:
    from shenava.people.models import Party


class FinalVersionError(ValueError):
    """Somebody wants to change a published version. A new version is the way."""


class Process(models.Model):
    """One kind of handling. What it says stands in its versions; new complaints follow the current one."""

    key = models.CharField(max_length=60, unique=True)
    names = models.JSONField(default=dict)
    purpose = models.TextField(blank=True)
    current_version = models.ForeignKey(
        "ProcessVersion", on_delete=models.PROTECT, null=True, related_name="current_for"
    )

    def __str__(self) -> str:
        return self.key

    @property
    def journal_stream(self) -> str:
        """The stream that this process's facts go to."""
        return f"process:{self.pk}"


class ProcessVersion(models.Model):
    """One wording of a process. Once published it never changes; running complaints keep theirs."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("version of a process", "draft")
        PUBLISHED = "published", pgettext_lazy("version of a process", "published")
        RETIRED = "retired", pgettext_lazy("version of a process", "retired")

    FINAL = ("process_id", "number", "graph", "sha256", "published_at", "published_by_id")

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PUBLISHED)
    graph = models.JSONField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey("people.Party", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["process", "number"], name="one_version_a_number"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(published_at__isnull=False),
                name="a_published_version_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.process_id} v{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            self._refuse_change(ProcessVersion.objects.get(pk=self.pk))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if self.state != self.State.DRAFT:
            raise FinalVersionError(f"{self} is published and stays")
        return super().delete(*args, **kwargs)

    def _refuse_change(self, kept: ProcessVersion) -> None:
        if kept.state == self.State.DRAFT:
            return
        changed = [name for name in self.FINAL if getattr(self, name) != getattr(kept, name)]
        if changed or self.state not in (kept.state, self.State.RETIRED):
            raise FinalVersionError(f"{self} is published; {', '.join(changed) or 'its state'} is final")


class Instance(models.Model):
    """One complaint's way through one version. `state` is the truth for the kernel.

    `rev` counts the moves, so that two that knew the same state cannot both move it.
    """

    version = models.ForeignKey(ProcessVersion, on_delete=models.PROTECT, related_name="instances")
    complaint = models.OneToOneField("complaints.Complaint", on_delete=models.PROTECT, related_name="instance")
    state = models.JSONField()
    rev = models.PositiveIntegerField(default=0)
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
        ]
        indexes = [
            models.Index(
                F("holder"), F("due_at"), F("id"),
                condition=Q(closed_at__isnull=True, recalled_at__isnull=True, returned_at__isnull=True),
                name="work_item_inbox",
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
