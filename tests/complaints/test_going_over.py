"""Open complaints go over to a new version, with their work and their dates, and are put back unless they moved on."""

from __future__ import annotations

from typing import Any

import pytest

from shenava.complaints import actions
from shenava.complaints.actions.going_over import carry_out
from shenava.complaints.models import Complaint
from shenava.journal.actions import Refused
from shenava.journal.models import Entry
from shenava.people.models import RoleGrant
from shenava.process import migrating, planning, publishing, runs
from shenava.process.agreement import disagreeing
from shenava.process.models import Instance, Migration, Process, ProcessVersion, Timer
from tests.process.samples import NAMES, branching, delivered
from tests.process.test_branches import kept, open_steps, step
from tests.world import World

OTHER = NAMES | {"en": "Somewhere else"}


def renamed(content: dict[str, Any], old: str, new: str, names: dict[str, str] = OTHER) -> dict[str, Any]:
    """The definition with another key and name for one node."""
    content["nodes"][new] = content["nodes"].pop(old) | {"names": names}
    for timer in [node for node in content["nodes"].values() if node.get("at") == old]:
        timer["at"] = new
    for flow in content["flows"]:
        flow |= {end: new for end in ("from", "to") if flow[end] == old}
    for one in content["anytime"]:
        one["from"] = [new if key == old else key for key in one["from"]]
        one.update({"to": new} if one.get("to") == old else {})
    return content


def fresh(complaint: Complaint) -> Complaint:
    return Complaint.objects.get(pk=complaint.pk)


def first() -> ProcessVersion:
    return ProcessVersion.objects.get(process__key="complaint", number=1)


def move(world: World, mode: str = "chosen", old: ProcessVersion | None = None, **mapping: str) -> Migration:
    process = Process.objects.get(key="complaint")
    old = old or first()
    found = migrating.migrate_runs(process, old=old, mode=mode, mapping=mapping, by=world.administrator)
    carry_out(found.pk)
    found.refresh_from_db()
    return found


def put_back(world: World, migration: Migration) -> Migration:
    process = Process.objects.get(key="complaint")
    migrating.revert_migration(process, migration=migration, by=world.administrator)
    carry_out(migration.pk)
    migration.refresh_from_db()
    return migration


def whole(complaint: Complaint) -> tuple[object, ...]:
    """All that people and the clock see of a run, and its state."""
    run = kept(complaint)
    timers = Timer.objects.filter(instance=run).order_by("key").values_list("key", "node", "due_at", "kind")
    items = complaint.work_items.order_by("pk").values_list("node", "token", "due_at", "closed_at", "holder")
    return run.version.number, run.state, fresh(complaint).stage, list(timers), list(items)


def test_open_complaints_go_on_by_the_new_version_and_closed_ones_stay(world: World) -> None:
    complaint, closed = world.taken(), world.responded()
    actions.record_acceptance(closed, by=world.sara)
    new = publishing.publish(branching(), by=world.administrator)
    migration = move(world)
    assert (kept(complaint).version, kept(closed).version.number) == (new, 1)
    assert migration.counts() == {"moved": 1}
    assert not migration.is_under_way
    actions.note(fresh(complaint), text="Look at it.", by=world.sara)
    assert open_steps(complaint) == ["approve", "inspect"]
    assert (disagreeing(), runs.replayed(kept(complaint))) == ([], runs.state_of(kept(complaint)))


def test_it_is_told_in_both_streams_without_a_word_of_the_complaint(world: World) -> None:
    complaint = world.taken()
    publishing.publish(branching(), by=world.administrator)
    put_back(world, move(world))
    about = Entry.objects.filter(kind__in=["complaint.went_over", "complaint.came_back"])
    assert [one.stream.name for one in about.select_related("stream").order_by("pk")] == [
        f"complaint:{complaint.pk}"
    ] * 2
    kinds = ["process.moved_open_ones", "process.put_back"]
    assert list(Entry.objects.filter(kind__in=kinds).order_by("pk").values_list("kind", flat=True)) == kinds


def test_a_step_that_is_gone_asks_where_its_work_goes_and_dates_stay(world: World) -> None:
    old = publishing.publish(branching(), by=world.administrator)
    complaint = world.taken()
    new = publishing.publish(renamed(branching(), "in_handling", "at_work"), by=world.administrator)
    before = whole(complaint)
    plan = planning.plan_migration(old, new)
    [place] = [one for one in plan.places if one.is_gone]
    assert (place.node.key, place.runs, plan.over, plan.total) == ("in_handling", 1, 0, 1)
    assert plan.stays == {("in_handling", "gone"): 1}
    assert "at_work" in [node.key for node in place.choices]
    assert planning.plan_migration(old, new, {"in_handling": "at_work"}).over == 1
    assert move(world, old=old).counts() == {"stayed": 1}
    migration = move(world, old=old, in_handling="at_work")
    assert (fresh(complaint).stage, kept(complaint).version) == ("at_work", new)
    assert list(complaint.work_items.filter(closed_at=None).values_list("node", flat=True)) == ["at_work"]
    [timer] = Timer.objects.filter(complaint=complaint)
    assert [(timer.key, timer.due_at)] == [(key, due) for key, _node, due, _kind in before[3]]
    assert disagreeing() == []
    put_back(world, migration)
    assert whole(complaint) == before
    assert runs.replayed(kept(complaint)) == runs.state_of(kept(complaint))


def test_a_reminder_that_is_gone_falls_away_and_comes_back_with_its_date(world: World) -> None:
    old = publishing.publish(branching(), by=world.administrator)
    complaint = world.taken()
    before = whole(complaint)
    without = branching()
    for key in ("late", "remind", "reminded"):
        del without["nodes"][key]
    without["flows"] = [flow for flow in without["flows"] if flow["from"] not in ("late", "remind")]
    publishing.publish(without, by=world.administrator)
    migration = move(world, old=old)
    assert Timer.objects.count() == 0
    put_back(world, migration)
    assert whole(complaint) == before
    assert disagreeing() == []


def test_tasks_and_half_come_joins_go_over_with_their_work_and_are_finished_there(world: World) -> None:
    old = publishing.publish(branching(), by=world.administrator)
    complaint = world.taken()
    actions.note(complaint, text="Look at it.", by=world.sara)
    actions.finish_step(complaint, item=step(complaint, "inspect"), outcome="sound", by=world.expert)
    before = whole(complaint)
    new = publishing.publish(renamed(branching(), "approve", "agree"), by=world.administrator)
    migration = move(world, old=old, approve="agree")
    assert (open_steps(complaint), kept(complaint).version) == (["agree"], new)
    put_back(world, migration)
    assert whole(complaint) == before
    move(world, old=old, approve="agree")
    actions.finish_step(fresh(complaint), item=step(complaint, "agree"), outcome="agreed", by=world.sara)
    assert fresh(complaint).stage == "weighed"
    assert (disagreeing(), runs.replayed(kept(complaint))) == ([], runs.state_of(kept(complaint)))


def test_what_would_wait_for_a_branch_that_never_began_stays_and_says_why(world: World) -> None:
    old = publishing.publish(branching(), by=world.administrator)
    complaint = world.taken()
    actions.note(complaint, text="Look at it.", by=world.sara)
    actions.finish_step(complaint, item=step(complaint, "inspect"), outcome="sound", by=world.expert)
    wider = branching()
    wider["nodes"]["weigh"] = wider["nodes"]["inspect"] | {"names": OTHER}
    wider["flows"] += [
        {"from": "fork", "to": "weigh"}, {"from": "weigh", "to": "join", "on": "done", "names": NAMES},
    ]  # fmt: skip
    publishing.publish(wider, by=world.administrator)
    migration = move(world, old=old)
    assert list(migration.items.values_list("result", "why")) == [("stayed", "nowhere")]
    assert kept(complaint).version == old


def test_where_something_that_was_passed_has_changed_it_only_goes_over_if_all_do(world: World) -> None:
    early, late = world.complaint(), world.taken()
    content = delivered()
    content["nodes"]["registered"]["role"] = "contact_agent"
    new = publishing.publish(content, by=world.administrator)
    assert (planning.plan_migration(first(), new).over, planning.plan_migration(first(), new).unaffected) == (2, 1)
    migration = move(world, "unaffected")
    found = {one.instance.complaint_id: (one.result, one.why) for one in migration.items.select_related("instance")}
    assert found == {early.pk: ("moved", ""), late.pk: ("stayed", "affected")}
    assert move(world).counts() == {"moved": 1}
    assert kept(late).version == new


def test_what_was_closed_or_moved_on_meanwhile_is_left_and_named(world: World) -> None:
    stays, closed, moves_on = world.responded(), world.responded(), world.taken()
    publishing.publish(branching(), by=world.administrator)
    process = Process.objects.get(key="complaint")
    asked = migrating.migrate_runs(process, old=first(), mode="chosen", mapping={}, by=world.administrator)
    actions.record_acceptance(closed, by=world.sara)
    carry_out(asked.pk)
    carry_out(asked.pk)
    assert list(asked.items.order_by("pk").values_list("result", "why")) == [
        ("moved", ""), ("stayed", "closed"), ("moved", ""),
    ]  # fmt: skip
    actions.respond(fresh(moves_on), text="It is repaired.", by=world.sara)
    asked.refresh_from_db()
    put_back(world, asked)
    assert asked.counts() == {"back": 1, "stayed": 1, "moved_on": 1}
    assert (kept(stays).version, kept(moves_on).version) == (first(), process.current_version)


def test_a_run_that_cannot_be_read_is_named_and_stops_no_other(world: World) -> None:
    old = publishing.publish(branching(), by=world.administrator)
    broken, sound = world.taken(), world.taken()
    content = branching()
    content["nodes"]["registered"]["role"] = "contact_agent"
    publishing.publish(content, by=world.administrator)
    Instance.objects.filter(complaint=broken).update(state=kept(broken).state | {"here": "nowhere"})
    migration = move(world, old=old)
    found = {one.instance.complaint_id: one.why for one in migration.items.select_related("instance")}
    assert found == {broken.pk: "failed", sound.pk: ""}


def test_only_administrators_ask_for_it_and_whoever_no_longer_is_one_moves_nothing(world: World) -> None:
    complaint = world.taken()
    publishing.publish(branching(), by=world.administrator)
    process = Process.objects.get(key="complaint")
    for other in (world.manager, world.sara, world.system):
        with pytest.raises(Refused):
            migrating.migrate_runs(process, old=first(), mode="chosen", mapping={}, by=other)
    asked = migrating.migrate_runs(process, old=first(), mode="chosen", mapping={}, by=world.administrator)
    RoleGrant.objects.filter(party=world.administrator).delete()
    carry_out(asked.pk)
    assert asked.counts() == {"stayed": 1}
    assert kept(complaint).version == first()


@pytest.mark.parametrize("mapping", [{"in_handling": "closed"}, {"nothing": "responded"}, {"in_handling": "nowhere"}])
def test_work_goes_only_to_steps_of_its_kind(world: World, mapping: dict[str, str]) -> None:
    world.taken()
    publishing.publish(branching(), by=world.administrator)
    with pytest.raises(Refused, match="cannot go there"):
        move(world, **mapping)
    assert Migration.objects.count() == 0


def test_one_at_a_time_and_put_back_once(world: World) -> None:
    world.taken()
    process = Process.objects.get(key="complaint")
    with pytest.raises(Refused, match="Choose two versions"):
        move(world)
    publishing.publish(branching(), by=world.administrator)
    process = Process.objects.get(key="complaint")
    asked = migrating.migrate_runs(process, old=first(), mode="chosen", mapping={}, by=world.administrator)
    with pytest.raises(Refused, match="on their way already"):
        move(world)
    with pytest.raises(Refused, match="on their way already"):
        put_back(world, asked)
    carry_out(asked.pk)
    put_back(world, asked)
    with pytest.raises(Refused, match="put back already"):
        put_back(world, asked)
