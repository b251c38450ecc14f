"""Choosing: who of a unit gets a complaint, by the way that the decision table says (D08)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Count, Max

from shenava.common import clock
from shenava.complaints import policy
from shenava.complaints.facts_view import facts_of, of_the_same
from shenava.complaints.models import Competence, Complaint
from shenava.complaints.questions import ASSIGNEE, LEAST_LOADED, MOST_ABLE, ROUND_ROBIN, UNIT_KEEPS
from shenava.complaints.rules import OFFICERS
from shenava.people.models import Delegation, Party
from shenava.people.parties import lineage_of, unit_for
from shenava.process import deciding
from shenava.process.models import WorkItem


def chosen_of(complaint: Complaint, *, but: int | None = None) -> Party | None:
    """The one whom the rules choose; None where they leave it with the unit, or nobody can be chosen.

    A known customer goes to whoever answered for his last complaint, where the rule says so and that person is there.
    """
    said = deciding.answer(ASSIGNEE, facts_of(complaint))
    way = said.get("to")
    if way in (None, UNIT_KEEPS):
        return None
    able = _able(complaint, but)
    known = _answered_before(complaint, able) if said.get("sticky") else None
    return known or (WAYS[way](complaint, able) if way in WAYS else _named(complaint, way, but))


def officers_here(complaint: Complaint) -> list[Party]:
    """Who handles complaints in its unit, by a role in it or above it, and is not away."""
    places = [place.pk for place in lineage_of(unit_for(complaint.unit))]
    now = clock.now()
    away = Delegation.objects.filter(starts_at__lte=now, ends_at__gt=now).values("delegator")
    here = Party.objects.staff().filter(grants__role__in=OFFICERS, grants__unit__in=places).exclude(pk__in=away)
    return list(here.distinct().order_by("pk"))


def _able(complaint: Complaint, but: int | None) -> list[Party]:
    barred = {*complaint.excluded, but}
    return [party for party in officers_here(complaint) if party.pk not in barred]


def _named(complaint: Complaint, number: Any, but: int | None) -> Party | None:
    """A person that the rule names, wherever he works, if he can hold it."""
    party = Party.objects.staff().filter(pk=number).exclude(pk__in=[*complaint.excluded, but or 0]).first()
    return party if party is not None and policy.can_hold(party) else None


def _answered_before(complaint: Complaint, able: Iterable[Party]) -> Party | None:
    by_number = {party.pk: party for party in able}
    earlier = of_the_same(complaint).filter(owner__in=list(by_number)).order_by("-pk").values_list("owner", flat=True)
    return by_number.get(earlier.first() or 0)


def _least_laden(_complaint: Complaint, able: list[Party]) -> Party | None:
    """Of those with as little open work, who has been here longest."""
    held = WorkItem.objects.open().filter(holder__in=[party.pk for party in able]).order_by()
    numbers = dict(held.values_list("holder").annotate(Count("complaint", distinct=True)))
    return min(able, key=lambda party: (numbers.get(party.pk, 0), party.pk), default=None)


def _in_turn(_complaint: Complaint, able: list[Party]) -> Party | None:
    """Who has been given a complaint longest ago, or never."""
    given = WorkItem.objects.filter(holder__in=[party.pk for party in able], kind=WorkItem.Kind.STAGE).order_by()
    last = dict(given.values_list("holder").annotate(Max("pk")))
    return min(able, key=lambda party: (last.get(party.pk, 0), party.pk), default=None)


def _most_able(complaint: Complaint, able: list[Party]) -> Party | None:
    """Who knows most of what is asked: the category, and then the language; of those alike, the least laden."""
    facts = facts_of(complaint)
    codes = {facts["category"], facts["category_group"]} - {""}
    known = Competence.objects.filter(party__in=[party.pk for party in able])
    of_category = set(known.filter(categories__code__in=codes).values_list("pk", flat=True))
    of_language = set(known.filter(languages__contains=[complaint.language]).values_list("pk", flat=True))
    marks = {party.pk: (party.pk in of_category, party.pk in of_language) for party in able}
    best = max(marks.values(), default=None)
    return _least_laden(complaint, [party for party in able if marks[party.pk] == best])


WAYS: dict[str, Callable[[Complaint, list[Party]], Party | None]] = {
    LEAST_LOADED: _least_laden,
    ROUND_ROBIN: _in_turn,
    MOST_ABLE: _most_able,
}
