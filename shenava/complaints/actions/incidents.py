"""Incidents: where a process could not go on by itself, an administrator tries again, moves it or does without.

He arranges it without reading the complaint.
"""

from __future__ import annotations

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
    incident = _open(complaint, incident, "retry_step")
    _solve(incident, Incident.Solution.RETRIED, by)
    record(complaint, StepRetried(incident=incident.pk), by=by)
    try:
        follow(complaint, incidents.again(complaint, incident, at=clock.now()), by=by)
    except NotAllowedNow as error:
        raise Refused(OVERTAKEN, "retry_step") from error
    return incident


@action
def move_step(complaint: Complaint, *, incident: Incident, to: str, by: Party) -> Incident:
    """Lay what cannot go on at another step, by hand."""
    incident = _open(complaint, incident, "move_step")
    _solve(incident, Incident.Solution.MOVED, by)
    record(complaint, StepMoved(incident=incident.pk, to=to), by=by)
    try:
        follow(complaint, incidents.by_hand(complaint, incident, to, at=clock.now()), by=by)
    except NotAllowedNow as error:
        raise Refused(NO_PLACE, "move_step") from error
    return incident


@action
def leave_out_step(complaint: Complaint, *, incident: Incident, by: Party) -> Incident:
    """Do without it: the operation counts as performed, the reminder does not come."""
    incident = _open(complaint, incident, "leave_out_step")
    _solve(incident, Incident.Solution.LEFT_OUT, by)
    record(complaint, StepLeftOut(incident=incident.pk), by=by)
    try:
        follow(complaint, incidents.without(complaint, incident, at=clock.now()), by=by)
    except NotAllowedNow as error:
        raise Refused(OVERTAKEN, "leave_out_step") from error
    return incident


def _open(complaint: Complaint, incident: Incident, verb: str) -> Incident:
    fresh = Incident.objects.select_for_update(no_key=True).get(pk=incident.pk, complaint=complaint)
    if fresh.solved_at is not None:
        raise Refused(OVER, verb)
    return fresh


def _solve(incident: Incident, solution: str, by: Party) -> None:
    incident.solution, incident.solved_at, incident.solved_by = solution, clock.now(), by
    incident.save(update_fields=["solution", "solved_at", "solved_by"])
