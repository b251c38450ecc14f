"""Party: every actor is one, from the anonymous complainant to the system itself."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shenava.common.text import fold


class PartyKind(models.TextChoices):
    PERSON = "person", _("person")
    COMPANY = "company", _("company")
    UNIT = "unit", _("unit")
    SYSTEM = "system", _("system")
    INTEGRATION = "integration", _("integration")
    AUTHORITY = "authority", _("external body")


class ContactGroup(models.TextChoices):
    """To whom of those around us somebody belongs (C02)."""

    # Translators: contact groups
    CUSTOMER = "customer", pgettext_lazy("contact group", "customer")
    DEALER = "dealer", pgettext_lazy("contact group", "agent or dealer")
    SELLER = "seller", pgettext_lazy("contact group", "seller")
    SUPPLIER = "supplier", pgettext_lazy("contact group", "supplier")
    OTHER = "other", pgettext_lazy("contact group", "other")


class PartyQuerySet(models.QuerySet["Party"]):
    def staff(self) -> PartyQuerySet:
        """People who may log in now."""
        return self.filter(kind=PartyKind.PERSON, user__is_active=True)

    def holders(self) -> PartyQuerySet:
        """Who can hold work: active staff and active units, found among a million parties by asking for each."""
        users = Party.objects.filter(user__is_active=True).values("pk")
        units = Party.objects.filter(unit__is_active=True).values("pk")
        return self.filter(pk__in=users.union(units))


class Party(models.Model):
    """A person, company, unit or program that acts. Names live here and never in the journal,
    so that a person can be forgotten without rewriting history."""

    kind = models.CharField(max_length=12, choices=PartyKind.choices, default=PartyKind.PERSON)
    name = models.CharField(max_length=200, blank=True)
    folded_name = models.CharField(max_length=200, blank=True, editable=False)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    address = models.TextField(blank=True)
    language = models.CharField(max_length=5, blank=True)
    contact_group = models.CharField(max_length=10, choices=ContactGroup.choices, default=ContactGroup.CUSTOMER)
    is_anonymous = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Party]] = PartyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_anonymous=False) | models.Q(name="", email="", phone="", address=""),
                name="an_anonymous_party_has_no_name",
            ),
            models.UniqueConstraint(fields=["kind"], condition=models.Q(kind="system"), name="one_system_party"),
        ]
        indexes = [  # with the number behind: the latest of many who have the same are found without sorting
            models.Index(fields=["folded_name", "id"], name="party_name"),
            models.Index(fields=["email", "id"], name="party_email"),
            models.Index(fields=["phone", "id"], name="party_phone"),
        ]

    def __str__(self) -> str:
        if self.kind == PartyKind.SYSTEM:
            # Translators: the name of this program, as the one who acts by itself
            return str(_("Shenava"))
        return self.name or (str(_("Anonymous")) if self.is_anonymous else str(_("Unnamed")))

    def save(self, *args: object, **kwargs: object) -> None:
        self.folded_name = fold(self.name)[:200]
        super().save(*args, **kwargs)  # type: ignore[arg-type]
