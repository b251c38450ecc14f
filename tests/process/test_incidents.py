"""Incidents: what a process could not do by itself is tried again, moved by hand or done without."""

from __future__ import annotations

import pytest

from shenava.common import clock
from shenava.complaints import actions, sweeps
from shenava.journal.actions import Refused
from shenava.process import publishing, questions, runs
from shenava.process.models import Incident, Timer, WorkItem
from tests.process.samples import branching, delivered, way
from tests.process.test_branches import LATER, kept
from tests.world import World


def stopped(world: World) -> Incident:
    """A complaint whose reminder could not be given: its node is gone from the drawing behind its back."""
    publishing.publish(branching(), by=world.administrator)
    complaint = world.taken()
    Timer.objects.filter(complaint=complaint).update(key="99")
    with clock.shifted(LATER):
        sweeps.drive()
    return Incident.objects.get()


def test_what_fails_leaves_an_incident_and_is_not_tried_again_by_itself(world: World) -> None:
    incident = stopped(world)
    assert (incident.node, incident.kind, incident.tries) == ("late", "fire", 1)
    assert incident.error.startswith("NotAllowedNow")
    with clock.shifted(LATER):
        sweeps.drive()
    assert Incident.objects.get().tries == 1
    assert Timer.objects.get().failed_at is not None


def test_one_that_fails_keeps_no_other_from_going_on(world: World) -> None:
    stopped(world)
    other = world.taken()
    with clock.shifted(LATER):
        sweeps.drive()
    assert WorkItem.objects.filter(complaint=other, title="reminder").exists()


def test_an_administrator_has_it_tried_again_when_nothing_is_in_the_way_any_more(world: World) -> None:
    incident = stopped(world)
    state = runs.state_of(kept(incident.complaint))
    Timer.objects.update(key=next(iter(state.timers)))
    Incident.objects.update(key=next(iter(state.timers)))
    actions.retry_step(incident.complaint, incident=Incident.objects.get(), by=world.administrator)
    with clock.shifted(LATER):
        sweeps.drive()
    assert WorkItem.objects.filter(complaint=incident.complaint, title="reminder").exists()
    assert Incident.objects.get().solution == "retried"
    with pytest.raises(Refused):
        actions.retry_step(incident.complaint, incident=incident, by=world.administrator)


def blocked(world: World) -> Incident:
    """A complaint that was answered, while the process asks for a table that is there no more."""
    content = delivered()
    content["nodes"] |= {"triage": {"kind": "decision", "table": "lost"}}
    flows = [flow for flow in content["flows"] if (flow["from"], flow.get("on")) != ("in_handling", "respond")]
    content["flows"] = [*flows, way("in_handling", "triage", on="respond"), way("triage", "responded")]
    with pytest.MonkeyPatch.context() as while_published:
        while_published.setitem(questions._questions, "lost", questions.Question("lost", "", "", (), ()))
        publishing.publish(content, by=world.administrator)
    return Incident.objects.get(complaint=world.responded())


def test_a_verb_whose_way_is_blocked_is_done_and_the_process_follows_when_somebody_has_seen_to_it(world: World) -> None:
    incident = blocked(world)
    complaint = incident.complaint
    assert (complaint.stage, complaint.responses.count(), incident.node) == ("in_handling", 1, "lost")
    actions.retry_step(complaint, incident=incident, by=world.administrator)
    again = Incident.objects.get(complaint=complaint, solved_at=None)
    actions.move_step(complaint, incident=again, to="responded", by=world.administrator)
    assert complaint.stage == "responded"
    assert runs.replayed(kept(complaint)) == runs.state_of(kept(complaint))


def test_nothing_is_moved_to_an_end_by_hand_nor_by_whoever_is_no_administrator(world: World) -> None:
    incident = stopped(world)
    for to in ("closed", "fork", "nowhere"):
        with pytest.raises(Refused):
            actions.move_step(incident.complaint, incident=incident, to=to, by=world.administrator)
    with pytest.raises(Refused):
        actions.leave_out_step(incident.complaint, incident=incident, by=world.sara)
    assert Incident.objects.get().solved_at is None


def test_an_operation_or_a_reminder_is_done_without(world: World) -> None:
    incident = stopped(world)
    state = runs.state_of(kept(incident.complaint))
    Timer.objects.update(key=next(iter(state.timers)))
    Incident.objects.update(key=next(iter(state.timers)))
    actions.leave_out_step(incident.complaint, incident=Incident.objects.get(), by=world.administrator)
    assert not Timer.objects.exists()
    assert runs.state_of(kept(incident.complaint)).timers == {}
    assert Incident.objects.get().solution == "left_out"


def test_what_stopped_in_a_complaint_that_is_withdrawn_needs_nobody_any_more(world: World) -> None:
    incident = blocked(world)
    actions.withdraw(incident.complaint, by=incident.complaint.complainant)
    incident.refresh_from_db()
    assert (incident.solution, incident.solved_by) == ("overtaken", None)
