"""Stepping: a run is moved, and its log, its rows and the runs above and below it follow in the same transaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from json import dumps
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

from shenava.process import moving, rows
from shenava.process.kernel import Kernel, Node, State, StuckError
from shenava.process.models import Incident, Instance, Process, Timer, WorkItem
from shenava.process.moving import Heard, Move
from shenava.process.outside import World
from shenava.process.publishing import graph_of

if TYPE_CHECKING:
    from shenava.complaints.models import Complaint


KEEP = """
    WITH moved AS (
        UPDATE process_instance SET state = %s, rev = rev + 1, ended_at = %s WHERE id = %s AND rev = %s
        RETURNING id, rev, version_id
    )
    INSERT INTO process_runevent (instance_id, seq, version_id, at, kind, said, answers)
    SELECT id, rev, version_id, %s, %s, %s, %s FROM moved"""


class Event(NamedTuple):
    """A move with what the world answered, and when it was."""

    move: Move
    answers: list[Any]
    at: datetime


class StaleRunError(RuntimeError):
    """Two moved the same run at once: one of them did not hold the complaint's lock. A fault of ours."""


class Step(NamedTuple):
    """A task that a run has come to: somebody has to be found for it."""

    run: Instance
    token: str
    node: Node


@dataclass
class Moved:
    """What has come of a move: the stage where the complaint lies, the tasks that have begun, and whether something
    is to be done by itself at once."""

    stage: str
    begun: list[Step] = field(default_factory=list)
    is_due: bool = False


def own_run(complaint: Complaint) -> Instance:
    """The run of a complaint with its version, whose drawing is at hand already: one query, or none where it was read
    with the complaint."""
    if "instance" not in complaint._state.fields_cache:
        runs = Instance.objects.select_related("version").defer("version__graph")
        complaint.instance = runs.get(complaint=complaint.pk)
    run: Instance = complaint.instance
    return run


def stage_of(run: Instance) -> str:
    """The key of the stage a run is in."""
    return state_of(run).here


def state_of(run: Instance) -> State:
    """Where a run stands."""
    return State.from_json(run.state)


class Moving:
    """Moves of the runs of one complaint at one moment: a move of one may end another that it called, or that waits
    for it."""

    def __init__(self, complaint: Complaint, at: datetime) -> None:
        self.complaint, self.at = complaint, at
        self.begun: list[Step] = []
        self.is_due = False

    def come_to(self, run: Instance) -> Moved:
        """What it has all led to."""
        root = run if run.complaint_id else own_run(self.complaint)
        still = [step for step in self.begun if step.token in state_of(step.run).tokens]
        return Moved(stage_of(root), still, self.is_due)

    def move(self, run: Instance, move: Move) -> None:
        """Move a run: state, log and rows. Where it cannot go on, it stays and an incident says so."""
        before, heard = state_of(run), Heard(World(self.complaint))
        try:
            after = moving.made(Kernel(graph_of(run.version), heard, self.at), before, move)
        except StuckError as stuck:
            Timer.objects.filter(instance=run, key=move.key).update(failed_at=self.at)
            write_incident(run, self.complaint, move, (stuck.node, stuck), self.at)
            return
        if after is before:
            return
        keep(run, after, Event(move, heard.answers, self.at))
        self.follow(run, before)

    def follow(self, run: Instance, before: State) -> None:
        """Let the rows, and the runs above and below, follow what has become of a run."""
        drawn, after = graph_of(run.version), state_of(run)
        self.is_due |= rows.write(run, self.complaint, drawn, before=before, at=self.at)
        if run.complaint_id and before.here not in ("", after.here):
            self._lay_along(run, after.here)
        begun = [key for key in after.tokens if key not in before.tokens]
        self.begun += [
            Step(run, key, drawn.nodes[after.tokens[key].node])
            for key in rows.at_kind(drawn, after, "task")
            if key in begun
        ]
        for key in set(rows.at_kind(drawn, before, "call")) - set(after.tokens):
            self._call_off(run, key)
        for key in rows.at_kind(drawn, after, "call"):
            if key in begun and key in state_of(run).tokens:
                self._call(run, key, drawn.nodes[after.tokens[key].node])
        if after.is_ended and run.parent is not None:
            self._return(run, run.parent, after)

    def _lay_along(self, run: Instance, stage: str) -> None:
        items = WorkItem.objects.filter(complaint=self.complaint, kind=WorkItem.Kind.STAGE, closed_at__isnull=True)
        items.update(node=stage, instance=run)

    def _call(self, run: Instance, token: str, node: Node) -> None:
        process = Process.objects.select_related("current_version").get(key=node.process)
        version = process.current_version
        assert version is not None, "what is not in force is not called"
        state = Kernel(graph_of(version), World(self.complaint), self.at).start()
        called = Instance.objects.create(
            version=version, parent=run, token=token, first=state.as_json(), state=state.as_json(),
            started_at=self.at, ended_at=self.at if state.is_ended else None,
        )  # fmt: skip
        self.follow(called, State())

    def _call_off(self, run: Instance, token: str) -> None:
        for called in Instance.objects.filter(parent=run, token=token, ended_at__isnull=True).select_related("version"):
            called.parent = run
            self.move(called, Move("cancel", {"outcome": "cancelled"}))

    def _return(self, run: Instance, parent: Instance, ended: State) -> None:
        waiting = state_of(parent).tokens.get(run.token)
        if waiting is not None:
            values = {waiting.node: ended.outcome}
            self.move(parent, Move("complete", {"token": run.token, "values": values}))


def moved(complaint: Complaint, run: Instance, move: Move, at: datetime) -> Moved:
    """Make one move of a run, and say what it has led to."""
    moves = Moving(complaint, at)
    moves.move(run, move)
    return moves.come_to(run)


def run_of(complaint: Complaint, pk: int | None) -> Instance:
    """A run of the complaint; its own is the one that the complaint has at hand."""
    own = own_run(complaint)
    if pk == own.pk:
        return own
    called = Instance.objects.select_related("version").get(pk=pk or 0)
    called.parent = run_of(complaint, called.parent_id)
    return called


def keep(run: Instance, state: State, event: Event) -> None:
    """The state and the move that led to it, by one statement: neither is kept without the other."""
    kept = {"state": state.as_json(), "rev": run.rev + 1, "ended_at": event.at if state.is_ended else None}
    moved: list[Any] = [dumps(kept["state"]), kept["ended_at"], run.pk, run.rev]
    told: list[Any] = [event.at, event.move.kind, dumps(event.move.said), dumps(event.answers)]
    with connection.cursor() as cursor:
        cursor.execute(KEEP, moved + told)
        if not cursor.rowcount:
            raise StaleRunError(f"{run} has moved since it was read at {run.rev}")
    run.__dict__.update(kept)


def write_incident(
    run: Instance, complaint: Complaint, move: Move, failure: tuple[str, Exception], at: datetime
) -> Incident:
    """Write down what could not be done, at which node and why; of the same once more it is told how often."""
    node, error = failure
    about: dict[str, Any] = {"instance": run, "kind": move.kind, "key": move.key, "solved_at": None}
    open_one = Incident.objects.filter(**about, said=move.said).first()
    incident = open_one or Incident(complaint=complaint, said=move.said, tries=0, **about)
    incident.node, incident.error, incident.at = node, f"{type(error).__name__}: {error}", at
    incident.tries += 1
    incident.save()
    return incident
