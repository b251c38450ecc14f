"""Response: what the complainant gets, and what he says to it."""

from __future__ import annotations

from shenava.attachments.models import File
from shenava.common import clock
from shenava.complaints.actions.ending import end
from shenava.complaints.actions.holding import hand_to, set_aside, settle_questions, whoever_answers
from shenava.complaints.actions.letters import send_correction, send_recall, send_response
from shenava.complaints.actions.merge import answer_merged
from shenava.complaints.actions.promises import ANSWERED, keep, promise_again
from shenava.complaints.actions.room import action
from shenava.complaints.actions.silence import await_answer
from shenava.complaints.actions.waiting import wait_no_more
from shenava.complaints.facts import Closed, Responded, ResponseAccepted, ResponseRejected
from shenava.complaints.facts_of_judgement import ResponseCorrected, ResponseRecalled
from shenava.complaints.models import ClosureReason, Complaint, Response
from shenava.journal.recording import record
from shenava.people.models import Party


@action
def respond(complaint: Complaint, *, text: str, files: tuple[File, ...] = (), by: Party) -> Response:
    """Answer the complainant. The answer is open until it is accepted or rejected."""
    response = give_response(complaint, text=text, files=files, by=by, verb="respond")
    record(complaint, Responded(response=response.pk, message=response.message_id), by=by)
    answer_merged(complaint, text=text, files=files, by=by)
    return response


def give_response(complaint: Complaint, *, text: str, files: tuple[File, ...], by: Party, verb: str) -> Response:
    """Send an answer and wait for what the complainant says to it: the promise is kept, nothing is asked any more."""
    message, now = send_response(complaint, text=text, files=files, by=by), clock.now()
    response = Response.objects.create(
        complaint=complaint, message=message, by=by, at=now, is_of_review=verb == "answer_review"
    )
    await_answer(complaint, response, verb)
    complaint.responded_at = now
    complaint.save(update_fields=["responded_at"])
    wait_no_more(complaint, by=by)
    keep(complaint, *ANSWERED)
    settle_questions(complaint)
    set_aside(complaint)
    return response


@action
def correct_response(complaint: Complaint, *, text: str, files: tuple[File, ...] = (), by: Party) -> Response:
    """Take back the answer given and give another. The complainant is told which counts; the first stays on record."""
    old, now = complaint.responses.awaited().get(), clock.now()
    old.superseded_at = now
    old.save(update_fields=["superseded_at"])
    message = send_correction(complaint, text=text, files=files, by=by)
    response = Response.objects.create(
        complaint=complaint, message=message, by=by, at=now, supersedes=old, is_of_review=old.is_of_review
    )
    await_answer(complaint, response)
    set_aside(complaint)
    fact = ResponseCorrected(response=response.pk, superseded=old.pk, message=message.pk)
    record(complaint, fact, by=by)
    answer_merged(complaint, text=text, files=files, by=by, send=send_correction)
    return response


@action
def recall_response(complaint: Complaint, *, reason: str, by: Party) -> Response:
    """Take back the answer given, before there is another: the complainant is told why and by when we answer now.

    So is everybody whose complaint was merged into this one. The answer stays on record and does not count.
    """
    old = complaint.responses.awaited().get()
    old.superseded_at = old.recalled_at = clock.now()
    old.save(update_fields=["superseded_at", "recalled_at"])
    promise_again(complaint)
    hand_to(complaint, whoever_answers(complaint), by=by)
    for one in (complaint, *complaint.duplicates.closed().order_by("pk")):
        one.due_at = complaint.due_at
        one.save(update_fields=["due_at"])
        message = send_recall(one, reason=reason, by=by)
        record(one, ResponseRecalled(response=old.pk, message=message.pk, due_at=one.due_at), by=by)
    return old


@action
def record_acceptance(complaint: Complaint, *, text: str = "", by: Party) -> Response:
    """The complainant accepts the response: the complaint ends well."""
    response = _answer(complaint, Response.Answer.ACCEPTED, text, by)
    record(complaint, ResponseAccepted(response=response.pk), by=by)
    closure = end(complaint, ClosureReason.ACCEPTED, text="", by=by)
    record(complaint, Closed(closure=closure.pk, reason=ClosureReason.ACCEPTED), by=by)
    return response


@action
def record_rejection(complaint: Complaint, *, text: str, by: Party) -> Response:
    """The complainant rejects the response: it stays open, with a new promise (ISO 10002, 7.9)."""
    response = _answer(complaint, Response.Answer.REJECTED, text, by)
    due_at = promise_again(complaint)
    hand_to(complaint, whoever_answers(complaint), by=by)
    record(complaint, ResponseRejected(response=response.pk, due_at=due_at), by=by)
    return response


def _answer(complaint: Complaint, answer: str, text: str, by: Party) -> Response:
    response = complaint.responses.awaited().get()
    response.answer, response.answer_text = answer, text
    response.answered_at, response.answer_by = clock.now(), by
    response.save(update_fields=["answer", "answer_text", "answered_at", "answer_by"])
    return response
