"""Automations that a time sets off: so long after a stage was entered, or before a promise is due."""

from __future__ import annotations

from datetime import timedelta

from shenava.common import clock
from shenava.complaints import actions, firing
from shenava.process.models import Firing, WorkItem
from tests.complaints.automating import (
    HOUR,
    SATURDAY,
    note,
    results,
    tick,
    written,
)
from tests.world import World


def test_working_hours_after_a_stage_was_entered_are_counted_by_the_calendar(world: World) -> None:
    with clock.set_to(SATURDAY):
        written(world, "stage:registered", "remind", arguments={"to": "managers"}, amount=10, measure="working_hours")
        world.complaint()
    tick(SATURDAY + 10 * HOUR)  # the evening: eight hours of work are over
    assert not Firing.objects.exists()
    tick(SATURDAY + 27 * HOUR)
    tick(SATURDAY + 28 * HOUR)
    assert results() == [("done", "")]
    assert WorkItem.objects.get(title="escalation").holder == world.manager


def test_what_was_over_before_it_was_switched_on_does_not_set_it_off(world: World) -> None:
    with clock.set_to(SATURDAY):
        world.complaint()
    with clock.set_to(SATURDAY + 30 * HOUR):
        note(world, "stage:registered", amount=2, measure="hours")
    tick(SATURDAY + 31 * HOUR)
    assert not Firing.objects.exists()


def test_a_complaint_that_has_left_the_stage_is_not_looked_at(world: World) -> None:
    with clock.set_to(SATURDAY):
        note(world, "stage:registered", amount=2, measure="hours")
        complaint = world.complaint()
    with clock.set_to(SATURDAY + HOUR):
        actions.take(complaint, by=world.sara)
    tick(SATURDAY + 3 * HOUR)
    assert not Firing.objects.exists()


def test_before_a_promise_is_due(world: World) -> None:
    with clock.set_to(SATURDAY):
        note(world, "promise:answer", amount=2, measure="days")
        complaint = world.complaint()
    due = complaint.due_at
    assert due is not None
    tick(due - timedelta(days=3))
    assert not Firing.objects.exists()
    tick(due - timedelta(days=2))
    tick(due - timedelta(days=1))
    assert results() == [("done", "")]


def test_a_date_that_is_brought_nearer_is_not_passed_over(world: World) -> None:
    with clock.set_to(SATURDAY):
        note(world, "promise:answer", amount=2, measure="days")
        complaint = world.taken()
        firing.automate_by_clock()
        firing.look_ahead(complaint_id=complaint.pk)
        assert not Firing.objects.exists()
        actions.change_deadline(complaint, due_at=SATURDAY + 30 * HOUR, reason="It leaks.", by=world.sara)
        firing.automate_by_clock()
        firing.look_ahead(complaint_id=complaint.pk)
        firing.look_ahead(complaint_id=complaint.pk)
    assert results() == [("done", "")]
