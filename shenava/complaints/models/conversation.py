"""What is asked of the complainant, and what is told him beside the answer."""

from __future__ import annotations

from django.db import models

from shenava.complaints.models.complaint import Complaint


class Question(models.Model):
    """Something only the complainant knows. It is open until he says something, or we go on without it."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="questions")
    message = models.OneToOneField("messages.Message", on_delete=models.PROTECT, related_name="question")
    by = models.ForeignKey("people.Party", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answer = models.ForeignKey("messages.Message", on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.at:%Y-%m-%d}"


class DeadlineChange(models.Model):
    """Another date was promised: which one before, which one now, and why; `is_legal`: the law's date moved, too."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="deadline_changes")
    before_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField()
    reason = models.TextField()
    is_legal = models.BooleanField(default=False)
    message = models.OneToOneField("messages.Message", on_delete=models.PROTECT, related_name="deadline_change")
    by = models.ForeignKey("people.Party", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.complaint_id} → {self.due_at:%Y-%m-%d}"


class UpdateAgreement(models.Model):
    """How often the complainant hears how it stands, as was agreed with him (H05); 0 days: he wants no word.

    A later agreement is a new row and holds.
    """

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="update_agreements")
    every_days = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey("people.Party", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.complaint_id} every {self.every_days}"
