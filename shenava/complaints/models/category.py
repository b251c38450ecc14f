"""Categories: what complaints are about, in two levels. Codes are stable; names are in three languages."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import get_language


class CategoryQuerySet(models.QuerySet["Category"]):
    def in_use(self) -> CategoryQuerySet:
        """What can be chosen now, the upper level first and each in its order."""
        return self.filter(is_active=True).exclude(parent__is_active=False).select_related("parent")

    def in_order(self) -> CategoryQuerySet:
        """Those of the upper level, each before what is below it."""
        place = Coalesce("parent__position", "position"), Coalesce("parent__code", "code")
        return self.select_related("parent").order_by(*place, F("parent").asc(nulls_first=True), "position", "code")


class Category(models.Model):
    """One line of the taxonomy. Retired ones stay with the complaints that have them."""

    code = models.CharField(max_length=20, unique=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="below")
    names = models.JSONField()
    guide = models.JSONField(default=dict, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[models.Manager[Category]] = CategoryQuerySet.as_manager()

    class Meta:
        ordering = ["position", "code"]
        constraints = [
            models.CheckConstraint(condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="no_category_in_itself"),
        ]

    def __str__(self) -> str:
        return self.name(get_language() or "en")

    def name(self, language: str) -> str:
        """The name in a language, else in English, else the code."""
        return str(self.names.get(language) or self.names.get("en") or self.code)
