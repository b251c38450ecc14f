"""The seven roles of the product as delivered, and who holds them where."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shenava.people.models.party import Party
from shenava.people.models.unit import Unit


class Role(models.TextChoices):
    CONTACT_AGENT = "contact_agent", _("contact agent")
    COMPLAINT_OFFICER = "complaint_officer", _("complaint officer")
    EXPERT = "expert", _("expert")
    APPROVER = "approver", _("approver")
    COMPLAINTS_MANAGER = "complaints_manager", _("complaints manager")
    AUDITOR = "auditor", _("auditor")
    ADMINISTRATOR = "administrator", _("administrator")


WORKS_IN_UNITS = frozenset(
    {Role.CONTACT_AGENT, Role.COMPLAINT_OFFICER, Role.EXPERT, Role.APPROVER, Role.COMPLAINTS_MANAGER}
)
"""Roles in which somebody works on what lies with a unit."""
EVERYWHERE = frozenset({Role.AUDITOR, Role.ADMINISTRATOR})
"""Roles that are not bound to a unit: an auditor reads everything, an administrator arranges everything."""


class RoleGrant(models.Model):
    """A role of a person: in one unit and the units below it, or everywhere (no unit)."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="grants")
    granted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["party", "role", "unit"], nulls_distinct=False, name="a_role_is_granted_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} {self.role} {self.unit_id or '*'}"
