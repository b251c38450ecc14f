"""Referrals and opinions: what was asked of whom, and what they said. The work item holds the times."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import pgettext_lazy

from shenava.complaints.models.complaint import Complaint


class ReferralKind(models.TextChoices):
    """What is asked. A copy never blocks; a consultation may stay unanswered."""

    # Translators: kinds of referral
    ACTION = "action", pgettext_lazy("kind of referral", "action")
    CONSULT = "consult", pgettext_lazy("kind of referral", "consultation")
    EXPERT = "expert", pgettext_lazy("kind of referral", "expert opinion")
    INSPECTION = "inspection", pgettext_lazy("kind of referral", "inspection")
    APPROVAL = "approval", pgettext_lazy("kind of referral", "approval")
    COPY = "copy", pgettext_lazy("kind of referral", "copy")
    OUTSIDE = "outside", pgettext_lazy("kind of referral", "external body")


BLOCKING = frozenset({ReferralKind.ACTION, ReferralKind.EXPERT, ReferralKind.INSPECTION, ReferralKind.APPROVAL})


class Urgency(models.TextChoices):
    """How soon somebody should look at it."""

    # Translators: urgency of a referral
    NORMAL = "normal", pgettext_lazy("urgency", "normal")
    URGENT = "urgent", pgettext_lazy("urgency", "urgent")
    IMMEDIATE = "immediate", pgettext_lazy("urgency", "immediate")


class ReferralQuerySet(models.QuerySet["Referral"]):
    def open(self) -> ReferralQuerySet:
        """Neither answered, returned, recalled nor closed."""
        return self.filter(item__closed_at__isnull=True)

    def for_page(self) -> ReferralQuerySet:
        """With everything that a page shows of it, in the order they were sent."""
        opinions = models.Prefetch("opinions", Opinion.objects.select_related("by").prefetch_related("files"))
        related = self.select_related("item__holder", "item__sent_by", "to")
        return related.prefetch_related(opinions).order_by("item__sent_at", "pk")


class Referral(models.Model):
    """Another person or unit is asked to act or to advise. The owner stays answerable; the deadline stands.

    `to` is who was asked; the holder of the item is who has it now: a unit's referral lies with the
    member who accepted it.
    """

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="referrals")
    item = models.OneToOneField("process.WorkItem", on_delete=models.PROTECT, related_name="referral")
    to = models.ForeignKey("people.Party", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=ReferralKind.choices)
    directive = models.TextField()
    urgency = models.CharField(max_length=10, choices=Urgency.choices, default=Urgency.NORMAL)
    is_confidential = models.BooleanField(default=False)
    letter_reference = models.CharField(max_length=80, blank=True)
    reply_reference = models.CharField(max_length=80, blank=True)
    return_reason = models.TextField(blank=True)
    recall_reason = models.TextField(blank=True)

    objects: ClassVar[models.Manager[Referral]] = ReferralQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.kind} → {self.to_id}"

    @property
    def is_open(self) -> bool:
        return self.item.closed_at is None

    @property
    def is_answered(self) -> bool:
        return self.item.answered_at is not None


class Opinion(models.Model):
    """What somebody who was asked said. A later wording is a new row; the first ones stay."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="opinions")
    text = models.TextField()
    recommendation = models.CharField(max_length=500, blank=True)
    is_shareable = models.BooleanField(default=False)
    by = models.ForeignKey("people.Party", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    revision_of = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="revised_by"
    )
    files = models.ManyToManyField("attachments.File", related_name="opinions", blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]
