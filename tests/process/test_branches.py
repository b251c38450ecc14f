"""Branches, time and operations of a run: what lies in whose cartable, what the clock moves, what is left on record."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from shenava.common import clock
from shenava.complaints import actions, policy, sweeps
from shenava.complaints.models import Complaint
from shenava.journal.actions import Refused
from shenava.journal.models import Entry
from shenava.people.models import Role, RoleGrant
from shenava.people.standing import standing_of
from shenava.process import publishing, renewing, runs
from shenava.process.agreement import disagreeing
from shenava.process.kernel import Fault, FaultyGraphError
from shenava.process.models import Instance, RunEvent, Subscription, Timer, WorkItem
from tests.process.samples import NAMES, branching, delivered, drawn, outcome, task, way
from tests.world import World, log_in, person

LATER = timedelta(days=3, hours=1)


def forked(world: World, **several: object) -> Complaint:
    """A complaint in handling whose two tasks have begun."""
    publishing.publish(branching(**several), by=world.administrator)
    complaint = world.taken()
    actions.note(complaint, text="Let us look at it.", by=world.sara)
    return complaint


def step(complaint: Complaint, node: str) -> WorkItem:
    return WorkItem.objects.filter(complaint=complaint, node=node, closed_at=None).exclude(token="").earliest("pk")


def open_steps(complaint: Complaint) -> list[str]:
    items = WorkItem.objects.filter(complaint=complaint, closed_at=None).exclude(token="")
    return sorted(items.values_list("node", flat=True))


def kept(complaint: Complaint) -> Instance:
    return Instance.objects.select_related("version").get(complaint=complaint)


def test_tasks_lie_with_whoever_has_their_role_and_are_due_within_their_time(world: World) -> None:
    complaint = forked(world)
    inspection = step(complaint, "inspect")
    assert (inspection.holder, inspection.kind) == (world.service.party, "task")
    assert inspection.due_at == inspection.sent_at + timedelta(days=2)
    assert step(complaint, "approve").due_at == complaint.due_at
    assert complaint.stage == "in_handling"
    assert disagreeing() == []


def test_both_branches_are_finished_before_the_complaint_goes_on(world: World) -> None:
    complaint = forked(world)
    actions.finish_step(complaint, item=step(complaint, "inspect"), outcome="sound", text="Worn.", by=world.expert)
    assert (complaint.stage, open_steps(complaint)) == ("in_handling", ["approve"])
    actions.finish_step(complaint, item=step(complaint, "approve"), outcome="agreed", by=world.sara)
    assert (complaint.stage, open_steps(complaint)) == ("weighed", [])
    assert Complaint.objects.get(pk=complaint.pk).stage == "weighed"
    assert actions.respond(complaint, text="It is repaired.", by=world.sara)
    found = WorkItem.objects.get(complaint=complaint, node="inspect")
    assert (found.outcome, found.answer) == ("sound", "Worn.")
    assert Entry.objects.filter(kind="complaint.step_finished").count() == 2


def test_only_whoever_a_step_lies_with_in_its_role_finishes_it_and_only_once(world: World) -> None:
    complaint = forked(world)
    item = step(complaint, "inspect")
    standing = standing_of(world.sara)
    assert policy.step_verdict(standing, complaint, item) == policy.NOT_THIS_ROLE
    assert policy.step_verdict(standing_of(world.reza), complaint, item).reason
    with pytest.raises(Refused):
        actions.finish_step(complaint, item=item, outcome="sound", by=world.sara)
    with pytest.raises(Refused):
        actions.finish_step(complaint, item=item, outcome="agreed", by=world.expert)
    assert open_steps(complaint) == ["approve", "inspect"]
    actions.finish_step(complaint, item=item, outcome="sound", by=world.manager)
    with pytest.raises(Refused):
        actions.finish_step(complaint, item=item, outcome="sound", by=world.expert)
    assert open_steps(complaint) == ["approve"]


def test_a_step_for_which_nobody_has_the_role_is_done_by_whoever_answers_for_the_complaint(world: World) -> None:
    RoleGrant.objects.filter(role=Role.EXPERT).delete()
    complaint = forked(world)
    item = step(complaint, "inspect")
    assert item.holder == world.sara
    page = log_in(Client(), world.sara).get(f"/desk/complaints/{complaint.reference}/").content.decode()
    assert f'action="/desk/complaints/{complaint.reference}/steps/{item.pk}/"' in page
    actions.finish_step(complaint, item=item, outcome="sound", by=world.sara)
    assert open_steps(complaint) == ["approve"]


def test_where_nobody_approves_it_is_a_manager_and_never_whoever_answers_for_it(world: World) -> None:
    drawing = branching()
    drawing["nodes"]["approve"]["role"] = "approver"
    RoleGrant.objects.filter(role=Role.APPROVER).delete()
    publishing.publish(drawing, by=world.administrator)
    complaint = world.taken()
    actions.note(complaint, text="Let us look at it.", by=world.sara)
    item = step(complaint, "approve")
    assert item.holder == world.manager
    assert not policy.step_verdict(standing_of(world.sara), complaint, item)
    actions.finish_step(complaint, item=item, outcome="agreed", by=world.manager)
    assert open_steps(complaint) == ["inspect"]


def test_a_step_of_several_people_lies_with_each_and_ends_when_enough_have_said_so(world: World) -> None:
    second = person("Kaveh Irani", Role.COMPLAINT_OFFICER, world.service)
    third = person("Mina Rad", Role.COMPLAINT_OFFICER, world.service)
    complaint = forked(world, several={"of": "quorum", "count": 2})
    items = WorkItem.objects.filter(complaint=complaint, node="approve")
    assert {item.holder for item in items} == {world.sara, second, third}
    actions.finish_step(complaint, item=items.get(holder=world.sara), outcome="agreed", by=world.sara)
    assert items.filter(closed_at=None).count() == 2
    actions.finish_step(complaint, item=items.get(holder=third), outcome="agreed", by=third)
    assert items.filter(closed_at=None).count() == 0
    assert items.get(holder=second).answered_at is None
    assert open_steps(complaint) == ["inspect"]
    assert disagreeing() == []


def test_what_leads_away_at_any_time_takes_the_open_steps_along(world: World) -> None:
    complaint = forked(world)
    actions.withdraw(complaint, by=complaint.complainant)
    assert (complaint.stage, open_steps(complaint)) == ("withdrawn", [])
    assert not Timer.objects.filter(complaint=complaint).exists()
    assert disagreeing() == []


def test_tasks_beside_the_process_are_settled_without_the_steps_of_it(world: World) -> None:
    complaint = forked(world)
    look = actions.Look(severity=4, importance=3, is_safety=True)
    actions.assess(complaint, look=look, by=world.sara)
    actions.settle_tasks(complaint, by=world.manager)
    assert open_steps(complaint) == ["approve", "inspect"]


def test_time_reminds_as_often_as_it_was_told_to_and_what_was_seen_to_waits_no_more(world: World) -> None:
    publishing.publish(branching(), by=world.administrator)
    complaint = world.taken()
    timer = Timer.objects.get(complaint=complaint)
    assert (timer.node, timer.kind) == ("late", "time")
    sweeps.drive()
    assert not WorkItem.objects.filter(complaint=complaint, title="reminder").exists()
    with clock.shifted(LATER):
        sweeps.drive()
        assert WorkItem.objects.get(complaint=complaint, title="reminder").holder == world.sara
        assert Timer.objects.get(complaint=complaint).due_at > clock.now()
        assert Entry.objects.filter(kind="complaint.went_on").count() == 2
        assert disagreeing() == []
    with clock.shifted(LATER * 2):
        sweeps.drive()
        assert not Timer.objects.filter(complaint=complaint).exists()
    complaint.refresh_from_db()
    assert complaint.stage == "in_handling"
    assert runs.replayed(kept(complaint)) == runs.state_of(kept(complaint))


def test_what_a_verb_makes_due_is_done_by_the_next_job(world: World) -> None:
    content = delivered()
    content["nodes"] |= {"tell": {"kind": "operation", "operation": "tell_managers"}}
    flows = [flow for flow in content["flows"] if (flow["from"], flow.get("on")) != ("in_handling", "respond")]
    content["flows"] = [*flows, way("in_handling", "tell", on="respond"), way("tell", "responded")]
    publishing.publish(content, by=world.administrator)
    complaint = world.responded()
    assert (complaint.stage, policy.may(world.sara, "respond", complaint).reason) == (
        "in_handling",
        policy.NOT_NOW.reason,
    )
    sweeps.go_on(complaint_id=complaint.pk)
    complaint.refresh_from_db()
    assert complaint.stage == "responded"
    assert WorkItem.objects.get(complaint=complaint, title="escalation").holder == world.manager


def test_the_log_of_a_run_leads_to_the_state_that_is_kept(world: World) -> None:
    complaint = forked(world)
    actions.finish_step(complaint, item=step(complaint, "inspect"), outcome="sound", by=world.expert)
    run = kept(complaint)
    assert runs.replayed(run) == runs.state_of(run)
    assert list(run.events.order_by("seq").values_list("kind", flat=True)) == ["do", "do", "finish"]
    assert RunEvent.objects.filter(instance=run).latest("seq").seq == run.rev


def test_what_is_waited_for_is_on_record_until_it_comes(world: World) -> None:
    content = branching()
    content["nodes"]["inspect"] = {"kind": "message", "message": "parts_came"}
    content["flows"] = [flow for flow in content["flows"] if flow["from"] != "inspect"] + [way("inspect", "join")]
    publishing.publish(content, by=world.administrator)
    complaint = world.taken()
    actions.note(complaint, text="Parts are ordered.", by=world.sara)
    assert Subscription.objects.get(complaint=complaint).message == "parts_came"
    assert disagreeing() == []
    runs.message(complaint, "parts_came", at=clock.now())
    assert not Subscription.objects.exists()
    assert runs.replayed(kept(complaint)) == runs.state_of(kept(complaint))


INSPECTION = drawn(
    {"look": task(), "report": task()},
    way("start", "look"),
    outcome("look", "report"),
    outcome("report", "end", "good"),
    outcome("report", "end", "bad"),
) | {"key": "inspection"}


def calling() -> dict[str, object]:
    content = branching()
    content["nodes"]["inspect"] = {"kind": "call", "process": "inspection", "names": NAMES}
    content["flows"] = [flow for flow in content["flows"] if flow["from"] != "inspect"] + [way("inspect", "join")]
    return content


def test_a_called_process_has_steps_of_its_own_and_its_end_is_known_to_the_one_that_called(world: World) -> None:
    with pytest.raises(FaultyGraphError, match="inspect calls 'inspection', which is not in force"):
        publishing.publish(calling(), by=world.administrator)
    publishing.publish(INSPECTION, by=world.administrator)
    publishing.publish(calling(), by=world.administrator)
    complaint = world.taken()
    actions.note(complaint, text="Have it inspected.", by=world.sara)
    assert open_steps(complaint) == ["approve", "look"]
    actions.finish_step(complaint, item=step(complaint, "approve"), outcome="agreed", by=world.sara)
    actions.finish_step(complaint, item=step(complaint, "look"), outcome="done", by=world.expert)
    assert open_steps(complaint) == ["report"]
    assert disagreeing() == []
    actions.finish_step(complaint, item=step(complaint, "report"), outcome="bad", by=world.expert)
    assert complaint.stage == "weighed"
    called = Instance.objects.get(parent=complaint.instance)
    assert called.ended_at is not None
    assert runs.state_of(kept(complaint)).decided["inspect"] == "end"
    assert runs.replayed(called) == runs.state_of(called)


def test_a_called_process_ends_with_the_step_that_called_it(world: World) -> None:
    publishing.publish(INSPECTION, by=world.administrator)
    publishing.publish(calling(), by=world.administrator)
    complaint = world.taken()
    actions.note(complaint, text="Have it inspected.", by=world.sara)
    actions.withdraw(complaint, by=complaint.complainant)
    assert open_steps(complaint) == []
    assert Instance.objects.get(parent=complaint.instance).ended_at is not None


def test_a_process_that_would_close_without_a_verb_that_closes_is_not_published(world: World) -> None:
    content = branching()
    content["flows"] = [flow | ({"to": "closed"} if flow["to"] == "reminded" else {}) for flow in content["flows"]]
    del content["nodes"]["reminded"]
    with pytest.raises(FaultyGraphError) as refusal:
        publishing.publish(content, by=world.administrator)
    assert Fault("closed", "is reached from remind without a verb that closes the complaint") in refusal.value.faults
    content = delivered()
    content["flows"] += [way("registered", "closed", on="acknowledge")]
    content["nodes"]["registered"]["verbs"].remove("acknowledge")
    with pytest.raises(FaultyGraphError, match="registered leads to an end by 'acknowledge', which closes nothing"):
        publishing.publish(content, by=world.administrator)


def test_words_that_nobody_knows_are_refused_at_their_step(world: World) -> None:
    content = branching()
    content["nodes"]["remind"]["operation"] = "sing"
    content["nodes"]["inspect"]["role"] = "wizard"
    with pytest.raises(FaultyGraphError) as refusal:
        publishing.publish(content, by=world.administrator)
    assert refusal.value.faults == [
        Fault("inspect", "names the role 'wizard', which does not exist"),
        Fault("remind", "names the operation 'sing', which nobody performs"),
    ]


def test_runs_with_open_branches_go_over_to_a_new_version_where_their_places_are(world: World) -> None:
    publishing.publish(branching(), by=world.system)
    complaint = world.taken()
    actions.note(complaint, text="Let us look at it.", by=world.sara)
    content = branching()
    content["nodes"]["inspect"]["names"] = NAMES | {"en": "Look closely"}
    new = publishing.publish(content, by=world.system)
    renewing.carry_over(new)
    assert kept(complaint).version == new
    actions.finish_step(
        Complaint.objects.get(pk=complaint.pk), item=step(complaint, "inspect"), outcome="sound", by=world.expert
    )
    assert runs.replayed(kept(complaint)) == runs.state_of(kept(complaint))


def test_another_worker_is_called_once_however_many_find_much(world: World) -> None:
    for _again in range(3):
        sweeps.call_another()
    assert ProcrastinateJob.objects.filter(task_name="complaints.drive", status="todo").count() == 1
