"""Processes and their versions: what an organisation has published, for ever as it was."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Max, Q
from django.utils.translation import pgettext_lazy

from shenava.process.kernel import named


class FinalVersionError(ValueError):
    """Somebody wants to change a published version. A new version is the way."""


class Process(models.Model):
    """One kind of handling. What it says stands in its versions; new complaints follow the current one of the process
    that is chosen."""

    key = models.CharField(max_length=60, unique=True)
    names = models.JSONField(default=dict)
    purpose = models.TextField(blank=True)
    current_version = models.ForeignKey(
        "ProcessVersion", on_delete=models.PROTECT, null=True, related_name="current_for"
    )
    is_chosen = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_chosen"], condition=Q(is_chosen=True), name="new_complaints_follow_one_process"
            )
        ]

    def __str__(self) -> str:
        return self.key

    def name(self, language: str) -> str:
        """The name in a language, else in English, else in any, else the key."""
        return named(self.names, language) or self.key

    @property
    def journal_stream(self) -> str:
        """The stream that this process's facts go to."""
        return f"process:{self.pk}"

    @property
    def draft(self) -> ProcessVersion | None:
        """What is being written and nothing follows yet. One query."""
        return self.versions.filter(state=ProcessVersion.State.DRAFT).first()

    @property
    def next_number(self) -> int:
        """The number of the version that is published next. One query."""
        published = self.versions.exclude(state=ProcessVersion.State.DRAFT)
        return int(published.aggregate(last=Max("number"))["last"] or 0) + 1


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
    saved_at = models.DateTimeField(null=True)
    saved_by = models.ForeignKey("people.Party", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["process", "number"], name="one_version_a_number"),
            models.UniqueConstraint(fields=["process"], condition=Q(state="draft"), name="one_draft_a_process"),
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
