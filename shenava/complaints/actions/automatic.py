"""What only the program does by itself: it reminds, and raises the priority; and what automations may do at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from shenava.complaints import policy
from shenava.complaints.actions.circulation import assign, note
from shenava.complaints.actions.conversation import task_for
from shenava.complaints.actions.holding import eligible_holder, managers, whoever_answers
from shenava.complaints.actions.operations import ESCALATION, REMINDER
from shenava.complaints.actions.referral import Commission, refer
from shenava.complaints.actions.room import action
from shenava.complaints.automatic import MANAGERS
from shenava.complaints.facts_of_automations import PriorityRaised, Reminded
from shenava.complaints.models import Complaint, Priority, ReferralKind
from shenava.journal.actions import Refused
from shenava.journal.recording import record
from shenava.people.models import Party
from shenava.process.models import WorkItem

Do = Callable[[Complaint, Mapping[str, Any], Party], object]


@action
def remind(complaint: Complaint, *, to: str, by: Party) -> WorkItem:
    """Put a task into the cartable of whoever answers for the complaint, or of a manager. Nobody is reminded of what
    he is reminded of already."""
    title = ESCALATION if to == MANAGERS else REMINDER
    uninvolved = managers().exclude(pk__in=complaint.excluded)
    holder = uninvolved.first() or eligible_holder(complaint) if to == MANAGERS else whoever_answers(complaint)
    if WorkItem.objects.open().filter(complaint=complaint, title=title, holder=holder).exists():
        raise Refused(policy.REMINDED, "remind")
    item = task_for(complaint, holder, title, due_at=complaint.due_at, by=by)
    record(complaint, Reminded(work_item=item.pk, to=holder.pk), by=by)
    return item


@action
def raise_priority(complaint: Complaint, *, by: Party) -> Complaint:
    """One step up; what is at the top stays there."""
    if complaint.priority == max(Priority.values):
        raise Refused(policy.AT_THE_TOP, "raise_priority")
    complaint.priority = (complaint.priority or Priority.LOW) + 1
    complaint.save(update_fields=["priority"])
    record(complaint, PriorityRaised(priority=complaint.priority), by=by)
    return complaint


def _assign(complaint: Complaint, told: Mapping[str, Any], by: Party) -> None:
    to = Party.objects.get(pk=told["to"])
    if complaint.owner_id == to.pk:
        raise Refused(policy.LIES_THERE, "assign")
    assign(complaint, to=to, by=by)


def _refer(complaint: Complaint, told: Mapping[str, Any], by: Party) -> None:
    to, kind = Party.objects.get(pk=told["to"]), told.get("kind") or ReferralKind.CONSULT
    refer(complaint, to=to, commission=Commission(kind=kind, directive=told["text"]), by=by)


DOING: dict[str, Do] = {
    "assign": _assign,
    "refer": _refer,
    "note": lambda complaint, told, by: note(complaint, text=told["text"], by=by),
    "remind": lambda complaint, told, by: remind(complaint, to=told["to"], by=by),
    "raise_priority": lambda complaint, _told, by: raise_priority(complaint, by=by),
}
"""How each deed is done, by its key."""
