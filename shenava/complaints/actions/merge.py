"""Merge: complaints of one and the same matter are handled as one, and every complainant is answered."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import QuerySet

from shenava.attachments.models import File
from shenava.common import clock
from shenava.complaints import policy
from shenava.complaints.actions.carrying import carry_over
from shenava.complaints.actions.ending import end
from shenava.complaints.actions.letters import send_response
from shenava.complaints.actions.naming import shut_out_alike
from shenava.complaints.actions.promises import promise_for
from shenava.complaints.actions.room import action
from shenava.complaints.facts import Closed
from shenava.complaints.facts_of_judgement import PromiseBroughtForward
from shenava.complaints.facts_of_relation import AnsweredWithAnother, MergedIntoIt
from shenava.complaints.models import Closure, ClosureReason, Complaint
from shenava.journal.actions import ALLOWED, Refused, Verdict
from shenava.journal.recording import record
from shenava.messages.models import Message
from shenava.people.models import Party
from shenava.people.standing import standing_of

Send = Callable[..., Message]


@action(locks=("of",))
def mark_duplicate(complaint: Complaint, *, of: Complaint, text: str = "", by: Party) -> Closure:
    """The same matter is already on record; the other complaint goes on for both, and its answer goes to both.

    Whoever is shut out of one is shut out of both, of the two dates promised the earlier one counts, and of the
    two judgements the graver; a danger to people is told on the other, too. If that was answered already, the
    answer goes out at once. Reopening takes the merge back.
    """
    verdict = _is_another(complaint, of, by) and _fits(complaint, of)
    if not verdict:
        raise Refused(verdict, "mark_duplicate")
    complaint.duplicate_of = of
    complaint.save(update_fields=["duplicate_of"])
    record(of, MergedIntoIt(other=complaint.pk), by=by)
    shut_out_alike(complaint, of, by=by)
    shut_out_alike(of, complaint, by=by)
    _keep_the_earlier_promise(complaint, of, by)
    carry_over(complaint, of, by=by)
    closure = end(complaint, ClosureReason.DUPLICATE, text=text, by=by)
    record(complaint, Closed(closure=closure.pk, reason=ClosureReason.DUPLICATE), by=by)
    if of.responded_at is not None:
        given = of.responses.filter(superseded_at=None).latest("at").message
        _answer(complaint, of, text=given.text, files=tuple(given.files.all()), by=by)
    return closure


def answer_merged(
    complaint: Complaint,
    merged: QuerySet[Complaint] | None = None,
    *,
    text: str,
    files: tuple[File, ...],
    by: Party,
    send: Send = send_response,
) -> None:
    """Everybody who complained of the same (or these of them) gets the answer, each on his own thread."""
    everybody = complaint.duplicates.closed() if merged is None else merged
    for one in everybody.order_by("pk"):
        _answer(one, complaint, text=text, files=files, by=by, send=send)


def _answer(
    merged: Complaint, other: Complaint, *, text: str, files: tuple[File, ...], by: Party, send: Send = send_response
) -> None:
    message = send(merged, text=text, files=files, by=by)
    record(merged, AnsweredWithAnother(other=other.pk, message=message.pk), by=by)


def _is_another(complaint: Complaint, of: Complaint, by: Party) -> Verdict:
    """Is it another one within reach? Merges do not make chains: somebody at the end would stay unanswered."""
    if of.pk == complaint.pk:
        return policy.ITSELF
    if not policy.sees(standing_of(by), of):
        return policy.NO_OTHER
    if of.duplicate_of_id is not None:
        return policy.NEITHER_GOES_ON
    if complaint.duplicates.closed().exists():
        return policy.HAS_MERGED
    return policy.NEVER_ANSWERED if of.is_closed and of.responded_at is None else ALLOWED


def _fits(complaint: Complaint, of: Complaint) -> Verdict:
    """Does the other decide fairly about this one, too: about staff as staff, after hearing whoever is named here?"""
    if complaint.is_about_staff and not of.is_about_staff:
        return policy.STAFF_APART
    if of.responded_at is not None and not complaint.concerned <= of.concerned:
        return policy.ANSWERED_UNHEARD
    if of.is_closed and complaint.is_safety:
        return policy.DANGER_UNSEEN
    named, speakers = {*complaint.excluded, *of.excluded}, complaint.speaker_ids | of.speaker_ids
    return policy.COMPLAINS_HIMSELF if named & speakers else ALLOWED


def _keep_the_earlier_promise(complaint: Complaint, of: Complaint, by: Party) -> None:
    """Nobody is answered later because others complained, too. What is late already stays late on record."""
    if of.responded_at is not None or complaint.due_at is None or of.due_at is None:
        return
    if clock.now() < complaint.due_at < of.due_at:
        promise_for(of, complaint.due_at)
        record(of, PromiseBroughtForward(due_at=complaint.due_at), by=by)
