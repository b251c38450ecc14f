"""Facts of what is promised to the complainant besides the answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from shenava.deadlines.models import ClockKind, PauseReason
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


@fact("complaint.promise_applied", 1)
@dataclass(frozen=True)
class PromiseApplied(Fact):
    rule: int
    kind: str
    before_at: datetime
    due_at: datetime
    icon = "timer-reset"
    labels = {"kind": ClockKind}
    sentence = _("{by} applied the promise in force: “{kind}” is due by {due_at} instead of {before_at}.")


@fact("complaint.promises_paused", 1)
@dataclass(frozen=True)
class PromisesPaused(Fact):
    reason: str
    clocks: int
    icon = "circle-pause"
    labels = {"reason": PauseReason}
    sentence = _("What is promised stands still ({clocks}): {reason}.")


@fact("complaint.promises_resumed", 1)
@dataclass(frozen=True)
class PromisesResumed(Fact):
    clocks: int
    icon = "circle-play"
    sentence = _("What is promised goes on ({clocks}).")


@fact("complaint.answer_put_off", 1)
@dataclass(frozen=True)
class AnswerPutOff(Fact):
    before_at: datetime
    due_at: datetime
    icon = "calendar-clock"
    sentence = _("The time in which we waited does not count: the answer is due by {due_at} instead of {before_at}.")
    public_sentence = _("Our time to answer goes on: we will answer by {due_at}.")
