"""Waiting: what is promised stands still while others have the word, where its rule says so, and goes on after."""

from __future__ import annotations

from collections.abc import Callable

from shenava.common import clock
from shenava.complaints.actions.letters import send_time_added
from shenava.complaints.actions.promises import put_due
from shenava.complaints.facts_of_promises import AnswerPutOff, PromisesPaused, PromisesResumed
from shenava.complaints.models import Complaint, ReferralKind
from shenava.deadlines import pausing
from shenava.deadlines.models import Clock, ClockKind, PauseReason
from shenava.journal.recording import record
from shenava.people.models import Party
from shenava.people.parties import calendar_of


def _waits_outside(complaint: Complaint) -> bool:
    return complaint.referrals.open().filter(kind=ReferralKind.OUTSIDE).exists()


WAITS: dict[str, Callable[[Complaint], bool]] = {
    PauseReason.COMPLAINANT: lambda complaint: complaint.questioned_at is not None,
    PauseReason.OUTSIDE: _waits_outside,
}
"""Whether somebody else still has the word."""


def stand_still(complaint: Complaint, reason: str, *, by: Party) -> None:
    """Somebody else has the word: the clocks wait whose rules say so. Most say nothing, and run."""
    standing = pausing.pause(complaint, reason, by=by, at=clock.now())
    if not standing:
        return
    if _answer_of(standing) is not None:
        complaint.due_paused_at = clock.now()
        complaint.save(update_fields=["due_paused_at"])
    record(complaint, PromisesPaused(reason=reason, clocks=len(standing)), by=by)


def go_on(complaint: Complaint, reason: str, *, by: Party) -> None:
    """The word is ours again: the clocks go on, and fall due so much later. The complainant is told of another date
    for the answer. Where we wait for somebody else still, they stand again."""
    if WAITS[reason](complaint):
        return
    if _go_on(complaint, (reason,), by):
        send_time_added(complaint)
    for other in (one for one in WAITS if one != reason and WAITS[one](complaint)):
        stand_still(complaint, other, by=by)


def wait_no_more(complaint: Complaint, *, by: Party) -> None:
    """We answer or end it, whoever has the word: no clock stands still any more."""
    if complaint.clocks.open().filter(paused_at__isnull=False).exists():
        _go_on(complaint, tuple(WAITS), by)


def _go_on(complaint: Complaint, reasons: tuple[str, ...], by: Party) -> bool:
    moved = pausing.resume(complaint, reasons, calendar=calendar_of(complaint.unit), by=by, at=clock.now())
    if not moved:
        return False
    answer = _answer_of(moved)
    record(complaint, PromisesResumed(clocks=len(moved)), by=by)
    if answer is None:
        return False
    before_at = complaint.due_at or answer.due_at
    complaint.due_paused_at = None
    complaint.save(update_fields=["due_paused_at"])
    put_due(complaint, answer.due_at)
    if answer.due_at != before_at:
        record(complaint, AnswerPutOff(before_at=before_at, due_at=answer.due_at), by=by)
    return answer.due_at != before_at


def _answer_of(clocks: list[Clock]) -> Clock | None:
    return next((one for one in clocks if one.kind == ClockKind.ANSWER), None)
