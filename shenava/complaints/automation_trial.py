"""Trial: what an automation would have done to the latest complaints that set it off, by what is the case now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from shenava.complaints import policy
from shenava.complaints.facts_view import facts_of
from shenava.complaints.models import Complaint
from shenava.deadlines.models import Clock
from shenava.journal.actions import Verdict
from shenava.journal.models import Entry
from shenava.people.parties import system_party
from shenava.people.standing import Standing, standing_of
from shenava.process.automations import FACT, STAGE
from shenava.process.models import Automation
from shenava.process.tables import holds

LATEST, SHOWN = 1_000, 100
ENTRIES = 200_000
"""So many entries of the journal are looked through for those of one kind."""


@dataclass(frozen=True)
class Trial:
    """How often it was set off, how often its conditions hold, how often within one hour at the most, and the
    complaints that the reader may see, each with what policy says to the verb now."""

    tried: int
    held: int
    busiest: int
    shown: list[tuple[Complaint, Verdict]]


def try_on(automation: Automation, standing: Standing) -> Trial:
    """What the latest occasions would have come to. Nothing is changed by it."""
    causes = _causes(automation)
    pks = {pk for pk, _at in causes}
    rows = Complaint.objects.filter(pk__in=pks).select_related("complainant")
    found = rows.prefetch_related("issue_lines__category__parent")
    matching = {one.pk for one in found if holds(automation.conditions, facts_of(one))}
    held = [(pk, at) for pk, at in causes if pk in matching]
    seen = Complaint.objects.visible_to(standing).filter(pk__in=matching).for_page().order_by("-pk")[:SHOWN]
    system = standing_of(system_party())
    shown = [(one, policy.verdict(system, automation.deed, one)) for one in seen]
    return Trial(len(causes), len(held), _busiest(at for _pk, at in held), shown)


def _causes(automation: Automation) -> list[tuple[int, datetime]]:
    """The latest complaints that set it off, and when: one for each time."""
    kind, _colon, key = automation.occasion.partition(":")
    if kind == FACT:
        last = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        entries = Entry.objects.filter(kind=key, pk__gt=last - ENTRIES).order_by("-pk")[:LATEST]
        told = entries.values_list("stream__name", "at")
        return [(int(name.partition(":")[2]), at) for name, at in told]
    if kind == STAGE:
        there = Complaint.objects.filter(stage=key, closed_at=None, staged_at__isnull=False)
        return list(there.order_by("-staged_at").values_list("pk", "staged_at")[:LATEST])  # type: ignore[arg-type]
    return list(Clock.objects.filter(kind=key).order_by("-pk").values_list("complaint", "due_at")[:LATEST])


def _busiest(moments: Iterable[datetime]) -> int:
    """How many fall within one hour of the clock at the most."""
    counted = Counter(at.replace(minute=0, second=0, microsecond=0) for at in moments)
    return max(counted.values(), default=0)
