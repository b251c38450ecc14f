"""External bodies: authorities, courts, ombudsmen to which complaints are passed, and which ask about them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shenava.people.models.party import Party


class BodyKind(models.TextChoices):
    """What kind of body it is (A09, D03)."""

    CONSUMER_PROTECTION = "consumer_protection", _("consumer protection")
    TRADE_AUTHORITY = "trade_authority", _("trade authority")
    OMBUDSMAN = "ombudsman", _("ombudsman")
    COURT = "court", _("court")
    PARLIAMENT = "parliament", _("parliament")
    REGULATOR = "regulator", _("regulator")
    OTHER = "other", _("other body")


class BodyQuerySet(models.QuerySet["ExternalBody"]):
    def in_use(self) -> BodyQuerySet:
        """Those that can be chosen, by name."""
        return self.filter(is_active=True).select_related("party").order_by("party__name")


class ExternalBody(models.Model):
    """A body outside the organisation. Its party stands in facts and holds what lies with it; nobody logs in as it."""

    party = models.OneToOneField(Party, on_delete=models.PROTECT, primary_key=True, related_name="body")
    kind = models.CharField(max_length=20, choices=BodyKind.choices)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[models.Manager[ExternalBody]] = BodyQuerySet.as_manager()

    def __str__(self) -> str:
        return self.party.name
