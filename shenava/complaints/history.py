"""History: what is known already of whoever is on the line, so that nobody has to repeat himself (B16, C12)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import F, Q, QuerySet, Value

from shenava.common import worded
from shenava.common.text import fold
from shenava.complaints.models import Complaint, Link
from shenava.people.models import Party
from shenava.people.standing import Standing

SHOWN = 8
MOST = 50
"""Linked and merged complaints that are shown."""
LOOKED_AT = 1_000
"""Parties of one name or number: of more than these the latest are looked at."""
OF_ONE_SERIAL = 100
"""Complaints of one serial: of more than these the latest are looked at."""
BOUND, EARLIER = "bound", "earlier"
THIS, WHOLE = worded.number(0), worded.number(1)
"""Stand for this complaint and the one it was merged into."""


@dataclass(frozen=True)
class Traces:
    """What somebody gave of himself so far; empty parts find nothing."""

    name: str = ""
    phone: str = ""
    email: str = ""
    serial: str = ""

    @property
    def full_name(self) -> str:
        """The name as names are compared; empty where it is a first name alone, which many have."""
        return fold(self.name)[:200] if len(self.name.split()) >= 2 else ""

    @property
    def given(self) -> dict[str, str]:
        """What there is by which somebody can be known, as it is looked for; a name only if it is given in full."""
        asked = {"phone": self.phone, "email": self.email, "folded_name": self.full_name, "serial": self.serial}
        return {what: value for what, value in asked.items() if value}


class Related(NamedTuple):
    """Other complaints as far as this reader may see them."""

    linked: list[Complaint]
    merged: list[Complaint]
    earlier: list[Complaint]


class _Found(NamedTuple):
    why: str
    pk: int
    closed_at: datetime | None
    received_at: datetime


def earlier(standing: Standing, traces: Traces) -> list[Complaint]:
    """Complaints of the same person or about the same thing, as far as this reader may see them; open ones
    first, then the newest. Two queries, each by an index: of alternatives over several tables none is walked."""
    if not traces.given:
        return []
    shown = _earlier(_ask(standing, traces))[:SHOWN]
    return _read(standing, shown)


def related(standing: Standing, complaint: Complaint) -> Related:
    """What else is on record: linked and merged ones, and earlier ones of this person or about this item. Two
    queries."""
    found = _ask(standing, traces_of(complaint), complaint)
    newest = sorted(found, key=lambda one: one.received_at, reverse=True)
    bound = list(dict.fromkeys(one.pk for one in newest if one.why == BOUND))[:MOST]
    before = [pk for pk in _earlier(found) if pk not in {complaint.pk, *bound}][:SHOWN]
    others = _read(standing, [*bound, *before])
    merged = [one for one in others if complaint.pk == one.duplicate_of_id or one.pk == complaint.duplicate_of_id]
    linked = [one for one in others if one.pk in bound and one not in merged]
    return Related(linked, merged, [one for one in others if one.pk in before])


def traces_of(complaint: Complaint) -> Traces:
    """By what a complaint is compared with others."""
    speaker = complaint.representative or complaint.complainant
    return Traces(speaker.name, speaker.phone, speaker.email, complaint.serial)


def _read(standing: Standing, wanted: list[int]) -> list[Complaint]:
    """In this order, with what the lines of a list say."""
    rows = Complaint.objects.visible_to(standing).for_list().in_bulk(wanted)
    return [rows[pk] for pk in wanted if pk in rows]


def _earlier(found: Iterable[_Found]) -> list[int]:
    """Each once, open ones first, then the one that was closed or received last."""
    ordered = sorted(found, key=lambda one: (one.closed_at is None, one.closed_at or one.received_at, one.received_at))
    return list(dict.fromkeys(one.pk for one in reversed(ordered) if one.why == EARLIER))


def _ask(standing: Standing, traces: Traces, complaint: Complaint | None = None) -> list[_Found]:
    given = traces.given
    values: dict[Any, Any] = {worded.text(what): value for what, value in given.items()}
    if complaint is not None:
        values |= {THIS: complaint.pk, WHOLE: complaint.duplicate_of_id}
    asked = _question(standing, tuple(given), complaint is not None)
    return [_Found(*row) for row in worded.answer(asked, values)]


@lru_cache(maxsize=500)
def _question(standing: Standing, given: tuple[str, ...], has_partners: bool) -> worded.Question:
    """The question after all of it, for a reader who gave these traces."""
    seen = Complaint.objects.visible_to(standing)
    asked = [_with(EARLIER, rows) for what in given for rows in _sharing(seen, what)]
    if has_partners:
        asked += [_with(BOUND, rows) for rows in _partners(seen)]
    first, *others = asked
    return worded.question(first.union(*others, all=True))


def _with(why: str, rows: QuerySet[Complaint]) -> QuerySet[Any, Any]:
    return rows.values_list(Value(why), "pk", "closed_at", "received_at")


def _sharing(seen: QuerySet[Complaint], what: str) -> list[QuerySet[Complaint]]:
    """Those that share a trace, the first few: with the same serial, or of a party with the same name or number.

    The parties are found first, and only so many: walked from the complaints, a frequent name costs a second.
    """
    if what == "serial":
        return [seen.filter(serial__iexact=worded.text(what)).exclude(serial="").order_by("-pk")[:OF_ONE_SERIAL]]
    known = Party.objects.filter(**{what: worded.text(what)}).order_by("-pk").values("pk")[:LOOKED_AT]
    sides = ("complainant",) if what == "folded_name" else ("complainant", "representative")
    of_them = [seen.filter(**{f"{side}__in": known}) for side in sides]
    return [rows.order_by(F("closed_at").desc(nulls_first=True), "-received_at")[: 2 * SHOWN + 1] for rows in of_them]


def _partners(seen: QuerySet[Complaint]) -> list[QuerySet[Complaint]]:
    """Those that were linked with this one or merged, the newest."""
    ways = [
        Q(pk__in=Link.objects.filter(first=THIS).values("second")),
        Q(pk__in=Link.objects.filter(second=THIS).values("first")),
        Q(duplicate_of=THIS),
        Q(pk=WHOLE),
    ]
    return [seen.filter(way).order_by("-received_at")[:MOST] for way in ways]
