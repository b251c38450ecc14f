"""Runs: a complaint on its way, the version it keeps, and the work in cartables."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from shenava.common import clock
from shenava.complaints import actions, policy
from shenava.complaints.models import Complaint
from shenava.journal.models import Entry
from shenava.journal.verify import verify
from shenava.process import drawn, publishing, renewing, runs, vocabulary
from shenava.process.kernel import FINISH, Fault, FaultyGraphError, NotAllowedNow
from shenava.process.models import FinalVersionError, Instance, Process, ProcessVersion, WorkItem
from tests.process.samples import default, delivered
from tests.world import World


def bar(complaint: Complaint) -> list[str]:
    marks = {(True, False): "✓", (False, True): "●", (False, False): "○"}
    return [marks[step.is_done, step.is_current] + step.name for step in drawn.steps(complaint.instance, "en")]


def renamed() -> dict[str, object]:
    """The delivered definition with another name for a stage."""
    content = delivered()
    content["nodes"]["in_handling"]["names"]["en"] = "Being looked into"
    return content


def test_every_verb_of_the_menu_has_its_place_in_the_delivered_process_and_no_other_has() -> None:
    named = {verb for key in default().nodes for verb in default().verbs_at(key)}
    asked = {verb for verb in actions.MENU if not policy.RULES[verb].beside}
    assert named | {FINISH} == asked == vocabulary.known_verbs()


def test_a_complaint_begins_on_the_current_version(world: World) -> None:
    complaint = world.complaint()
    instance = Instance.objects.get(complaint=complaint)
    assert instance.version == Process.objects.get(key="complaint").current_version
    assert instance.state == {"here": "registered", "last": 2, "tokens": {"2": ["registered"]}}
    assert instance.ended_at is None


def test_each_move_is_counted_and_the_end_has_its_moment(world: World) -> None:
    complaint = world.responded()
    before = complaint.instance.rev
    actions.record_acceptance(complaint, by=complaint.complainant)
    closed = Instance.objects.get(complaint=complaint)
    assert (closed.rev, closed.ended_at is None) == (before + 1, False)
    actions.reopen(complaint, text="It shakes again.", by=complaint.complainant)
    assert Instance.objects.get(complaint=complaint).ended_at is None


def test_a_verb_that_moves_nothing_leaves_the_run_as_it_is(world: World) -> None:
    complaint = world.taken()
    before = Instance.objects.values().get(complaint=complaint)
    actions.note(complaint, text="Called the workshop.", by=world.sara)
    assert Instance.objects.values().get(complaint=complaint) == before


def test_a_verb_out_of_place_is_refused_and_moves_nothing(world: World) -> None:
    complaint = world.taken()
    with pytest.raises(NotAllowedNow):
        runs.advance(complaint, "close", at=clock.now())
    assert Instance.objects.get(complaint=complaint).state == {
        "here": "in_handling",
        "last": 3,
        "tokens": {"3": ["in_handling"]},
    }


def test_two_that_knew_the_same_state_cannot_both_move_it(world: World) -> None:
    key = world.taken().pk
    first, second = Complaint.objects.for_page().get(pk=key), Complaint.objects.for_page().get(pk=key)
    runs.advance(first, "respond", at=clock.now())
    with pytest.raises(runs.StaleRunError):
        runs.advance(second, "withdraw", at=clock.now())
    assert Instance.objects.get(complaint=first).state == {
        "here": "responded",
        "last": 4,
        "tokens": {"4": ["responded"]},
    }


def test_open_work_moves_along_with_the_stage(world: World) -> None:
    complaint = world.complaint()
    item = WorkItem.objects.get(complaint=complaint)
    assert (item.node, item.instance) == ("registered", complaint.instance)
    actions.take(complaint, by=world.sara)
    held = list(WorkItem.objects.filter(complaint=complaint).order_by("pk").values_list("node", flat=True))
    assert held == ["registered", "in_handling"]


def test_the_verbs_of_a_page_cost_no_query(world: World, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    complaint = Complaint.objects.for_page().get(pk=world.taken().pk)
    with django_assert_num_queries(0):
        assert "respond" in runs.allowed_verbs(complaint)
        assert drawn.stage_name(complaint.instance.version, "in_handling", "fa") == "در دست رسیدگی"
        assert bar(complaint) == ["✓Registered", "●In handling", "○Responded", "○Closed"]


def test_a_side_exit_stands_in_the_steps_bar_and_no_step_ahead_of_it(world: World) -> None:
    complaint = world.taken()
    actions.withdraw(complaint, by=complaint.complainant)
    assert bar(complaint) == ["✓Registered", "●Withdrawn"]


def test_a_stage_unknown_to_the_version_is_shown_by_its_key(world: World) -> None:
    assert drawn.stage_name(publishing.deliver_default(), "lost", "he") == "lost"


def test_delivering_twice_is_one_version_and_one_fact(world: World) -> None:
    first, second = publishing.deliver_default(), publishing.deliver_default()
    assert first == second
    assert ProcessVersion.objects.count() == 1
    assert Entry.objects.filter(kind="process.published").count() == 1


def test_a_new_version_is_for_new_complaints_and_running_ones_keep_theirs(world: World) -> None:
    running = world.taken()
    version = publishing.publish(renamed(), by=world.administrator)
    begun = world.taken()
    assert (version.number, version.published_by) == (2, world.administrator)
    assert [bar(running)[1], bar(begun)[1]] == ["●In handling", "●Being looked into"]
    assert list(ProcessVersion.objects.order_by("number").values_list("state", flat=True)) == [
        "retired",
        "published",
    ]
    assert verify().broken == ()


def test_going_back_to_an_earlier_wording_is_a_version_of_its_own(world: World) -> None:
    publishing.publish(renamed(), by=world.administrator)
    assert publishing.deliver_default().number == 3


def test_an_upgrade_brings_the_delivered_definition_and_leaves_ones_own(world: World) -> None:
    publishing.publish(renamed(), by=world.system)
    renewing.renew()
    assert Process.objects.get(is_chosen=True).current_version.number == 3
    own = publishing.publish(renamed(), by=world.administrator)
    renewing.renew()
    assert Process.objects.get(is_chosen=True).current_version == own


def test_complaints_under_way_go_over_with_an_upgrade_where_their_stage_still_exists(world: World) -> None:
    content = delivered()
    content["nodes"]["in_handling"]["verbs"] = ["take", "assign"]
    content["nodes"]["parked"] = {"kind": "stage", "names": {"en": "Parked", "fa": "متوقف", "he": "מושהה"}, "verbs": []}
    content["flows"].append({"from": "registered", "to": "parked", "on": "ask_complainant"})
    content["flows"].append({"from": "parked", "to": "closed", "on": "close", "outcome": "accepted"})
    old = publishing.publish(content, by=world.system)
    under_way, parked = world.taken(), world.complaint()
    Instance.objects.filter(complaint=parked).update(state={"here": "parked", "last": 1, "tokens": {"1": ["parked"]}})
    assert not policy.may(world.sara, "refer", under_way)
    renewing.renew()
    under_way.instance.refresh_from_db()
    assert policy.may(world.sara, "refer", Complaint.objects.for_page().get(pk=under_way.pk))
    assert Instance.objects.get(complaint=parked).version == old
    assert Entry.objects.get(kind="process.carried_over").data["runs"] == 1
    renewing.renew()
    assert Entry.objects.filter(kind="process.carried_over").count() == 1


def test_a_definition_with_words_nobody_knows_is_not_published(world: World) -> None:
    content = delivered()
    content["nodes"]["draft"] |= {"verbs": ["levitate"], "role": "wizard"}
    with pytest.raises(FaultyGraphError) as refusal:
        publishing.publish(content, by=world.administrator)
    assert refusal.value.faults == [
        Fault("draft", "names the verb 'levitate', which nobody can do"),
        Fault("draft", "names the role 'wizard', which does not exist"),
    ]
    assert ProcessVersion.objects.count() == 1


@pytest.mark.parametrize(
    "change", [{"graph": {}}, {"number": 9}, {"sha256": "0"}, {"published_at": None}, {"state": "draft"}]
)
def test_a_published_version_refuses_every_change_twice(world: World, change: dict[str, object]) -> None:
    version = ProcessVersion.objects.get()
    kept = ProcessVersion.objects.values().get()
    version.__dict__.update(change)
    with pytest.raises(FinalVersionError):
        version.save()
    with pytest.raises(DatabaseError, match="final"), transaction.atomic():
        ProcessVersion.objects.update(**change)
    assert ProcessVersion.objects.values().get() == kept


def test_a_published_version_is_never_deleted(world: World) -> None:
    version = ProcessVersion.objects.get()
    with pytest.raises(FinalVersionError):
        version.delete()
    with pytest.raises(DatabaseError, match="final"), transaction.atomic():
        connection.cursor().execute("DELETE FROM process_processversion")
    assert ProcessVersion.objects.exists()


def test_a_draft_may_change_and_go(world: World) -> None:
    draft = ProcessVersion.objects.create(
        process=Process.objects.get(), number=2, graph={}, sha256="", state=ProcessVersion.State.DRAFT
    )
    draft.graph = delivered()
    draft.save()
    draft.refresh_from_db()
    assert draft.graph == delivered()
    draft.delete()
    assert ProcessVersion.objects.count() == 1


def test_the_first_look_is_noted_and_later_ones_change_nothing(world: World) -> None:
    world.complaint()
    lying = WorkItem.objects.open().held_by({world.service.pk})
    first = clock.now()
    assert lying.mark_seen(first) == 1
    assert lying.mark_seen(first + timedelta(hours=1)) == 0
    assert lying.get().seen_at == first
    assert not lying.unseen().exists()


def test_the_sent_folder_holds_what_went_to_others(world: World) -> None:
    complaint = world.taken()
    actions.assign(complaint, to=world.reza, by=world.sara)
    assert [item.holder for item in WorkItem.objects.sent_by_party(world.sara)] == [world.reza]


def test_a_closed_item_waits_no_longer(world: World) -> None:
    complaint = world.complaint()
    sent = WorkItem.objects.get(complaint=complaint)
    with clock.shifted(timedelta(hours=5)):
        actions.withdraw(complaint, by=complaint.complainant)
    item = WorkItem.objects.get(complaint=complaint)
    assert item.waiting(sent.sent_at + timedelta(days=9)).whole == item.closed_at - sent.sent_at
