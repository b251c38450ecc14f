"""Operations: what a process may have done by itself. Each says what it has come to, for the run to know."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from shenava.common import clock
from shenava.complaints.actions.holding import let_read, managers
from shenava.complaints.models import Complaint
from shenava.people.models import Party
from shenava.process.models import WorkItem

REMINDER, ESCALATION = "reminder", "escalation"


def remind_holder(complaint: Complaint, by: Party) -> Mapping[str, Any]:
    """Remind whoever answers for the complaint: a task in the cartable."""
    return {"reminded": _tell(complaint, [complaint.owner], REMINDER, by)}


def tell_managers(complaint: Complaint, by: Party) -> Mapping[str, Any]:
    """Tell the complaints managers: a task in the cartable of each who takes no part in the matter."""
    return {"told": _tell(complaint, managers().exclude(pk__in=complaint.excluded), ESCALATION, by)}


OPERATIONS: dict[str, Callable[[Complaint, Party], Mapping[str, Any]]] = {
    "remind_holder": remind_holder,
    "tell_managers": tell_managers,
}


def _tell(complaint: Complaint, parties: Iterable[Party], title: str, by: Party) -> int:
    """A task for each who has none of this title yet; how many were told."""
    waiting = WorkItem.objects.open().filter(complaint=complaint, title=title).values_list("holder", flat=True)
    told = [party for party in parties if party.pk not in set(waiting)]
    for party in told:
        WorkItem.objects.create(
            complaint=complaint,
            holder=party,
            kind=WorkItem.Kind.TASK,
            node=complaint.stage,
            title=title,
            due_at=complaint.due_at,
            sent_by=by,
            sent_at=clock.now(),
        )
        let_read(complaint, party)
    return len(told)
