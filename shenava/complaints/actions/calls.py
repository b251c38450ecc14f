"""Calls: a promise to call back is work with a date in somebody's cartable until it is kept (H08)."""

from __future__ import annotations

from datetime import datetime

from shenava.common import clock
from shenava.complaints import policy
from shenava.complaints.actions.conversation import Addition, task_for, written
from shenava.complaints.actions.promises import heard_from_us
from shenava.complaints.actions.room import action
from shenava.complaints.actions.silence import break_silence
from shenava.complaints.facts_of_calls import CallDropped, CallKept, CallMissed, CallPromised
from shenava.complaints.models import Call, Complaint
from shenava.complaints.preconditions import CALL
from shenava.journal.actions import Refused
from shenava.journal.recording import record
from shenava.people.models import Party


@action
def promise_call(complaint: Complaint, *, reason: str, due_at: datetime, phone: str = "", by: Party) -> Call:
    """Promise the complainant a call and say why. It lies with whoever promised it until it is kept.

    Without a `phone` it is the number of whoever speaks: the representative, else the complainant."""
    if due_at <= clock.now():
        raise Refused(policy.ONLY_AHEAD, "promise_call")
    speaker = complaint.representative or complaint.complainant
    item = task_for(complaint, by, CALL, due_at=due_at, by=by)
    call = Call.objects.create(complaint=complaint, item=item, reason=reason, phone=phone or speaker.phone)
    record(complaint, CallPromised(call=call.pk, due_at=due_at), by=by)
    return call


@action
def keep_call(complaint: Complaint, *, outcome: str, text: str, due_at: datetime | None = None, by: Party) -> Call:
    """Write down what became of the promised call.

    Reached: `text` is what was said, and stands in the conversation. Nobody reached: the promise stands and is
    tried again by `due_at`. Not needed: `text` says why.
    """
    call = complaint.calls.open().select_related("item").get()
    if outcome == Call.Outcome.NOT_REACHED:
        return _try_again(complaint, call, due_at, by)
    call.outcome, call.text, call.ended_by, call.ended_at = outcome, text, by, clock.now()
    call.save(update_fields=["outcome", "text", "ended_by", "ended_at"])
    call.item.answered_at = call.item.closed_at = call.ended_at
    call.item.save(update_fields=["answered_at", "closed_at"])
    if outcome == Call.Outcome.NOT_NEEDED:
        record(complaint, CallDropped(call=call.pk), by=by)
        return call
    message = written(complaint, Addition(text=text, channel="phone"), by)
    break_silence(complaint)
    heard_from_us(complaint)
    record(complaint, CallKept(call=call.pk, message=message.pk), by=by)
    return call


def _try_again(complaint: Complaint, call: Call, due_at: datetime | None, by: Party) -> Call:
    if due_at is None or due_at <= clock.now():
        raise Refused(policy.ONLY_AHEAD, "keep_call")
    call.attempts += 1
    call.save(update_fields=["attempts"])
    call.item.due_at = due_at
    call.item.save(update_fields=["due_at"])
    record(complaint, CallMissed(call=call.pk, attempts=call.attempts, due_at=due_at), by=by)
    return call
