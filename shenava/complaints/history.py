"""History: what is known already of whoever is on the line, so that nobody has to repeat himself (B16, C12)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F, QuerySet

from shenava.common.text import fold
from shenava.complaints.models import Complaint
from shenava.people.models import Party
from shenava.people.standing import Standing

SHOWN = 8
LOOKED_AT = 1_000
"""Parties of one name or number, and complaints of one serial: of more than these the latest are looked at."""


@dataclass(frozen=True)
class Traces:
    """What somebody gave of himself so far; empty parts find nothing."""

    name: str = ""
    phone: str = ""
    email: str = ""
    serial: str = ""

    @property
    def tell(self) -> bool:
        """Is there anything in them by which somebody can be known? A name only where it is given in full."""
        return bool(self.phone or self.email or self.serial or self.full_name)

    @property
    def full_name(self) -> str:
        """The name as names are compared; empty where it is a first name alone, which many have."""
        return fold(self.name)[:200] if len(self.name.split()) >= 2 else ""


def earlier(standing: Standing, traces: Traces, *, but: Complaint | None = None) -> list[Complaint]:
    """Complaints of the same person or about the same thing, as far as this reader may see them; open ones
    first, then the newest. Two queries, each by an index: of alternatives over several tables none is walked."""
    if not traces.tell:
        return []
    seen = Complaint.objects.visible_to(standing)
    known = set(_candidates(seen, traces)) - {but.pk if but else None}
    related = seen.filter(pk__in=known).select_related("complainant", "owner", "instance__version")
    return list(related.order_by(F("closed_at").desc(nulls_first=True), "-received_at")[:SHOWN])


def _candidates(seen: QuerySet[Complaint], traces: Traces) -> QuerySet[Complaint, int]:
    """The numbers of complaints among those seen that share a trace: telephone, address, name, serial.

    The parties are found first, and only so many: walked from the complaints, a frequent name costs a second.
    """
    same = {"phone": traces.phone, "email": traces.email, "folded_name": traces.full_name}
    asked = [seen.filter(serial__iexact=traces.serial).exclude(serial="").order_by("-pk")[:LOOKED_AT]]
    for what, value in same.items():
        known = Party.objects.filter(**{what: value}).order_by("-pk").values("pk")[:LOOKED_AT]
        sides = ("complainant",) if what == "folded_name" else ("complainant", "representative")
        asked += [seen.filter(**{f"{side}__in": known}) for side in sides if value]
    found = [question.values_list("pk", flat=True) for question in asked[0 if traces.serial else 1 :]]
    return found[0].union(*found[1:])


def traces_of(complaint: Complaint) -> Traces:
    """By what a complaint is compared with others."""
    speaker = complaint.representative or complaint.complainant
    return Traces(speaker.name, speaker.phone, speaker.email, complaint.serial)
