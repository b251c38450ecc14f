"""Allotting: what follows when the process has moved. The stage is kept; for each step that began somebody is found."""

from __future__ import annotations

from procrastinate.contrib.django import app

from shenava.common import clock
from shenava.complaints.actions.holding import eligible_holder, let_read, managers
from shenava.complaints.models import Complaint
from shenava.people.models import Party, PartyKind, Role
from shenava.people.parties import lineage_of, unit_for
from shenava.process.models import WorkItem
from shenava.process.outside import due
from shenava.process.runs import Moved, Step

GO_ON = "complaints.go_on"


def follow(complaint: Complaint, moved: Moved, *, by: Party) -> None:
    """The complaint is where the process says; its new steps lie with people, what is due by itself is done soon."""
    if moved.stage != complaint.stage:
        complaint.stage, complaint.staged_at = moved.stage, clock.now()
        Complaint.objects.filter(pk=complaint.pk).update(stage=moved.stage, staged_at=complaint.staged_at)
    for step in moved.begun:
        _allot(complaint, step, by)
    if moved.is_due:
        app.configure_task(GO_ON, queue="follow").defer(complaint_id=complaint.pk)


def _allot(complaint: Complaint, step: Step, by: Party) -> None:
    now = clock.now()
    for holder in _holders(complaint, step):
        WorkItem.objects.create(
            complaint=complaint,
            instance=step.run,
            holder=holder,
            kind=WorkItem.Kind.TASK,
            node=step.node.key,
            token=step.token,
            due_at=due(step.node.within, now) if step.node.within else complaint.due_at,
            sent_by=by,
            sent_at=now,
        )
        let_read(complaint, holder)


def _holders(complaint: Complaint, step: Step) -> list[Party]:
    """Whoever has the role and takes no part in the matter: each of several people, else their unit.

    Where nobody in the unit has the role it is somebody who has it everywhere; where there is no such person it is
    whoever answers for the complaint (but nobody approves his own), else a complaints manager.
    """
    unit = unit_for(complaint.unit)
    able = Party.objects.staff().filter(grants__role=Role(step.node.role)).exclude(pk__in=complaint.excluded)
    here = able.filter(grants__unit__in=[place.pk for place in lineage_of(unit)]).distinct().order_by("pk")
    anywhere = able.filter(grants__unit=None).distinct().order_by("pk")
    if step.node.several is not None:
        return sorted({*here, *anywhere}, key=lambda party: party.pk) or [_in_lieu(complaint, step.node.role)]
    if here.exists():
        return [unit.party]
    return list(anywhere[:1]) or [_in_lieu(complaint, step.node.role)]


def _in_lieu(complaint: Complaint, role: str) -> Party:
    owner = complaint.owner
    if role != Role.APPROVER and owner.kind == PartyKind.PERSON and owner.pk not in complaint.excluded:
        return owner
    return managers().exclude(pk__in=complaint.excluded).first() or eligible_holder(complaint)
