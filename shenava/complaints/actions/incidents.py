"""Incidents: where a process could not go on by itself, an administrator tries again, moves it or does without.

He arranges it without reading the complaint.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext_lazy as _

from shenava.common import clock
from shenava.complaints.actions.allotting import follow
from shenava.complaints.actions.room import action
from shenava.complaints.facts_of_process import StepLeftOut, StepMoved, StepRetried
from shenava.complaints.models import Complaint
from shenava.journal.actions import Refused, Verdict
from shenava.journal.recording import record
from shenava.people.models import Party
from shenava.process import incidents
from shenava.process.kernel import NotAllowedNow
from shenava.process.models import Incident

OVER = Verdict(_("This has been seen to already."))
OVERTAKEN = Verdict(_("The complaint has moved on since, so that this cannot be tried again."))
NO_PLACE = Verdict(_("It cannot be moved to that step."))


@action
def retry_step(complaint: Complaint, *, incident: Incident, by: Party) -> Incident:
    """Try once more what the process could not do: whatever was in the way may be gone."""
    with _seen_to(complaint, incident, Incident.Solution.RETRIED, by, OVERTAKEN) as stopped:
        record(complaint, StepRetried(incident=stopped.pk), by=by)
        follow(complaint, incidents.again(complaint, stopped, at=clock.now()), by=by)
    return stopped


@action
def move_step(complaint: Complaint, *, incident: Incident, to: str, by: Party) -> Incident:
    """Lay what cannot go on at another step, by hand."""
    with _seen_to(complaint, incident, Incident.Solution.MOVED, by, NO_PLACE) as stopped:
        record(complaint, StepMoved(incident=stopped.pk, to=to), by=by)
        follow(complaint, incidents.by_hand(complaint, stopped, to, at=clock.now()), by=by)
    return stopped


@action
def leave_out_step(complaint: Complaint, *, incident: Incident, by: Party) -> Incident:
    """Do without it: the operation counts as performed, the reminder does not come."""
    with _seen_to(complaint, incident, Incident.Solution.LEFT_OUT, by, OVERTAKEN) as stopped:
        record(complaint, StepLeftOut(incident=stopped.pk), by=by)
        follow(complaint, incidents.without(complaint, stopped, at=clock.now()), by=by)
    return stopped


VERBS = {
    Incident.Solution.RETRIED: "retry_step",
    Incident.Solution.MOVED: "move_step",
    Incident.Solution.LEFT_OUT: "leave_out_step",
}


@contextmanager
def _seen_to(
    complaint: Complaint, incident: Incident, solution: Incident.Solution, by: Party, too_late: Verdict
) -> Iterator[Incident]:
    """The incident, locked and marked as solved; where the run refuses what is done inside, so is the verb."""
    fresh = Incident.objects.select_for_update(no_key=True).get(pk=incident.pk, complaint=complaint)
    if fresh.solved_at is not None:
        raise Refused(OVER, VERBS[solution])
    fresh.solution, fresh.solved_at, fresh.solved_by = solution, clock.now(), by
    fresh.save(update_fields=["solution", "solved_at", "solved_by"])
    try:
        yield fresh
    except NotAllowedNow as error:
        raise Refused(too_late, VERBS[solution]) from error
