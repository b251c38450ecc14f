"""Two people finish two branches at one moment: the run joins exactly once, and each is told the truth."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from shenava.common import clock
from shenava.complaints import actions, sweeps
from shenava.complaints.actions.going_over import carry_out
from shenava.complaints.models import Complaint
from shenava.people.models import Party
from shenava.process import migrating, publishing, runs
from shenava.process.agreement import disagreeing
from shenava.process.models import Incident, Instance, ProcessVersion, RunEvent, WorkItem
from tests.process.samples import branching
from tests.process.test_branches import LATER, forked
from tests.world import World, build

MANY = 60
SOME = 15


@pytest.fixture
def db(own_database: None) -> Iterator[None]:
    """These tests commit: they have a database of their own."""
    yield


@pytest.fixture
def world(db: None) -> World:
    return build()


def at_once(world: World, complaint: Complaint) -> None:
    """Ali finishes his step while Sara finishes hers."""
    gate = Barrier(2)

    def finish(node: str, outcome: str, by: Party) -> None:
        item = WorkItem.objects.get(complaint=complaint, node=node)
        mine = Complaint.objects.get(pk=complaint.pk)
        gate.wait()
        actions.finish_step(mine, item=item, outcome=outcome, by=by)
        connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        ends = [
            pool.submit(finish, "inspect", "sound", world.expert),
            pool.submit(finish, "approve", "agreed", world.sara),
        ]
        assert [end.result() for end in ends] == [None, None]


def test_two_who_finish_two_branches_at_once_join_them_exactly_once(world: World) -> None:
    complaints = [forked(world) for _ in range(MANY)]
    for complaint in complaints:
        at_once(world, complaint)
    found = Complaint.objects.filter(stage="weighed")
    assert found.count() == MANY
    assert {run.rev for run in Instance.objects.all()} == {4}
    assert RunEvent.objects.filter(kind="finish").count() == 2 * MANY
    assert disagreeing() == []


def test_several_workers_move_on_what_is_due_each_once(world: World) -> None:
    publishing.publish(branching(), by=world.administrator)
    many = [world.taken() for _ in range(20)]
    gate = Barrier(4)

    def drive(_: int) -> None:
        gate.wait()
        with clock.shifted(LATER):
            sweeps.drive()
        connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(drive, range(4)))
    assert WorkItem.objects.filter(title="reminder").count() == len(many)
    assert not Incident.objects.exists()
    assert disagreeing() == []


def test_whoever_works_while_complaints_go_over_loses_nothing_and_each_goes_over_once(world: World) -> None:
    publishing.publish(branching(), by=world.administrator)
    complaints = [world.taken() for _ in range(SOME)]
    wider = branching()
    wider["nodes"]["weighed"]["role"] = "approver"
    new = publishing.publish(wider, by=world.administrator)
    old = ProcessVersion.objects.get(process=new.process, number=new.number - 1)
    asked = migrating.migrate_runs(new.process, old=old, mode="chosen", mapping={}, by=world.administrator)
    gate = Barrier(3)

    def note() -> None:
        gate.wait()
        for complaint in complaints:
            actions.note(Complaint.objects.get(pk=complaint.pk), text="Look at it.", by=world.sara)
        connections.close_all()

    def carry() -> None:
        gate.wait()
        carry_out(asked.pk)
        connections.close_all()

    with ThreadPoolExecutor(3) as pool:
        assert [end.result() for end in (pool.submit(note), pool.submit(carry), pool.submit(carry))] == [None] * 3
    assert asked.counts() == {"moved": SOME}
    found = Instance.objects.filter(version=new, complaint__in=complaints).select_related("version")
    assert [runs.replayed(run) == runs.state_of(run) for run in found] == [True] * SOME
    assert WorkItem.objects.filter(node__in=["inspect", "approve"], closed_at=None).count() == SOME * 2
    assert disagreeing() == []
