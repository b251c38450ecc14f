"""The organisation: one row, what the whole installation goes by."""

from __future__ import annotations

from copy import copy

from django.db import models
from django.utils.translation import gettext_lazy as _

from shenava.common.remembering import forget, once
from shenava.journal.unchanged import ask_anew, while_unchanged


class Organisation(models.Model):
    """Who answers the complaints. An installation serves exactly one organisation."""

    class CalendarKind(models.TextChoices):
        JALALI = "jalali", _("Jalali")
        GREGORIAN = "gregorian", _("Gregorian")
        HEBREW = "hebrew", _("Hebrew")

    class Country(models.TextChoices):
        IRAN = "IR", _("Iran")
        ISRAEL = "IL", _("Israel")
        OTHER = "", _("another country")

    singleton = models.BooleanField(default=True, unique=True, editable=False)
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    address = models.TextField(blank=True)
    country = models.CharField(max_length=2, choices=Country.choices, blank=True)
    language = models.CharField(max_length=5, default="en")
    calendar_kind = models.CharField(max_length=10, choices=CalendarKind.choices, default=CalendarKind.GREGORIAN)
    time_zone = models.CharField(max_length=64, default="UTC")
    calendar = models.ForeignKey("deadlines.Calendar", on_delete=models.PROTECT, null=True, related_name="+")
    fallback_holder = models.ForeignKey(
        "people.Party", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    intake_unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    commitment = models.TextField(blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(singleton=True), name="one_organisation"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        super().save(*args, **kwargs)  # type: ignore[arg-type]
        forget()
        ask_anew()

    @classmethod
    def current(cls) -> Organisation | None:
        """The organisation of this installation, with its calendar and intake unit; None before the set-up."""
        return once(_current)

    @classmethod
    def home_country(cls) -> str:
        """Where telephone numbers without a country are read: IR, IL ...; Iran before the set-up."""
        organisation = cls.current()
        return organisation.country if organisation else "IR"


def _current() -> Organisation | None:
    """Everybody gets one of his own: forms write into it."""
    return copy(while_unchanged(Organisation, _kept))


def _kept() -> Organisation | None:
    return Organisation.objects.select_related("calendar", "intake_unit__party").first()
