"""The export: a list of complaints written into a file, for the one who asked for it."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class ExportQuerySet(models.QuerySet["Export"]):
    def unfinished(self) -> ExportQuerySet:
        """Still to be written, or being written."""
        return self.filter(finished_at=None, failed_at=None, cancelled_at=None)


class Export(models.Model):
    """What was asked for, how far it has come, and which complaints are in it, so that it can be asked at
    every download whether the reader may still see them all."""

    class Form(models.TextChoices):
        XLSX = "xlsx", "Excel (XLSX)"
        CSV = "csv", "CSV"

    party = models.ForeignKey("people.Party", on_delete=models.PROTECT, related_name="exports")
    form = models.CharField(max_length=4, choices=Form.choices)
    name = models.CharField(max_length=60, blank=True)
    filters = models.JSONField()
    order = ArrayField(models.CharField(max_length=30))
    columns = ArrayField(models.CharField(max_length=30))
    language = models.CharField(max_length=5)
    calendar = models.CharField(max_length=10)
    time_zone = models.CharField(max_length=64)
    whole = models.PositiveIntegerField(null=True)
    written = models.PositiveIntegerField(default=0)
    file = models.ForeignKey("attachments.File", on_delete=models.PROTECT, null=True, related_name="+")
    complaints = ArrayField(models.BigIntegerField(), default=list)
    asked_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Export]] = ExportQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["party", "-asked_at"], name="exports_of_a_party")]
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at=None, failed_at=None)
                | Q(finished_at=None, cancelled_at=None)
                | Q(failed_at=None, cancelled_at=None),
                name="an_export_ends_in_one_way",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.form}"

    @property
    def is_unfinished(self) -> bool:
        return self.finished_at is None and self.failed_at is None and self.cancelled_at is None
