"""The rows of decision tables: one table for each question, in versions."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy


class FinalTableError(ValueError):
    """Somebody wants to change a published table. A new version is the way."""


class DecisionTable(models.Model):
    """What answers one question. What it says stands in its versions."""

    question = models.CharField(max_length=40, unique=True)

    def __str__(self) -> str:
        return self.question

    @property
    def journal_stream(self) -> str:
        """The stream that this table's facts go to."""
        return f"process:table:{self.pk}"


class TableVersion(models.Model):
    """One wording of a table. A draft changes with each saving; once published it never does."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("version of a table", "draft")
        PUBLISHED = "published", pgettext_lazy("version of a table", "in force")
        RETIRED = "retired", pgettext_lazy("version of a table", "retired")

    FINAL = ("table_id", "number", "content", "sha256", "published_at", "published_by_id")

    table = models.ForeignKey(DecisionTable, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey("people.Party", on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey("people.Party", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["table", "number"], name="one_table_version_a_number"),
            models.UniqueConstraint(
                fields=["table", "state"], condition=~Q(state="retired"), name="one_draft_and_one_table_in_force"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(published_at__isnull=False),
                name="a_published_table_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table_id} v{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            self._refuse_change(TableVersion.objects.get(pk=self.pk))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if self.state != self.State.DRAFT:
            raise FinalTableError(f"{self} is published and stays")
        return super().delete(*args, **kwargs)

    def _refuse_change(self, kept: TableVersion) -> None:
        if kept.state == self.State.DRAFT:
            return
        changed = [name for name in self.FINAL if getattr(self, name) != getattr(kept, name)]
        if changed or self.state not in (kept.state, self.State.RETIRED):
            raise FinalTableError(f"{self} is published; {', '.join(changed) or 'its state'} is final")
