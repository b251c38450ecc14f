"""Facts of calls that were promised to the complainant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from shenava.journal.facts import Fact, fact


@fact("complaint.call_promised", 1)
@dataclass(frozen=True)
class CallPromised(Fact):
    call: int
    due_at: datetime
    icon = "phone-outgoing"
    sentence = _("{by} promised to call the complainant by {due_at}.")
    public_sentence = _("We promised to call you by {due_at}.")


@fact("complaint.call_missed", 1)
@dataclass(frozen=True)
class CallMissed(Fact):
    call: int
    attempts: int
    due_at: datetime
    icon = "phone-missed"
    sentence = _("{by} called and reached nobody ({attempts}); the next try is due by {due_at}.")
    public_sentence = _("We called and could not reach you. We will try again by {due_at}.")


@fact("complaint.call_kept", 1)
@dataclass(frozen=True)
class CallKept(Fact):
    call: int
    message: int
    icon = "phone-call"
    sentence = _("{by} called the complainant, as was promised.")
    public_sentence = _("We spoke with you by telephone.")


@fact("complaint.call_dropped", 1)
@dataclass(frozen=True)
class CallDropped(Fact):
    call: int
    icon = "phone-off"
    sentence = _("{by} recorded why the promised call is not needed any more.")
    public_sentence = _("The call that we promised is not needed any more.")
