"""Incidents: where a run could not go on by itself; somebody tries again, moves it by hand or does without."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from shenava.process.kernel import WAITING, NotAllowedNow
from shenava.process.models import Incident, Instance, Timer
from shenava.process.moving import Move
from shenava.process.publishing import graph_of
from shenava.process.stepping import Moved, moved, run_of, stage_of, state_of, write_incident

if TYPE_CHECKING:
    from shenava.complaints.models import Complaint


def again(complaint: Complaint, incident: Incident, *, at: datetime) -> Moved:
    """Try once more what had failed. What the clock does is tried at its next round."""
    run = run_of(complaint, incident.instance_id)
    timers = Timer.objects.filter(instance=run, key=incident.key)
    if incident.key and timers.update(failed_at=None, due_at=at):
        return Moved(stage_of(run if run.complaint_id else complaint.instance), is_due=True)
    return moved(complaint, run, Move(incident.kind, incident.said), at)


def without(complaint: Complaint, incident: Incident, *, at: datetime) -> Moved:
    """Do without what had failed: an operation counts as performed, a reminder does not come. A verb stays where it
    led to nothing."""
    run = run_of(complaint, incident.instance_id)
    kinds = {"fire": ("forget", "timer"), "complete": ("complete", "token")}
    if incident.kind not in kinds:
        return Moved(stage_of(complaint.instance))
    kind, name = kinds[incident.kind]
    return moved(complaint, run, Move(kind, {name: incident.key}), at)


def by_hand(complaint: Complaint, incident: Incident, to: str, *, at: datetime) -> Moved:
    """Lay the token that cannot go on at another node. Raises NotAllowedNow where it cannot lie there."""
    run = run_of(complaint, incident.instance_id)
    if to not in dict(places(incident, "en")):
        raise NotAllowedNow("move", to)
    return moved(complaint, run, Move("move", {"token": token_of(run, incident), "to": to}), at)


def unsolved() -> QuerySet[Incident]:
    """What nobody has seen to yet."""
    return Incident.objects.filter(solved_at__isnull=True).select_related("complaint", "instance__version")


def step_name(incident: Incident, language: str) -> str:
    """What the step is called where it stopped; its key where it has no name."""
    node = graph_of(incident.instance.version).nodes.get(incident.node)
    return node.name(language) if node else incident.node


def places(incident: Incident, language: str) -> list[tuple[str, str]]:
    """Where it can be laid by hand, with names: of the same part of the process, a stage only what holds the complaint.

    Never at an end: a complaint is closed by whoever decides so.
    """
    run = incident.instance
    token = state_of(run).tokens.get(token_of(run, incident))
    drawn = graph_of(run.version)
    if token is None:
        return []
    here = drawn.nodes[token.node]
    alike = [
        node
        for node in drawn.nodes.values()
        if node.inside == here.inside and node.kind in WAITING and (node.kind == "stage") == (here.kind == "stage")
    ]
    return [(node.key, node.name(language)) for node in alike if node.key != here.key]


def token_of(run: Instance, incident: Incident) -> str:
    """The token that cannot go on: the one it is about, the one whose timer it is, else that of the stage."""
    state = state_of(run)
    if incident.key in state.timers:
        return state.timers[incident.key].token
    if incident.key in state.tokens:
        return incident.key
    return next((key for key, token in state.tokens.items() if token.node == state.here), "")


def failed(timer: Timer, error: Exception, *, at: datetime) -> Incident:
    """What was due by itself has failed: it is not tried again until somebody has looked at it."""
    Timer.objects.filter(pk=timer.pk).update(failed_at=at)
    is_time = timer.kind == Timer.Kind.TIME
    said = {"timer": timer.key} if is_time else {"token": timer.key}
    return write_incident(
        timer.instance, timer.complaint, Move("fire" if is_time else "complete", said), (timer.node, error), at
    )
