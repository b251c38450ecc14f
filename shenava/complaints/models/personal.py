"""One's own rows: drafts of complaints not yet registered and of responses not yet sent. No fact."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from shenava.complaints.models.complaint import Complaint


class Draft(models.Model):
    """What somebody has begun to write: a complaint to be registered, a response or a note."""

    class Kind(models.TextChoices):
        INTAKE = "intake"
        RESPONSE = "response"
        NOTE = "note"

    party = models.ForeignKey("people.Party", on_delete=models.CASCADE, related_name="drafts")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, null=True, related_name="drafts")
    content = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["party", "kind", "complaint"],
                condition=models.Q(complaint__isnull=False),
                name="one_draft_of_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.kind}"

    @property
    def beginning(self) -> str:
        """The first words, by which one knows it again."""
        said = (self.content.get(name) for name in ("title", "text", "description"))
        return next((words for words in said if words), "…")


class Flag(models.Model):
    """Marked by somebody for follow-up."""

    party = models.ForeignKey("people.Party", on_delete=models.CASCADE, related_name="flags")
    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="flags")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["party", "complaint"], name="flagged_once")]

    def __str__(self) -> str:
        return f"{self.party_id} {self.complaint_id}"


class ListColumns(models.Model):
    """The columns that somebody wants to see in the list, in their order."""

    party = models.OneToOneField("people.Party", on_delete=models.CASCADE, related_name="list_columns")
    keys = ArrayField(models.CharField(max_length=30))

    def __str__(self) -> str:
        return f"{self.party_id} {self.keys}"


class Look(models.Model):
    """How far somebody had read a complaint when he last opened it: the place in its journal."""

    party = models.ForeignKey("people.Party", on_delete=models.CASCADE, related_name="looks")
    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="looks")
    seq = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["party", "complaint"], name="one_last_look")]

    def __str__(self) -> str:
        return f"{self.party_id} {self.complaint_id} {self.seq}"
