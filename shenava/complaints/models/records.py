"""The records of a complaint: issue lines, notes, responses, answers and closures. Who, when, why."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shenava.complaints.models.category import Category
from shenava.complaints.models.choices import ClosureReason, Finding, Subject
from shenava.complaints.models.complaint import Complaint


class IssueLine(models.Model):
    """One thing complained about. A complaint has one or more; each gets its own finding."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="issue_lines")
    position = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=20, choices=Subject.choices)
    text = models.CharField(max_length=500)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, null=True, blank=True, related_name="issue_lines")
    finding = models.CharField(max_length=20, choices=Finding.choices, blank=True)
    reasons = models.TextField(blank=True)
    found_by = models.ForeignKey("people.Party", on_delete=models.PROTECT, null=True, related_name="+")
    found_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["complaint", "position"], name="one_issue_line_at_a_place"),
        ]

    def __str__(self) -> str:
        return self.text


class Note(models.Model):
    """Written inside, for colleagues only. Never a message, never shown to the complainant."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField()
    by = models.ForeignKey("people.Party", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    files = models.ManyToManyField("attachments.File", related_name="notes", blank=True)

    def __str__(self) -> str:
        return self.text[:60]


class ResponseQuerySet(models.QuerySet["Response"]):
    def awaited(self) -> ResponseQuerySet:
        """The one that counts and is neither accepted nor rejected: none or one of a complaint."""
        return self.filter(answer="", superseded_at__isnull=True)


class Response(models.Model):
    """What the complainant gets, and what he said to it. One that was corrected or recalled stays, and another counts.

    `warn_at` is when a silent complainant will be warned, `lapse_at` when the complaint is then closed;
    `is_of_review`: it says what a review came to.
    """

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        REJECTED = "rejected", _("rejected")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="responses")
    message = models.OneToOneField("messages.Message", on_delete=models.PROTECT, related_name="response")
    by = models.ForeignKey("people.Party", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    answer_text = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answer_by = models.ForeignKey("people.Party", on_delete=models.PROTECT, null=True, related_name="+")
    warn_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)
    lapse_at = models.DateTimeField(null=True)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    superseded_at = models.DateTimeField(null=True)
    recalled_at = models.DateTimeField(null=True)
    is_of_review = models.BooleanField(default=False)

    objects: ClassVar[models.Manager[Response]] = ResponseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                F("complaint"), condition=Q(answer="", superseded_at__isnull=True), name="one_unanswered_response"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.complaint} {self.at:%Y-%m-%d}"

    @property
    def is_awaited(self) -> bool:
        """Does it wait for a word of the complainant?"""
        return not self.answer and self.superseded_at is None


class Link(models.Model):
    """Two complaints that belong together though each is handled for itself."""

    first = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="links_on")
    second = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="links_back")
    by = models.ForeignKey("people.Party", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="linked_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="a_link_has_an_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ~ {self.second_id}"


class Closure(models.Model):
    """How a complaint ended; a reopened one ends again with another."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="closures")
    reason = models.CharField(max_length=20, choices=ClosureReason.choices)
    text = models.TextField(blank=True)
    by = models.ForeignKey("people.Party", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    at_first_contact = models.BooleanField(default=False)
    reopened_at = models.DateTimeField(null=True)
    reopened_by = models.ForeignKey("people.Party", on_delete=models.PROTECT, null=True, related_name="+")
    reopened_because = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.complaint} {self.reason}"
