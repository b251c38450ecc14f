"""Escalation: what happens by itself as the time of a promise is used up, each rung once, and how it is undone."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import translation
from django.utils.translation import gettext as _

from shenava.common import clock
from shenava.common.dates import digits
from shenava.complaints import policy
from shenava.complaints.actions.conversation import task_for
from shenava.complaints.actions.holding import (
    answer_for,
    eligible_holder,
    hand_to,
    let_read,
    managers,
    open_item,
    whoever_answers,
)
from shenava.complaints.actions.room import action
from shenava.complaints.facts_of_ladder import Escalated, EscalationUndone
from shenava.complaints.models import Complaint, Priority, Referral, ReferralKind, Urgency
from shenava.deadlines.models import Clock, Escalation, Rung
from shenava.deadlines.models.ladder import Deed, To
from shenava.journal.actions import Refused
from shenava.journal.recording import record
from shenava.people.models import Organisation, Party
from shenava.people.parties import unit_for
from shenava.process.models import WorkItem

TIME = "time"
"""The title of the task by which somebody is told that time runs out."""
Doing = Callable[[Complaint, Clock, Rung, Party, Party], WorkItem | None]


@action
def escalate(complaint: Complaint, *, running: Clock, rung: Rung, by: Party) -> Escalation:
    """Do what a rung of the ladder says, now that so much of the time promised is used up. Never a second time."""
    to, before = _whom(complaint, rung), (complaint.owner, complaint.priority)
    item = DOING[rung.deed](complaint, running, rung, to, by)
    done = Escalation.objects.create(
        complaint=complaint,
        clock=running,
        rung=rung,
        kind=rung.kind,
        percent=rung.percent,
        deed=rung.deed,
        to=to,
        item=item,
        owner_before=before[0],
        priority_before=before[1],
        at=clock.now(),
    )
    fact = Escalated(escalation=done.pk, kind=rung.kind, percent=rung.percent, deed=rung.deed, to=to.pk)
    record(complaint, fact, by=by)
    return done


@action
def undo_escalation(complaint: Complaint, *, escalation: Escalation, reason: str, by: Party) -> Escalation:
    """Take back what happened by itself, for a reason: the task or the referral, the new holder, the priority.

    The rung is not reached again. What others have changed since stays as they changed it."""
    done = complaint.escalations.select_related("item", "owner_before").get(pk=escalation.pk)
    if done.undone_at is not None:
        raise Refused(policy.DEALT_WITH, "undo_escalation")
    now = clock.now()
    if done.item is not None and done.item.closed_at is None and done.deed != Deed.REASSIGN:
        done.item.recalled_at = done.item.closed_at = now
        done.item.save(update_fields=["recalled_at", "closed_at"])
        Referral.objects.filter(item=done.item).update(recall_reason=reason)
    if done.deed == Deed.REASSIGN and complaint.owner_id == done.to_id:
        _give(complaint, _able(complaint, done.owner_before), by)
    if done.deed == Deed.RAISE and complaint.priority == _raised(done.priority_before):
        _put_priority(complaint, done.priority_before)
    done.undone_at, done.undone_by, done.undone_because = now, by, reason
    done.save(update_fields=["undone_at", "undone_by", "undone_because"])
    record(complaint, EscalationUndone(escalation=done.pk, percent=done.percent, deed=done.deed), by=by)
    return done


def _whom(complaint: Complaint, rung: Rung) -> Party:
    """Whom it is told or given; never somebody who is shut out."""
    unit = unit_for(complaint.unit)
    if rung.to == To.OWNER:
        return whoever_answers(complaint)
    if rung.to == To.UNIT:
        return unit.party
    if rung.to == To.ABOVE and unit.parent is not None:
        return unit_for(unit.parent).party
    return managers().exclude(pk__in=complaint.excluded).first() or eligible_holder(complaint)


def _able(complaint: Complaint, party: Party) -> Party:
    """The party, if it can still hold the complaint; else whoever can."""
    can = party.pk not in complaint.excluded and policy.can_hold(party)
    return party if can else eligible_holder(complaint)


def _tell(complaint: Complaint, running: Clock, _rung: Rung, to: Party, by: Party) -> WorkItem:
    return task_for(complaint, to, TIME, due_at=running.due_at, by=by)


def _reassign(complaint: Complaint, _running: Clock, _rung: Rung, to: Party, by: Party) -> WorkItem | None:
    return _give(complaint, _able(complaint, to), by)


def _give(complaint: Complaint, to: Party, by: Party) -> WorkItem | None:
    """Into his cartable, unless it waits for the complainant: then he answers for it when it comes back."""
    if open_item(complaint) is not None:
        return hand_to(complaint, to, by=by)
    answer_for(complaint, to)
    return None


def _raise(complaint: Complaint, _running: Clock, _rung: Rung, _to: Party, _by: Party) -> None:
    _put_priority(complaint, _raised(complaint.priority))


def _raised(rank: int | None) -> int:
    return min((rank or Priority.LOW) + 1, max(Priority.values))


def _put_priority(complaint: Complaint, rank: int | None) -> None:
    complaint.priority = rank
    complaint.save(update_fields=["priority"])


def _refer(complaint: Complaint, running: Clock, rung: Rung, to: Party, by: Party) -> WorkItem:
    """A question that holds up nothing; whoever answers for the complaint himself is only told."""
    if to.pk == complaint.owner_id:
        return _tell(complaint, running, rung, to, by)
    item = WorkItem.objects.create(
        complaint=complaint,
        holder=to,
        kind=WorkItem.Kind.REFERRAL,
        node=complaint.stage,
        due_at=running.due_at,
        sent_by=by,
        sent_at=clock.now(),
    )
    directive = _directive(running, rung)
    Referral.objects.create(
        complaint=complaint, item=item, to=to, kind=ReferralKind.CONSULT, directive=directive, urgency=Urgency.URGENT
    )
    let_read(complaint, to)
    return item


def _directive(running: Clock, rung: Rung) -> str:
    organisation = Organisation.current()
    language = organisation.language if organisation else "en"
    with translation.override(language):
        words = _("{percent} per cent of the time for “{kind}” are used up. Please see to it that it goes on.")
        return words.format(percent=digits(rung.percent, language), kind=running.get_kind_display())


DOING: dict[str, Doing] = {Deed.TELL: _tell, Deed.REASSIGN: _reassign, Deed.RAISE: _raise, Deed.REFER: _refer}
