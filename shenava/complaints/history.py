"""History: what is known already of whoever is on the line, so that nobody has to repeat himself (B16, C12)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet

from shenava.common.text import fold
from shenava.complaints.models import Complaint
from shenava.people.models import Party
from shenava.people.standing import Standing

SHOWN = 8
LOOKED_AT = 1_000
"""Parties of one name or number: of more than these the latest are looked at."""
OF_ONE_SERIAL = 100
"""Complaints of one serial: of more than these the latest are looked at."""
Candidate = tuple[int, datetime | None, datetime]


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
    known = [pk for pk, *_ in sorted(_candidates(seen, traces), key=_open_and_newest, reverse=True)]
    shown = [pk for pk in known if but is None or pk != but.pk][:SHOWN]
    related = seen.select_related("complainant", "owner", "instance__version").in_bulk(shown)
    return [related[pk] for pk in shown if pk in related]


def _open_and_newest(candidate: Candidate) -> tuple[bool, datetime, datetime]:
    _pk, closed_at, received_at = candidate
    return closed_at is None, closed_at or received_at, received_at


def _candidates(seen: QuerySet[Complaint], traces: Traces) -> Iterable[Candidate]:
    """Those among the complaints seen that share a trace: telephone, address, name, serial; the first few of each.

    The parties are found first, and only so many: walked from the complaints, a frequent name costs a second.
    """
    same = {"phone": traces.phone, "email": traces.email, "folded_name": traces.full_name}
    asked = [seen.filter(serial__iexact=traces.serial).exclude(serial="").order_by("-pk")[:OF_ONE_SERIAL]]
    for what, value in same.items():
        known = Party.objects.filter(**{what: value}).order_by("-pk").values("pk")[:LOOKED_AT]
        sides = ("complainant",) if what == "folded_name" else ("complainant", "representative")
        found = [seen.filter(**{f"{side}__in": known}) for side in sides if value]
        asked += [one.order_by(F("closed_at").desc(nulls_first=True), "-received_at")[: SHOWN + 1] for one in found]
    told = [one.values_list("pk", "closed_at", "received_at") for one in asked[0 if traces.serial else 1 :]]
    return told[0].union(*told[1:])


def traces_of(complaint: Complaint) -> Traces:
    """By what a complaint is compared with others."""
    speaker = complaint.representative or complaint.complainant
    return Traces(speaker.name, speaker.phone, speaker.email, complaint.serial)
