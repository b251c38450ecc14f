"""Assessments: how grave a complaint is and how much it matters. Each look is a version; the first ones stay."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shenava.complaints.models.complaint import Complaint
from shenava.complaints.models.referral import Urgency


class Severity(models.IntegerChoices):
    """How much harm is done or may be done."""

    # Translators: severity of a complaint, 1 of 5
    SLIGHT = 1, pgettext_lazy("severity", "slight")
    # Translators: severity of a complaint, 2 of 5
    NOTICEABLE = 2, pgettext_lazy("severity", "noticeable")
    # Translators: severity of a complaint, 3 of 5
    SERIOUS = 3, pgettext_lazy("severity", "serious")
    # Translators: severity of a complaint, 4 of 5
    GRAVE = 4, pgettext_lazy("severity", "grave")
    # Translators: severity of a complaint, 5 of 5
    CRITICAL = 5, pgettext_lazy("severity", "critical")


class Importance(models.IntegerChoices):
    """How much it matters beyond this one complainant: how many are concerned, what is at stake."""

    # Translators: importance of a complaint, 1 of 5
    MINOR = 1, pgettext_lazy("importance", "minor")
    # Translators: importance of a complaint, 2 of 5
    MODERATE = 2, pgettext_lazy("importance", "moderate")
    # Translators: importance of a complaint, 3 of 5
    CONSIDERABLE = 3, pgettext_lazy("importance", "considerable")
    # Translators: importance of a complaint, 4 of 5
    GREAT = 4, pgettext_lazy("importance", "great")
    # Translators: importance of a complaint, 5 of 5
    OUTSTANDING = 5, pgettext_lazy("importance", "outstanding")


class Assessment(models.Model):
    """One look at a complaint: our view beside the complainant's own, and what has to be done at once.

    `carried_from`: the complaint that brought it along when it was merged into this one.
    """

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="assessments")
    version = models.PositiveSmallIntegerField()
    severity = models.PositiveSmallIntegerField(choices=Severity.choices)
    importance = models.PositiveSmallIntegerField(choices=Importance.choices)
    priority = models.PositiveSmallIntegerField()
    felt_severity = models.PositiveSmallIntegerField(choices=Severity.choices, null=True)
    urgency = models.CharField(max_length=10, choices=Urgency.choices, default=Urgency.NORMAL)
    is_safety = models.BooleanField(default=False)
    is_legal = models.BooleanField(default=False)
    is_media = models.BooleanField(default=False)
    immediate_action = models.TextField(blank=True)
    remark = models.TextField(blank=True)
    carried_from = models.ForeignKey(Complaint, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey("people.Party", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["complaint", "version"], name="one_assessment_a_version"),
            models.CheckConstraint(
                condition=Q(severity__range=(1, 5), importance__range=(1, 5), priority__range=(1, 4)),
                name="assessed_within_the_scale",
            ),
        ]
        indexes = [models.Index(fields=["at"], name="assessment_at")]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.severity}×{self.importance}"


class Priority(models.IntegerChoices):
    """What severity and importance make together: what is looked at first."""

    # Translators: priority of a complaint
    LOW = 1, pgettext_lazy("priority", "low")
    # Translators: priority of a complaint
    NORMAL = 2, pgettext_lazy("priority", "normal")
    # Translators: priority of a complaint
    HIGH = 3, pgettext_lazy("priority", "high")
    # Translators: priority of a complaint
    TOP = 4, pgettext_lazy("priority", "top")


FLAGS = {"is_safety": _("safety"), "is_legal": _("legal"), "is_media": _("media")}
