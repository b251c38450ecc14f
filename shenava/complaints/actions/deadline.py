"""Deadline: another date is promised, never silently."""

from __future__ import annotations

from datetime import datetime

from shenava.common import clock
from shenava.complaints import policy
from shenava.complaints.actions.letters import send_new_deadline
from shenava.complaints.actions.promises import legal_date, promise_for
from shenava.complaints.actions.room import action
from shenava.complaints.facts_of_judgement import DeadlineChanged
from shenava.complaints.facts_of_promises import LegalDeadlineExtended
from shenava.complaints.models import Complaint, DeadlineChange
from shenava.deadlines import clocks
from shenava.deadlines.models import ClockKind
from shenava.journal.actions import Refused
from shenava.journal.recording import record
from shenava.people.models import Party


@action
def change_deadline(
    complaint: Complaint, *, due_at: datetime, reason: str, is_legal: bool = False, by: Party
) -> DeadlineChange:
    """Promise another date and say why. The complainant is told at once: no date moves silently.

    So is everybody whose complaint was merged into this one. Later than the law allows only where the law lets its
    own term be extended (`is_legal`)."""
    if due_at <= clock.now():
        raise Refused(policy.ONLY_AHEAD, "change_deadline")
    by_law = legal_date(complaint)
    if by_law is not None and due_at > by_law and not is_legal:
        raise Refused(policy.BEYOND_LAW, "change_deadline")
    change = tell_another_date(complaint, due_at, reason, by)
    if by_law is not None and is_legal:
        _extend_law(complaint, change, by_law, by)
    return change


def tell_another_date(complaint: Complaint, due_at: datetime, reason: str, by: Party) -> DeadlineChange:
    """The answer is due then; everybody who waits for it is told why."""
    change = _change(complaint, due_at, reason, by)
    for merged in complaint.duplicates.closed().order_by("pk"):
        _change(merged, due_at, reason, by)
    return change


def _extend_law(complaint: Complaint, change: DeadlineChange, before_at: datetime, by: Party) -> None:
    clocks.move(complaint, ClockKind.LEGAL, change.due_at)
    change.is_legal = True
    change.save(update_fields=["is_legal"])
    record(complaint, LegalDeadlineExtended(change=change.pk, before_at=before_at, due_at=change.due_at), by=by)


def _change(complaint: Complaint, due_at: datetime, reason: str, by: Party) -> DeadlineChange:
    now, before_at = clock.now(), complaint.due_at
    promise_for(complaint, due_at)
    message = send_new_deadline(complaint, reason=reason, by=by)
    change = DeadlineChange.objects.create(
        complaint=complaint, before_at=before_at, due_at=due_at, reason=reason, message=message, by=by, at=now
    )
    record(complaint, DeadlineChanged(change=change.pk, before_at=before_at, due_at=due_at), by=by)
    return change
