"""The search row: the words of a complaint beside its own copy of who may read it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q

from shenava.complaints.models.complaint import Complaint
from shenava.complaints.models.referral import Referral


class SearchRow(models.Model):
    """One for every complaint, kept by the follow-up of its facts; `seq` is the last entry it knows.

    The words of a confidential referral stand in a row of their own, with all the complaint's others,
    for its `sides` and the managers of `unit_id`.
    """

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, db_index=False, related_name="+")
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, null=True, db_index=False, related_name="+")
    received_at = models.DateTimeField()
    readers = ArrayField(models.IntegerField())
    excluded = ArrayField(models.IntegerField())
    sides = ArrayField(models.IntegerField(), default=list)
    unit_id = models.IntegerField(null=True)
    document = SearchVectorField()
    seq = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "referral"], nulls_distinct=False, name="one_search_row_of_a_kind"
            ),
        ]
        indexes = [
            GinIndex(fields=["document", "readers"], fastupdate=False, condition=Q(referral=None), name="search_words"),
            GinIndex(
                fields=["document"], fastupdate=False, condition=Q(referral__isnull=False), name="search_confidential"
            ),
            models.Index(
                F("received_at").desc(), F("complaint").desc(), condition=Q(referral=None), name="search_newest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.referral_id or ''}"
