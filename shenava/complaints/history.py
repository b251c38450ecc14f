"""History: what is known already of whoever is on the line, so that nobody has to repeat himself (B16, C12)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F, Q

from shenava.common.text import fold
from shenava.complaints.models import Complaint
from shenava.people.standing import Standing

SHOWN = 8


@dataclass(frozen=True)
class Traces:
    """What somebody gave of himself so far; empty parts find nothing."""

    name: str = ""
    phone: str = ""
    email: str = ""
    serial: str = ""

    @property
    def question(self) -> Q | None:
        """Same telephone, address or serial; a name alone only where it is given in full."""
        parts = []
        if self.phone:
            parts.append(Q(complainant__phone=self.phone) | Q(representative__phone=self.phone))
        if self.email:
            parts.append(Q(complainant__email=self.email) | Q(representative__email=self.email))
        if self.serial:
            parts.append(Q(serial__iexact=self.serial))
        if len(self.name.split()) >= 2:
            parts.append(Q(complainant__folded_name=fold(self.name)[:200]))
        found = None
        for part in parts:
            found = part if found is None else found | part
        return found


def earlier(standing: Standing, traces: Traces, *, but: Complaint | None = None) -> list[Complaint]:
    """Complaints of the same person or about the same thing, as far as this reader may see them; open ones
    first, then the newest."""
    question = traces.question
    if question is None:
        return []
    seen = Complaint.objects.visible_to(standing).filter(question)
    if but is not None:
        seen = seen.exclude(pk=but.pk)
    related = seen.select_related("complainant", "owner", "instance__version")
    return list(related.order_by(F("closed_at").desc(nulls_first=True), "-received_at")[:SHOWN])


def traces_of(complaint: Complaint) -> Traces:
    """By what a complaint is compared with others."""
    speaker = complaint.representative or complaint.complainant
    return Traces(speaker.name, speaker.phone, speaker.email, complaint.serial)
