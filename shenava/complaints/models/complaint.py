"""The complaint: one row, what everybody means when they say its number."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from shenava.complaints.models.choices import Channel, ClosureReason, RecordType, Remedy, Subject
from shenava.complaints.models.queryset import ComplaintQuerySet


class Asked(NamedTuple):
    """An open referral: with whom it lies, and what was asked."""

    holder_id: int
    kind: str


class Complaint(models.Model):
    """An expression of dissatisfaction that expects an answer, or a record that may become one.

    `stage` is written by the process alone, `reference` once by the counter, `readers` by the verbs.
    """

    reference = models.CharField(max_length=20, unique=True, null=True, editable=False)  # noqa: DJ001 -- taken last
    public_code = models.CharField(max_length=16, unique=True, editable=False)
    secret_hash = models.CharField(max_length=64, editable=False)
    submission = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001

    record_type = models.CharField(max_length=20, choices=RecordType.choices, default=RecordType.COMPLAINT)
    channel = models.CharField(max_length=20, choices=Channel.choices)
    subject = models.CharField(max_length=20, choices=Subject.choices, default=Subject.PRODUCT)
    title = models.CharField(max_length=200)
    description = models.TextField()
    language = models.CharField(max_length=5)

    complainant = models.ForeignKey("people.Party", on_delete=models.PROTECT, related_name="complaints")
    representative = models.ForeignKey(
        "people.Party", on_delete=models.PROTECT, null=True, blank=True, related_name="represented_complaints"
    )
    authority = models.CharField(max_length=200, blank=True)
    received_by = models.ForeignKey("people.Party", on_delete=models.PROTECT, related_name="+")
    product = models.CharField(max_length=200, blank=True)
    serial = models.CharField(max_length=80, blank=True)
    occurred_on = models.DateField(null=True, blank=True)
    requested_remedies = ArrayField(models.CharField(max_length=20, choices=Remedy.choices), default=list, blank=True)
    expectation = models.TextField(blank=True)
    severity = models.PositiveSmallIntegerField(null=True, blank=True)

    stage = models.CharField(max_length=40, editable=False)
    owner = models.ForeignKey("people.Party", on_delete=models.PROTECT, related_name="owned_complaints")
    unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, null=True, related_name="complaints")
    readers = ArrayField(models.IntegerField(), default=list, editable=False)
    excluded = ArrayField(models.IntegerField(), default=list, editable=False)

    received_at = models.DateTimeField()
    entered_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True, editable=False)
    due_at = models.DateTimeField(null=True, editable=False)
    responded_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    registered_on = models.DateField(editable=False)
    closed_on = models.DateField(null=True, editable=False)
    closure_reason = models.CharField(max_length=20, choices=ClosureReason.choices, blank=True)
    duplicate_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="duplicates")
    reopened_count = models.PositiveSmallIntegerField(default=0)
    files = models.ManyToManyField("attachments.File", related_name="complaints", blank=True)

    objects: ClassVar[models.Manager[Complaint]] = ComplaintQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(severity__isnull=True) | Q(severity__range=(1, 5)), name="severity_is_1_to_5"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closure_reason="") | ~Q(closure_reason=""),
                name="closed_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(duplicate_of__isnull=True) | ~Q(duplicate_of=F("id")),
                name="no_complaint_duplicates_itself",
            ),
        ]
        indexes = [
            GinIndex(fields=["readers"], name="complaint_readers"),
            models.Index(F("due_at"), F("id"), condition=Q(closed_at__isnull=True), name="complaint_open_due"),
            models.Index(F("received_at").desc(), F("id").desc(), name="complaint_newest"),
            models.Index(
                F("closed_at").desc(nulls_last=True),
                F("id").desc(),
                condition=Q(closed_at__isnull=False),
                name="complaint_closed",
            ),
            models.Index(
                F("owner"),
                condition=Q(closed_at__isnull=True, responded_at__isnull=False),
                name="complaint_waiting",
            ),
            models.Index(F("registered_on").desc(), name="complaint_registered"),
            models.Index(F("owner"), F("due_at"), condition=Q(closed_at__isnull=True), name="complaint_owner"),
        ]

    def __str__(self) -> str:
        return self.reference or self.public_code

    @property
    def journal_stream(self) -> str:
        return f"complaint:{self.pk}"

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def is_anonymous(self) -> bool:
        return self.complainant.is_anonymous

    @property
    def speaker_ids(self) -> frozenset[int]:
        """The parties who speak for the complainant's side."""
        return frozenset({self.complainant_id, self.representative_id or self.complainant_id})

    @cached_property
    def asked(self) -> list[Asked]:
        """Who has been asked by referral and has not answered yet; one query, kept with the object."""
        open_ones = self.referrals.filter(item__closed_at__isnull=True)
        return [Asked(*row) for row in open_ones.values_list("item__holder_id", "kind")]

    def is_late(self, now: datetime) -> bool:
        """Is the promised answer overdue?"""
        return bool(self.due_at and not self.responded_at and not self.closed_at and self.due_at < now)
