"""Holding: who has the complaint in his cartable. The work item is the only thing that puts it there."""

from __future__ import annotations

from shenava.common import clock
from shenava.complaints.models import Complaint
from shenava.people.models import Party
from shenava.people.parties import holder_for
from shenava.process.models import WorkItem


def hand_to(complaint: Complaint, holder: Party, *, by: Party) -> WorkItem:
    """Put the complaint into the holder's cartable and out of everybody else's; the holder answers for it."""
    now = clock.now()
    current = set_aside(complaint)
    item = WorkItem.objects.create(
        complaint=complaint,
        holder=holder,
        kind=WorkItem.Kind.STAGE,
        node=complaint.stage,
        parent=current,
        due_at=complaint.due_at,
        sent_by=by,
        sent_at=now,
    )
    answer_for(complaint, holder)
    return item


def answer_for(complaint: Complaint, holder: Party) -> None:
    """From now on the holder answers for the complaint, and may read it."""
    complaint.owner = holder
    complaint.readers = sorted({*complaint.readers, holder.pk})
    complaint.save(update_fields=["owner", "readers"])


def let_read(complaint: Complaint, party: Party) -> None:
    """From now on the party may read the complaint, whatever becomes of its work."""
    if party.pk not in complaint.readers:
        complaint.readers = sorted({*complaint.readers, party.pk})
        complaint.save(update_fields=["readers"])


def whoever_answers(complaint: Complaint) -> Party:
    """The one who answers for the complaint, or whoever its unit's work goes to where he has left."""
    still_here = Party.objects.holders().filter(pk=complaint.owner_id).exists()
    return complaint.owner if still_here else holder_for(complaint.unit)


def set_aside(complaint: Complaint) -> WorkItem | None:
    """The holder has done his part: the complaint leaves his cartable until something comes back."""
    current = open_item(complaint)
    if current is not None:
        current.answered_at = current.closed_at = clock.now()
        current.save(update_fields=["answered_at", "closed_at"])
    return current


def open_item(complaint: Complaint) -> WorkItem | None:
    """The open work item by which the complaint lies with its owner."""
    items = WorkItem.objects.filter(
        complaint=complaint, kind=WorkItem.Kind.STAGE, closed_at__isnull=True, recalled_at__isnull=True
    )
    return items.first()


def put_away(complaint: Complaint) -> None:
    """Close all open work on a complaint that has ended."""
    now = clock.now()
    WorkItem.objects.filter(complaint=complaint, closed_at__isnull=True).update(closed_at=now)
