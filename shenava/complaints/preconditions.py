"""Preconditions: what else has to be true of a complaint, or of who asks, before a verb is possible."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from shenava.common import clock
from shenava.complaints.models import Complaint
from shenava.journal.actions import ALLOWED, Verdict
from shenava.people.models import Role
from shenava.people.standing import Standing
from shenava.process import runs

NOT_AT_ONCE = Verdict(_("What is about a member of staff, or endangers people, is not settled at first contact."))
NOT_SILENT = Verdict(_("The days that the process gives the complainant to answer are not over."))
MANAGEMENT_ONLY = Verdict(_("A complaint about a member of staff is decided by a complaints manager."))
COMPLAINANT_NOT_HEARD = Verdict(_("The complainant has to be heard first."))
STAFF_NOT_HEARD = Verdict(_("The member of staff has to be heard first."))
UNDECIDED = Verdict(_("A complaint about a member of staff is decided before it is answered."))
CALL = "call"
"""The title of the work item of a promised call."""
NOTHING_TO_UNDO = Verdict(_("Nothing has happened here by itself that could be undone."))
NO_CALL = Verdict(_("No call is promised here."))
CALL_PROMISED = Verdict(_("A call is promised already. Write down what became of it first."))
NO_TASK = Verdict(_("No task on this complaint lies with you."))
NO_STEP = Verdict(_("No step of the process lies with you here."))
REVIEWED = Verdict(_("This answer is that of a review already; what remains are the external bodies."))
TOOK_PART = Verdict(_("A review is for somebody who had no part in the answer."))
NO_MANDATE = Verdict(_("Nobody speaks for the complainant here whose mandate is still to be proven."))
NOT_MANDATED = Verdict(_("Nobody speaks for the complainant here whose mandate was accepted."))
ENDED = Verdict(_("This complaint has ended."))
OTHERS_REVIEW = Verdict(_("Somebody else reviews this; only that person or a manager passes it on."))


def is_under_review(complaint: Complaint) -> bool:
    """Does somebody look at it anew, by what the process allows now? No query."""
    return "answer_review" in runs.allowed_verbs(complaint)


def is_impartial(standing: Standing, complaint: Complaint) -> bool:
    """A review is not for whoever took part before, unless it was given to that person for want of another."""
    if not is_under_review(complaint) or standing.party_id == complaint.owner_id:
        return True
    return standing.party_id not in complaint.took_part


def _has_a_task(standing: Standing, complaint: Complaint) -> Verdict:
    mine = (task for task in complaint.open_tasks if task.holder_id in standing.ids)
    return ALLOWED if any(task.title != CALL for task in mine) else NO_TASK


def _has_escalations(_standing: Standing, complaint: Complaint) -> Verdict:
    return ALLOWED if any(one.undone_at is None for one in complaint.escalations.all()) else NOTHING_TO_UNDO


def _has_a_call(_standing: Standing, complaint: Complaint) -> Verdict:
    return ALLOWED if any(task.title == CALL for task in complaint.open_tasks) else NO_CALL


def _has_no_call(standing: Standing, complaint: Complaint) -> Verdict:
    return CALL_PROMISED if _has_a_call(standing, complaint) else ALLOWED


def _has_a_step(standing: Standing, complaint: Complaint) -> Verdict:
    is_manager = standing.has_in(complaint.unit_id, Role.COMPLAINTS_MANAGER)
    steps = [item for item in complaint.open_items if item.token and (is_manager or item.holder_id in standing.ids)]
    return ALLOWED if steps else NO_STEP


def _may_decide(standing: Standing, complaint: Complaint) -> Verdict:
    """On a complaint about staff management decides, after both sides were heard."""
    if not complaint.is_about_staff:
        return ALLOWED
    if not standing.has_in(complaint.unit_id, Role.COMPLAINTS_MANAGER):
        return MANAGEMENT_ONLY
    if not any(is_complainant for is_complainant, _party in complaint.heard):
        return COMPLAINANT_NOT_HEARD
    wanted: set[tuple[bool, int | None]] = {(False, party) for party in complaint.concerned} or {(False, None)}
    return ALLOWED if wanted <= complaint.heard else STAFF_NOT_HEARD


def _is_decided(standing: Standing, complaint: Complaint) -> Verdict:
    return ALLOWED if not complaint.is_about_staff or complaint.is_decided else UNDECIDED


def _may_settle(standing: Standing, complaint: Complaint) -> Verdict:
    """Where others have to be heard or to be warned, one agent does not end it in one call."""
    return NOT_AT_ONCE if complaint.is_about_staff or complaint.is_safety else ALLOWED


def _is_silent(standing: Standing, complaint: Complaint) -> Verdict:
    silent = complaint.responses.awaited().filter(warned_at=None, warn_at__lte=clock.now())
    return ALLOWED if silent.exists() else NOT_SILENT


def _has_lapsed(standing: Standing, complaint: Complaint) -> Verdict:
    return ALLOWED if complaint.responses.awaited().filter(lapse_at__lte=clock.now()).exists() else NOT_SILENT


def _may_ask_review(_standing: Standing, complaint: Complaint) -> Verdict:
    counting = [one for one in complaint.responses.all() if one.superseded_at is None]
    last = max(counting, key=lambda one: one.at, default=None)
    return REVIEWED if last is not None and last.is_of_review else ALLOWED


def _may_pass_on(standing: Standing, complaint: Complaint) -> Verdict:
    """A review is not taken away from whoever has it, least of all by those whose answer is reviewed."""
    if not is_under_review(complaint):
        return ALLOWED
    if not is_impartial(standing, complaint):
        return TOOK_PART
    is_theirs = complaint.owner_id in standing.ids
    return ALLOWED if is_theirs or standing.has_in(complaint.unit_id, Role.COMPLAINTS_MANAGER) else OTHERS_REVIEW


def _may_change_answer(standing: Standing, complaint: Complaint) -> Verdict:
    """The answer of a review is not changed, nor taken back, by those whose answer was reviewed."""
    given = next((one for one in complaint.responses.all() if one.is_awaited), None)
    if given is None or not given.is_of_review or given.by_id == standing.party_id:
        return ALLOWED
    return TOOK_PART if standing.party_id in complaint.took_part else ALLOWED


def _may_find(standing: Standing, complaint: Complaint) -> Verdict:
    return _may_decide(standing, complaint) and _may_change_answer(standing, complaint)


def _goes_on(_standing: Standing, complaint: Complaint) -> Verdict:
    return ENDED if complaint.is_closed else ALLOWED


def _may_accept(standing: Standing, complaint: Complaint) -> Verdict:
    return ALLOWED if complaint.representative_id and not complaint.is_mandated else NO_MANDATE


def _may_withdraw_mandate(_standing: Standing, complaint: Complaint) -> Verdict:
    return ALLOWED if complaint.is_mandated else NOT_MANDATED


PRECONDITIONS: dict[str, Callable[[Standing, Complaint], Verdict]] = {
    "settle_tasks": _has_a_task,
    "undo_escalation": _has_escalations,
    "keep_call": _has_a_call,
    "promise_call": _has_no_call,
    "finish_step": _has_a_step,
    "decide": _may_decide,
    "record_finding": _may_find,
    "correct_response": _may_change_answer,
    "recall_response": _may_change_answer,
    "respond": _is_decided,
    "answer_review": _is_decided,
    "ask_review": _may_ask_review,
    "take": _may_pass_on,
    "assign": _may_pass_on,
    "solve": _may_settle,
    "warn_silence": _is_silent,
    "close_unanswered": _has_lapsed,
    "accept_mandate": _may_accept,
    "remind": _goes_on,
    "raise_priority": _goes_on,
    "withdraw_mandate": _may_withdraw_mandate,
}
