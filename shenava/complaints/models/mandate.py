"""The mandate: how somebody who speaks for the complainant proves that he may."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from shenava.complaints.models.complaint import Complaint


class Mandate(models.Model):
    """What a representative handed in as proof, and who has looked at it; `text` says how, where no file does.

    One that was accepted can be withdrawn for a reason; accepted anew, it is withdrawn no more.
    """

    complaint = models.OneToOneField(Complaint, on_delete=models.PROTECT, related_name="mandate")
    file = models.ForeignKey("attachments.File", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    text = models.CharField(max_length=200, blank=True)
    accepted_by = models.ForeignKey("people.Party", on_delete=models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = models.ForeignKey("people.Party", on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_by__isnull=True, accepted_at__isnull=True)
                | Q(accepted_by__isnull=False, accepted_at__isnull=False),
                name="a_mandate_is_accepted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True, withdrawn_because="")
                | (Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False) & ~Q(withdrawn_because="")),
                name="a_mandate_is_withdrawn_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"mandate of {self.complaint_id}"
