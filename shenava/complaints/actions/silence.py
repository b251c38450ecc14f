"""Silence: the complainant says nothing to our answer. He is warned, and only then the complaint is closed."""

from __future__ import annotations

from datetime import timedelta

from shenava.common import clock
from shenava.complaints.actions.ending import end
from shenava.complaints.actions.letters import send_last_call
from shenava.complaints.actions.room import action
from shenava.complaints.facts import Closed
from shenava.complaints.facts_of_judgement import SilenceWarned
from shenava.complaints.models import Closure, ClosureReason, Complaint, Response
from shenava.journal.recording import record
from shenava.people.models import Party
from shenava.process import drawn


@action
def warn_silence(complaint: Complaint, *, by: Party) -> Response:
    """Tell a silent complainant that we wait for a word, and when the complaint will be closed without one."""
    response, now = complaint.responses.awaited().get(), clock.now()
    _warn, lapse = drawn.days_of_silence(complaint)
    response.warned_at = now
    response.lapse_at = now + timedelta(days=lapse)
    response.save(update_fields=["warned_at", "lapse_at"])
    send_last_call(complaint, ends_at=response.lapse_at)
    record(complaint, SilenceWarned(response=response.pk, lapse_at=response.lapse_at), by=by)
    return response


@action
def close_unanswered(complaint: Complaint, *, by: Party) -> Closure:
    """Close a complaint whose complainant was warned and has said nothing. He can open it again."""
    closure = end(complaint, ClosureReason.NO_ANSWER, text="", by=by)
    record(complaint, Closed(closure=closure.pk, reason=ClosureReason.NO_ANSWER), by=by)
    return closure


def await_answer(complaint: Complaint, response: Response, verb: str = "") -> None:
    """The days of silence begin: also anew, when the complainant has said something that is no answer yet."""
    warn, _lapse = drawn.days_of_silence(complaint, verb)
    response.warn_at = clock.now() + timedelta(days=warn) if warn else None
    response.warned_at = response.lapse_at = None
    response.save(update_fields=["warn_at", "warned_at", "lapse_at"])


def break_silence(complaint: Complaint) -> None:
    """Whoever speaks is not silent."""
    response = complaint.responses.awaited().first()
    if response is not None:
        await_answer(complaint, response)
