"""Reviews: the complainant asked that somebody who had no part in the answer looks at it anew (D07)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shenava.complaints.models.complaint import Complaint
from shenava.complaints.models.records import Response


class Review(models.Model):
    """Asked for by whom and why, who answered for the complaint until then, who reviews it, and what came of it.

    One that ended without a result was overtaken: the complainant withdrew.
    """

    class Result(models.TextChoices):
        STANDS = "stands", _("the answer stands")
        CHANGED = "changed", _("the answer is changed")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="reviews")
    reason = models.TextField()
    by = models.ForeignKey("people.Party", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    of_owner = models.ForeignKey("people.Party", on_delete=models.PROTECT, related_name="+")
    reviewer = models.ForeignKey("people.Party", on_delete=models.PROTECT, related_name="+")
    result = models.CharField(max_length=10, choices=Result.choices, blank=True)
    response = models.OneToOneField(Response, on_delete=models.PROTECT, null=True, related_name="review")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("people.Party", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(F("complaint"), condition=Q(closed_at__isnull=True), name="one_open_review"),
            models.CheckConstraint(
                condition=Q(result="", response__isnull=True)
                | (~Q(result="") & Q(response__isnull=False, closed_at__isnull=False)),
                name="a_result_is_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.at:%Y-%m-%d}"
