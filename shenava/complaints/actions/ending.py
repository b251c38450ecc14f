"""Ending: how a complaint is closed, for whatever reason, and opened again."""

from __future__ import annotations

from shenava.common import clock
from shenava.complaints.actions.carrying import put_back
from shenava.complaints.actions.holding import hand_to, put_away, settle_questions, whoever_answers
from shenava.complaints.actions.letters import send_information
from shenava.complaints.actions.local import local_date
from shenava.complaints.actions.promises import keep, promise_again, start
from shenava.complaints.actions.room import action
from shenava.complaints.actions.waiting import wait_no_more
from shenava.complaints.facts import Closed, Reopened, Withdrawn
from shenava.complaints.facts_of_relation import MergeUndone
from shenava.complaints.models import Closure, ClosureReason, Complaint, Response
from shenava.deadlines.models import ClockKind
from shenava.journal.recording import record
from shenava.people.models import Party


def end(complaint: Complaint, reason: str, *, text: str, by: Party, at_first_contact: bool = False) -> Closure:
    """Write down how the complaint ended, stop its clocks and clear it from every cartable."""
    now = clock.now()
    closure = Closure.objects.create(
        complaint=complaint, reason=reason, text=text, by=by, at=now, at_first_contact=at_first_contact
    )
    complaint.closed_at, complaint.closed_on = now, local_date(now)
    complaint.closure_reason = reason
    complaint.save(update_fields=["closed_at", "closed_on", "closure_reason"])
    wait_no_more(complaint, by=by)
    keep(complaint, *ClockKind.values)
    settle_questions(complaint)
    complaint.reviews.filter(closed_at=None).update(closed_at=now, closed_by=by)
    put_away(complaint)
    return closure


@action
def close(complaint: Complaint, *, text: str, by: Party) -> Closure:
    """Close an answered complaint when all reasonable options are exhausted; the reason is recorded."""
    return _end_with_fact(complaint, ClosureReason.EXHAUSTED, text, by)


@action
def withdraw(complaint: Complaint, *, text: str = "", by: Party) -> Closure:
    """The complainant takes the complaint back. It stays on record."""
    closure = end(complaint, ClosureReason.WITHDRAWN, text=text, by=by)
    record(complaint, Withdrawn(closure=closure.pk), by=by)
    return closure


@action
def mark_not_a_complaint(complaint: Complaint, *, text: str, by: Party) -> Closure:
    """It asks for nothing to be mended. It keeps its number and its place on record."""
    return _end_with_fact(complaint, ClosureReason.NOT_A_COMPLAINT, text, by)


@action
def mark_misdirected(complaint: Complaint, *, text: str, by: Party) -> Closure:
    """It is for another organisation; the complainant is told which."""
    send_information(complaint, text=text, by=by)
    return _end_with_fact(complaint, ClosureReason.MISDIRECTED, text, by)


@action(after="duplicate_of")
def reopen(complaint: Complaint, *, text: str, by: Party) -> Complaint:
    """Open a closed complaint again, with a new promise, for the one who answered for it.

    A response that was never accepted no longer stands: another one has to come.
    """
    merged_into, closure = complaint.duplicate_of, open_again(complaint, text=text, by=by)
    due_at = promise_again(complaint)
    start(complaint, (ClockKind.CLOSE,))
    hand_to(complaint, whoever_answers(complaint), by=by)
    if merged_into is not None:
        merged_into = Complaint.objects.select_for_update(no_key=True).get(pk=merged_into.pk)
        record(merged_into, MergeUndone(other=complaint.pk), by=by)
        put_back(complaint, merged_into, by=by)
    record(complaint, Reopened(closure=closure.pk, due_at=due_at), by=by)
    return complaint


def let_no_answer_stand(complaint: Complaint, *, text: str, by: Party) -> None:
    """A response that still waits for a word is not accepted any more."""
    complaint.responses.awaited().update(
        answer=Response.Answer.REJECTED, answer_text=text, answered_at=clock.now(), answer_by=by
    )


def open_again(complaint: Complaint, *, text: str, by: Party) -> Closure:
    """What has ended is open; the closure says who opened it and why."""
    let_no_answer_stand(complaint, text=text, by=by)
    closure = complaint.closures.filter(reopened_at__isnull=True).latest("at")
    closure.reopened_at, closure.reopened_by, closure.reopened_because = clock.now(), by, text
    closure.save(update_fields=["reopened_at", "reopened_by", "reopened_because"])
    complaint.closed_at = complaint.closed_on = complaint.duplicate_of = None
    complaint.closure_reason = ""
    complaint.reopened_count += 1
    complaint.save()
    return closure


def _end_with_fact(complaint: Complaint, reason: str, text: str, by: Party) -> Closure:
    closure = end(complaint, reason, text=text, by=by)
    record(complaint, Closed(closure=closure.pk, reason=reason), by=by)
    return closure
