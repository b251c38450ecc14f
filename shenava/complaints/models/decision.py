"""Decisions and what has to come before them: the confirmed summary, who is named, who was heard."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from shenava.complaints.models.choices import Channel, Finding
from shenava.complaints.models.complaint import Complaint
from shenava.complaints.models.records import IssueLine


class Summary(models.Model):
    """The problem in our words, as the complainant confirmed it. A later wording is a new row."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="summaries")
    text = models.TextField()
    channel = models.CharField(max_length=20, choices=Channel.choices)
    confirmed_on = models.DateField()
    by = models.ForeignKey("people.Party", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


class NamedManager(models.Manager["Named"]):
    def get_queryset(self) -> models.QuerySet[Named]:
        """With who it is and who said so: nobody reads one without the other."""
        return super().get_queryset().select_related("party", "by")


class Named(models.Model):
    """A member of staff who is shut out of a complaint: complained about in it, or in conflict with it."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="named")
    party = models.ForeignKey("people.Party", on_delete=models.PROTECT, related_name="+")
    is_concerned = models.BooleanField()
    reason = models.TextField(blank=True)
    by = models.ForeignKey("people.Party", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = NamedManager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["complaint", "party"], name="named_once")]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.party_id}"


class Hearing(models.Model):
    """One side was heard: the complainant, or the member of staff (`party` None: he could not be found out).

    `carried_from`: it was written down in a complaint that was merged into this one.
    """

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="hearings")
    is_complainant = models.BooleanField()
    party = models.ForeignKey("people.Party", on_delete=models.PROTECT, null=True, related_name="+")
    heard_on = models.DateField()
    note = models.TextField()
    carried_from = models.ForeignKey(Complaint, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey("people.Party", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.party_id}"


class Decision(models.Model):
    """What was decided, on the findings of every issue line. A revision is a new row; the first stays."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="decisions")
    finding = models.CharField(max_length=20, choices=Finding.choices)
    reasons = models.TextField()
    by = models.ForeignKey("people.Party", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    revision_of = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="revised_by"
    )

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.finding}"


class DecidedLine(models.Model):
    """The finding and the reasons of one issue line, as they stood in a decision."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey(IssueLine, on_delete=models.PROTECT, related_name="+")
    finding = models.CharField(max_length=20, choices=Finding.choices)
    reasons = models.TextField()

    class Meta:
        ordering = ["line__position"]
        constraints = [models.UniqueConstraint(fields=["decision", "line"], name="a_line_is_decided_once")]

    def __str__(self) -> str:
        return f"{self.line_id} {self.finding}"


def whole_finding(findings: Iterable[str]) -> str:
    """The finding of the whole: what all lines say; partly, where any of them is right; else not upheld."""
    found = set(findings)
    if len(found) == 1:
        return found.pop()
    return Finding.PARTLY if found & {Finding.UPHELD, Finding.PARTLY} else Finding.NOT_UPHELD
