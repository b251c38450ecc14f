"""Rows: what people and the clock see of a run. They are what two states differ by, and change with the state."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from shenava.process.kernel import Graph, State
from shenava.process.models import Incident, Instance, Subscription, Timer, WorkItem

if TYPE_CHECKING:
    from shenava.complaints.models import Complaint


class Awaited(NamedTuple):
    """What is waited for by itself: a row of Timer. An operation is due at once (None)."""

    node: str
    kind: str
    due_at: datetime | None


def awaited(drawn: Graph, state: State) -> dict[str, Awaited]:
    """The moments and operations that a run waits for, by the keys of their timers or tokens."""
    found = {key: Awaited(timer.node, Timer.Kind.TIME, timer.due) for key, timer in state.ticking.items()}
    for key in at_kind(drawn, state, "operation"):
        found[key] = Awaited(state.tokens[key].node, Timer.Kind.OPERATION, None)
    return found


def at_kind(drawn: Graph, state: State, kind: str) -> list[str]:
    """The tokens that wait at nodes of this kind."""
    return [key for key, token in state.tokens.items() if drawn.nodes[token.node].kind == kind]


def write(run: Instance, complaint: Complaint, drawn: Graph, *, before: State, at: datetime) -> bool:
    """Change the rows from the state before to the present one; is something due at once by now?"""
    after = State.from_json(run.state)
    _close_steps(run, drawn, before, after, at)
    _wait_for_messages(run, complaint, drawn, before, after)
    old, new = awaited(drawn, before), awaited(drawn, after)
    over = [key for key, one in old.items() if new.get(key) != one]
    if over:
        Timer.objects.filter(instance=run, key__in=over).delete()
    if over or after.is_ended:
        _overtake(run, None if after.is_ended else over, at)
    begun = [
        Timer(complaint=complaint, instance=run, key=key, node=one.node, kind=one.kind, due_at=one.due_at or at)
        for key, one in new.items()
        if old.get(key) != one
    ]
    if begun:
        Timer.objects.bulk_create(begun)
    return any(timer.due_at <= at for timer in begun)


def lay_over(run: Instance, complaint: Complaint, drawn: Graph, *, before: State, at: datetime) -> None:
    """Change the rows to what a run waits for in another drawing, `drawn`: the same work, with the same dates."""
    after, own = State.from_json(run.state), {"instance": run}
    for key, token in after.tokens.items():
        place = {"node": token.node}
        if token.node != before.tokens[key].node:
            WorkItem.objects.filter(**own, token=key).update(**place)
            Timer.objects.filter(**own, key=key).update(**place)
        Subscription.objects.filter(**own, token=key).update(message=drawn.nodes[token.node].message)
    for key in after.ticking.keys() & before.ticking.keys():
        Timer.objects.filter(**own, key=key).update(node=after.timers[key].node)
    over = sorted(before.ticking.keys() - after.ticking.keys())
    Timer.objects.filter(**own, key__in=over).delete()
    _overtake(run, over, at)
    Timer.objects.bulk_create(
        Timer(complaint=complaint, key=key, node=timer.node, kind=Timer.Kind.TIME, due_at=timer.due, **own)
        for key, timer in after.ticking.items()
        if key not in before.ticking
    )
    WorkItem.objects.filter(kind=WorkItem.Kind.STAGE, closed_at=None, **own).update(node=after.here)


def _overtake(run: Instance, keys: list[str] | None, at: datetime) -> None:
    """What had stopped and is not waited for any more needs nobody; of a run that has ended, all of it (None)."""
    open_ones = Incident.objects.filter(instance=run, solved_at__isnull=True)
    gone = open_ones if keys is None else open_ones.filter(key__in=keys)
    gone.update(solution=Incident.Solution.OVERTAKEN, solved_at=at)


def _close_steps(run: Instance, drawn: Graph, before: State, after: State, at: datetime) -> None:
    left = set(at_kind(drawn, before, "task")) - set(after.tokens)
    if left:
        WorkItem.objects.filter(instance=run, token__in=left, closed_at__isnull=True).update(closed_at=at)


def _wait_for_messages(run: Instance, complaint: Complaint, drawn: Graph, before: State, after: State) -> None:
    old, new = set(at_kind(drawn, before, "message")), set(at_kind(drawn, after, "message"))
    if old - new:
        Subscription.objects.filter(instance=run, token__in=old - new).delete()
    if new - old:
        Subscription.objects.bulk_create(
            Subscription(
                complaint=complaint, instance=run, token=key, message=drawn.nodes[after.tokens[key].node].message
            )
            for key in sorted(new - old)
        )
