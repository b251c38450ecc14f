"""Planning: what would become of the open runs of one version in another. Reads only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.db.models import Prefetch, QuerySet

from shenava.process.comparing import compared
from shenava.process.going_over import passed, state_in, why_not
from shenava.process.kernel import Graph, Node, NotMovableError, State
from shenava.process.models import Instance, ProcessVersion, RunEvent
from shenava.process.publishing import graph_of

LOOKED_THROUGH = 1_000
"""Of so many runs the whole way is looked at for a plan; of more, when they are moved."""
BATCH = 200


@dataclass(frozen=True)
class Place:
    """A step where open runs wait: how many, whether it is there no more, and where its work could go."""

    node: Node
    runs: int
    is_gone: bool
    choices: tuple[Node, ...] = ()


@dataclass
class Plan:
    """How many runs are open, where they wait, how many find a place, and why the others do not, by step.

    `unaffected`: of how many nothing that they passed has changed; None where they are too many to be looked through.
    """

    total: int = 0
    over: int = 0
    unaffected: int | None = 0
    places: list[Place] = field(default_factory=list)
    stays: Counter[tuple[str, str]] = field(default_factory=Counter)


def open_runs(version: ProcessVersion) -> QuerySet[Instance]:
    """The runs of a version that have not ended, called ones among them."""
    return Instance.objects.filter(version=version, ended_at__isnull=True)


def plan_migration(old: ProcessVersion, new: ProcessVersion, mapping: Mapping[str, str] | None = None) -> Plan:
    """What would become of each open run, the work of steps that are gone going where `mapping` says."""
    change = default_mapping(old, new) | dict(mapping or {})
    plan, waiting, movable = Plan(), Counter[str](), set[int]()
    for pk, kept in open_runs(old).values_list("pk", "state").iterator():
        state = State.from_json(kept)
        plan.total += 1
        waiting.update({token.node for token in state.tokens.values()})
        try:
            state_in(state, old, new, change)
        except NotMovableError as error:
            plan.stays[error.faults[0].node, why_not(error)] += 1
        else:
            movable.add(pk)
    plan.over = len(movable)
    plan.unaffected = _unaffected(old, new, movable) if plan.total <= LOOKED_THROUGH else None
    plan.places = list(_places(graph_of(old), graph_of(new), waiting, default_mapping(old, new)))
    return plan


def default_mapping(old: ProcessVersion, new: ProcessVersion) -> dict[str, str]:
    """The steps that have only another key."""
    return dict(compared(graph_of(old), graph_of(new)).became)


def affected_by(old: ProcessVersion, new: ProcessVersion) -> frozenset[str]:
    """The steps of the old version that are gone or handled in another way."""
    return compared(graph_of(old), graph_of(new)).affected


def successors_of(node: Node, new: Graph) -> tuple[Node, ...]:
    """Where the work of a step could go: steps of its kind, in the same part of the process, that have a name."""
    return tuple(one for one in new.in_order() if (one.kind, one.inside) == (node.kind, node.inside) and one.names)


def _places(old: Graph, new: Graph, waiting: Counter[str], became: Mapping[str, str]) -> Iterator[Place]:
    for node in old.in_order():
        if waiting[node.key]:
            now = new.nodes.get(became.get(node.key, node.key))
            is_gone = now is None or now.kind != node.kind
            yield Place(node, waiting[node.key], is_gone, successors_of(node, new) if is_gone else ())


def _unaffected(old: ProcessVersion, new: ProcessVersion, movable: set[int]) -> int:
    affected = affected_by(old, new)
    if not affected:
        return len(movable)
    events = Prefetch("events", RunEvent.objects.select_related("version").order_by("seq"))
    runs = Instance.objects.filter(pk__in=movable).select_related("version").prefetch_related(events)
    return sum(not affected & passed(run, run.events.all()) for run in runs.iterator(BATCH))
