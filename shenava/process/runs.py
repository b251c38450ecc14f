"""Runs: a complaint's way through its process. Called under the complaint's lock; never performs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from shenava.process import kernel, moving
from shenava.process.kernel import Kernel, State
from shenava.process.models import Instance, Timer, WorkItem
from shenava.process.moving import Move, Told
from shenava.process.outside import World
from shenava.process.publishing import graph_of, process_for
from shenava.process.stepping import Moved, Moving, StaleRunError, Step, moved, own_run, run_of, stage_of, state_of

if TYPE_CHECKING:
    from shenava.complaints.models import Complaint

__all__ = ["Moved", "StaleRunError", "Step", "stage_of", "state_of"]


def opening(verb: str, complaint: Complaint) -> Instance:
    """The run of a complaint that this verb brings into being, on the process that the rules say. Not kept yet: the
    complaint comes first. No query while the set-up stays as it is. Raises NotAllowedNow."""
    at, world = complaint.entered_at, World(complaint)
    version = process_for(world.facts())
    moves = Kernel(graph_of(version), world, at)
    state = moves.do(moves.start(), verb).as_json()
    return Instance(version=version, first=state, state=state, started_at=at)


def begin(complaint: Complaint, run: Instance) -> Moved:
    """Keep the run of a complaint that has just come into being."""
    run.complaint = complaint
    run.save(force_insert=True)
    moved = Moving(complaint, run.started_at)
    moved.follow(run, State())
    return moved.come_to(run)


def advance(complaint: Complaint, verb: str, *, at: datetime) -> Moved:
    """Let the process answer a verb. Open work on the stage moves along. Raises NotAllowedNow, StaleRunError."""
    return moved(complaint, own_run(complaint), Move("do", {"verb": verb}), at)


def finish(complaint: Complaint, item: WorkItem, outcome: str, *, at: datetime) -> Moved:
    """Somebody has finished a task of the process. Of several people each has one voice: that of his work item."""
    run = run_of(complaint, item.instance_id)
    of = WorkItem.objects.filter(instance=run, token=item.token).count()
    said = {"token": item.token, "outcome": outcome, "voice": str(item.pk), "of": of}
    return moved(complaint, run, Move("finish", said), at)


def go_on(complaint: Complaint, timer: Timer, *, at: datetime, values: Mapping[str, Any] | None = None) -> Moved:
    """The moment of a timer has come, or its operation was performed, with these values."""
    run = run_of(complaint, timer.instance_id)
    if timer.kind == Timer.Kind.TIME:
        return moved(complaint, run, Move("fire", {"timer": timer.key}), at)
    return moved(complaint, run, Move("complete", {"token": timer.key, "values": dict(values or {})}), at)


def message(complaint: Complaint, name: str, *, at: datetime) -> Moved:
    """Something has come that the complaint's run waits for. Raises NotAllowedNow where it does not."""
    return moved(complaint, own_run(complaint), Move("message", {"name": name}), at)


def allowed_verbs(complaint: Complaint) -> frozenset[str]:
    """The verbs that the process allows now; no query where instance and version are at hand."""
    run = own_run(complaint)
    return kernel.allowed(graph_of(run.version), state_of(run))


def replayed(run: Instance) -> State:
    """The state that the log of a run leads to; the same as the one that is kept, or the log is not whole."""
    state = State.from_json(run.first)
    for event in run.events.select_related("version").order_by("seq"):
        moves = Kernel(graph_of(event.version), Told(event.answers), event.at)
        state = moving.made(moves, state, Move(event.kind, event.said))
    return state
