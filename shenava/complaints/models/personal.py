"""One's own rows: drafts, flags, last looks and ways of looking at the list. No fact."""

from __future__ import annotations

from urllib.parse import urlencode

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
        """What it is known by in a list: its title, or how its text begins."""
        found = (str(self.content.get(name, "")) for name in ("title", "text", "description"))
        return next((words for words in found if words), "…")


class Writing(models.Model):
    """Somebody is writing an answer: a lease of two minutes, renewed while he types."""

    party = models.ForeignKey("people.Party", on_delete=models.CASCADE, related_name="+")
    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="writings")
    until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["complaint", "party"], name="writing_once")]

    def __str__(self) -> str:
        return f"{self.party_id} {self.complaint_id}"


class Flag(models.Model):
    """Marked by somebody for follow-up."""

    party = models.ForeignKey("people.Party", on_delete=models.CASCADE, related_name="flags")
    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="flags")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["party", "complaint"], name="flagged_once")]

    def __str__(self) -> str:
        return f"{self.party_id} {self.complaint_id}"


class ListView(models.Model):
    """A way of looking at the list: what it is asked and the columns that are shown, in their order.

    The one without a name holds the columns that its owner sees where no view says otherwise.
    """

    party = models.ForeignKey("people.Party", on_delete=models.CASCADE, related_name="list_views")
    name = models.CharField(max_length=60, blank=True)
    asked = models.JSONField(default=dict)
    columns = ArrayField(models.CharField(max_length=30), default=list)
    is_shared = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party", "name"], name="one_list_view_of_a_name"),
            models.CheckConstraint(
                condition=models.Q(is_shared=False) | ~models.Q(name=""), name="shared_views_have_a_name"
            ),
        ]
        indexes = [models.Index(fields=["name"], condition=models.Q(is_shared=True), name="list_view_shared")]

    def __str__(self) -> str:
        return self.name

    @property
    def query(self) -> str:
        """What an address asks to see the list like this."""
        return urlencode({**self.asked, "view": self.pk}, doseq=True)


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
