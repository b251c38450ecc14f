"""Going over: a run leaves its version for another one. It keeps where it is, its work and every date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from shenava.process import moving, rows
from shenava.process.kernel import Fault, Graph, Kernel, NotMovableError, Positions, State, migrated, positions
from shenava.process.kernel import faults as over
from shenava.process.models import Instance, MigrationItem, ProcessVersion, RunEvent
from shenava.process.moving import Move, Told
from shenava.process.publishing import graph_of
from shenava.process.stepping import Event, Moved, keep, own_run, run_of, stage_of, state_of

if TYPE_CHECKING:
    from shenava.complaints.models import Complaint

Why = MigrationItem.Why
WHY = {
    over.GONE: Why.GONE, over.OTHER: Why.OTHER, over.JOIN: Why.JOIN, over.VOICES: Why.VOICES, over.NOWHERE: Why.NOWHERE,
}  # fmt: skip
_positions: dict[str, Positions] = {}


class StaysError(Exception):
    """The run stays where it is, and why."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def state_in(state: State, old: ProcessVersion, new: ProcessVersion, mapping: Mapping[str, str]) -> State:
    """Where a run would stand in another version. Raises NotMovableError where it could not go on from there."""
    after = migrated(state, graph_of(old), graph_of(new), mapping)
    if not _positions_of(new).has(after):
        raise NotMovableError([Fault(state.here, over.NOWHERE)])
    return after


def why_not(error: NotMovableError) -> str:
    """The first of what stands in the way."""
    return WHY[error.faults[0].text]


def passed(run: Instance, events: Iterable[RunEvent]) -> set[str]:
    """The nodes that a run has left behind it, as its log tells; where it waits now is not among them."""
    state = State.from_json(run.first)
    left: set[str] = set()
    for event in events:
        kernel = Kernel(graph_of(event.version), Told(event.answers), event.at)
        after = moving.made(kernel, state, Move(event.kind, event.said))
        waiting = {token.node for token in after.tokens.values()}
        left |= kernel.passed - waiting
        left |= {token.node for key, token in state.tokens.items() if key not in after.tokens}
        state = after
    return left | _before(graph_of(run.version), State.from_json(run.first))


def go_over(complaint: Complaint, item: MigrationItem, affected: frozenset[str], *, at: datetime) -> Moved:
    """Let a run go over, in the transaction that holds its complaint. Raises StaysError, NotMovableError."""
    migration, run = item.migration, run_of(complaint, item.instance_id)
    if run.version_id != migration.from_version_id:
        raise StaysError(Why.ELSEWHERE)
    if run.ended_at is not None:
        raise StaysError(Why.CLOSED)
    if affected & passed(run, run.events.select_related("version").order_by("seq")):
        raise StaysError(Why.AFFECTED)
    item.before_state = run.state
    after = state_in(state_of(run), migration.from_version, migration.to_version, migration.mapping)
    lay(run, complaint, migration.to_version, after, at=at)
    item.result, item.rev = MigrationItem.Result.MOVED, run.rev
    item.save(update_fields=["before_state", "result", "rev"])
    return _come_to(complaint)


def come_back(complaint: Complaint, item: MigrationItem, *, at: datetime) -> Moved:
    """Put a run back as it was, unless it has moved on since. Raises StaysError."""
    run = run_of(complaint, item.instance_id)
    if run.rev != item.rev or run.version_id != item.migration.to_version_id:
        raise StaysError(Why.MOVED_ON)
    lay(run, complaint, item.migration.from_version, State.from_json(item.before_state or {}), at=at)
    item.result = MigrationItem.Result.BACK
    item.save(update_fields=["result"])
    return _come_to(complaint)


def lay(run: Instance, complaint: Complaint, to: ProcessVersion, after: State, *, at: datetime) -> None:
    """Lay a run into another version: version, state, log and rows together."""
    before = state_of(run)
    Instance.objects.filter(pk=run.pk, rev=run.rev).update(version=to)
    run.version = to
    keep(run, after, Event(Move(moving.OVER, {"state": after.as_json()}), [], at))
    rows.lay_over(run, complaint, graph_of(to), before=before, at=at)


def _come_to(complaint: Complaint) -> Moved:
    return Moved(stage_of(own_run(complaint)))


def _positions_of(version: ProcessVersion) -> Positions:
    if version.sha256 not in _positions:
        _positions[version.sha256] = positions(graph_of(version))
    return _positions[version.sha256]


def _before(drawn: Graph, first: State) -> set[str]:
    """What may lie between the beginning and where a run was first kept; its log does not tell."""
    waiting = {token.node for token in first.tokens.values()}
    found = list(drawn.onwards(drawn.starts[""].key))
    for node in [node for node in found if node.kind == "stage" and node.key not in waiting]:
        found += [one for flow in drawn.out[node.key] for one in drawn.onwards(flow.target)]
    return {node.key for node in found} - waiting
