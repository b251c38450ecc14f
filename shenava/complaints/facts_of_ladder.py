"""Facts of the ladder: what happened by itself as the time of a promise was used up, and what was undone."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from shenava.deadlines.models import ClockKind
from shenava.deadlines.models.ladder import Deed
from shenava.journal.facts import Fact, fact


@fact("complaint.escalated", 1)
@dataclass(frozen=True)
class Escalated(Fact):
    escalation: int
    kind: str
    percent: int
    deed: str
    to: int
    icon = "trending-up"
    labels = {"kind": ClockKind, "deed": Deed}
    parties = ("to",)
    sentence = _("{percent} per cent of the time for “{kind}” are used up: {deed} ({to}).")


@fact("complaint.escalation_undone", 1)
@dataclass(frozen=True)
class EscalationUndone(Fact):
    escalation: int
    percent: int
    deed: str
    icon = "trending-down"
    labels = {"deed": Deed}
    sentence = _("{by} undid what had happened at {percent} per cent of the time: {deed}.")
