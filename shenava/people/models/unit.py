"""Units: the organisation as a tree. A unit is a party too, so that it can hold work."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shenava.people.models.party import Party


class UnitKind(models.TextChoices):
    HEAD_OFFICE = "head_office", _("head office")
    SALES_BRANCH = "sales_branch", _("sales branch")
    SERVICE_CENTRE = "service_centre", _("service centre")
    FACTORY = "factory", _("factory")
    CALL_CENTRE = "call_centre", _("call centre")
    DEALER = "dealer", _("dealer")
    WAREHOUSE = "warehouse", _("warehouse")
    OFFICE = "office", _("office")


class Unit(models.Model):
    """A unit and its party share one number, so persons and units are one kind of holder."""

    party = models.OneToOneField(Party, on_delete=models.PROTECT, primary_key=True, related_name="unit")
    kind = models.CharField(max_length=16, choices=UnitKind.choices, default=UnitKind.OFFICE)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    calendar = models.ForeignKey(
        "deadlines.Calendar", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    jurisdiction = models.CharField(max_length=2, blank=True)
    """The country whose law holds here; empty: as for the unit above."""
    fallback_holder = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("party")),
                name="no_unit_is_its_own_parent",
            ),
        ]

    def __str__(self) -> str:
        return self.party.name
