"""Facts of what is promised to the complainant besides the answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from shenava.journal.facts import Fact, fact


@fact("complaint.updates_agreed", 1)
@dataclass(frozen=True)
class UpdatesAgreed(Fact):
    agreement: int
    days: int
    icon = "bell-ring"
    sentence = _("{by} agreed with the complainant on how often he hears how it stands (days: {days}).")
    public_sentence = _("We agreed on how often we tell you how it stands (days: {days}).")


@fact("complaint.complainant_told", 1)
@dataclass(frozen=True)
class ComplainantTold(Fact):
    message: int
    next_at: datetime | None
    icon = "send"
    sentence = _("{by} told the complainant how it stands; the next word is promised by {next_at}.")


@fact("complaint.legal_deadline_extended", 1)
@dataclass(frozen=True)
class LegalDeadlineExtended(Fact):
    change: int
    before_at: datetime
    due_at: datetime
    icon = "scale"
    sentence = _("{by} extended the term of the law from {before_at} to {due_at}, with the reason.")
