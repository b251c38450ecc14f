"""Automations: what happens by itself when something is the case; through policy, each once, never for ever."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from shenava.common import clock
from shenava.complaints import actions, firing, follow_up
from shenava.complaints.actions import Look, automatic
from shenava.complaints.models import Complaint, Referral
from shenava.journal.actions import Refused
from shenava.journal.models import Entry
from shenava.process import automations
from shenava.process.automation_actions import add_automation, change_automation, switch_off, switch_on
from shenava.process.automations import Plan
from shenava.process.models import Automation, Firing
from tests.complaints.automating import (
    HOUR,
    SAFE,
    TAKEN,
    assign,
    entries,
    let_run,
    note,
    results,
    written,
)
from tests.world import World


def test_a_fact_sets_it_off_once_and_the_system_does_the_verb(world: World) -> None:
    automation, complaint = note(world), world.taken()
    let_run(complaint)
    let_run(complaint)
    written_down = complaint.notes.get()
    assert (written_down.by, written_down.text) == (world.system, "Look at the file.")
    fired = Firing.objects.get()
    assert (fired.automation, fired.complaint_id, fired.result, fired.depth) == (automation, complaint.pk, "done", 1)


def test_where_a_condition_does_not_hold_nothing_is_done_and_nothing_logged(world: World) -> None:
    note(world, TAKEN, {"field": "is_safety", "is": "is", "value": True})
    let_run(world.taken())
    assert not Firing.objects.exists()


def test_nothing_is_put_into_the_queue_for_what_nobody_waits_for(world: World) -> None:
    complaint = world.taken()
    taken = next(one for one in entries(complaint) if one.kind == "complaint.taken")
    assert automations.set_off_by("complaint.taken") == []
    automation = note(world)
    assert automations.set_off_by("complaint.taken") == [automation.pk]
    follow_up.follow(entry_id=taken.pk)
    switch_off(automation, by=world.administrator)
    assert automations.set_off_by("complaint.taken") == []


@pytest.mark.parametrize(
    ("deed", "arguments", "seen"),
    [
        ("remind", {"to": "owner"}, "complaint.reminded"),
        ("remind", {"to": "managers"}, "complaint.reminded"),
        ("raise_priority", {}, "complaint.priority_raised"),
        ("note", {"text": "Look."}, "complaint.noted"),
    ],
)
def test_every_deed_leaves_its_fact(world: World, deed: str, arguments: dict[str, Any], seen: str) -> None:
    written(world, TAKEN, deed, arguments=arguments)
    complaint = world.taken()
    let_run(complaint)
    assert results() == [("done", "")]
    assert [one.by for one in entries(complaint) if one.kind == seen] == [world.system]


def test_it_refers_and_assigns_to_a_person_or_a_unit(world: World) -> None:
    written(world, TAKEN, "refer", arguments={"to": world.expert.pk, "text": "Is the motor worn?"})
    assign(world, "fact:complaint.message_received", world.sales.party)
    complaint = world.taken()
    actions.add_information(
        complaint, addition=actions.Addition(text="And the hose.", channel="web"), by=complaint.complainant
    )
    let_run(complaint)
    referral = Referral.objects.get()
    assert (referral.to, referral.kind, referral.directive) == (world.expert, "consult", "Is the motor worn?")
    assert Complaint.objects.get().owner == world.sales.party


def test_what_policy_refuses_is_on_record_with_its_reason(world: World) -> None:
    assign(world, TAKEN, world.reza)
    complaint = world.complaint()
    actions.name_staff(complaint, staff=world.reza, by=world.agent)
    actions.take(complaint, by=world.sara)
    let_run(complaint)
    assert results() == [("refused", "Whoever is named in the complaint cannot hold it.")]
    assert Complaint.objects.get().owner == world.sara


def test_a_complaint_that_has_ended_is_left_alone(world: World) -> None:
    written(world, TAKEN, "raise_priority")
    complaint = world.taken()
    actions.withdraw(complaint, by=complaint.complainant)
    let_run(complaint)
    assert results() == [("refused", "This complaint has ended.")]


def test_one_that_fails_hinders_neither_the_others_nor_the_fact(world: World, caplog: pytest.LogCaptureFixture) -> None:
    broken = assign(world, TAKEN, world.reza, position=1)
    Automation.objects.filter(pk=broken.pk).update(arguments={"to": 0})
    note(world, position=2)
    complaint = world.taken()
    let_run(complaint)
    assert results() == [("failed", "DoesNotExist"), ("done", "")]
    assert "complaint.taken" in [one.kind for one in entries(complaint)]
    assert "failed for complaint" in caplog.text


def test_two_that_set_each_other_off_stop(world: World) -> None:
    assign(world, "fact:complaint.assigned", world.reza)
    assign(world, "fact:complaint.assigned", world.sara)
    complaint = world.complaint()
    actions.assign(complaint, to=world.sara, by=world.manager)
    let_run(complaint)
    assert ("stopped", firing.ONCE) in results()
    assert Firing.objects.filter(result="done").count() <= 5


def test_a_chain_has_at_most_five_links(world: World) -> None:
    people = [world.reza, world.sara] * 4
    for place, holder in enumerate(people):
        assign(world, "fact:complaint.assigned", holder, position=place, names={"en": str(place)})
    complaint = world.complaint()
    actions.assign(complaint, to=world.sara, by=world.manager)
    let_run(complaint)
    assert max(Firing.objects.filter(result="done").values_list("depth", flat=True)) <= 5
    assert Firing.objects.filter(result="done").values("automation").distinct().count() == (
        Firing.objects.filter(result="done").count()
    )


def test_what_a_person_does_begins_a_new_chain(world: World) -> None:
    note(world, "fact:complaint.assigned")
    complaint = world.complaint()
    for holder in (world.sara, world.reza):
        actions.assign(complaint, to=holder, by=world.manager)
        let_run(complaint)
    assert results() == [("done", "")] * 2


def test_more_than_its_budget_within_an_hour_stops_it_until_an_administrator_looks(world: World) -> None:
    automation = note(world, "fact:complaint.assigned", budget=2)
    complaint = world.complaint()
    for holder in (world.sara, world.reza, world.sara):
        actions.assign(complaint, to=holder, by=world.manager)
        let_run(complaint)
    automation.refresh_from_db()
    assert (len(results()), automation.is_on, automation.paused_at is None) == (2, False, False)
    paused = Entry.objects.filter(stream__name=automation.journal_stream).latest("seq")
    assert (paused.kind, paused.data["budget"]) == ("process.automation_paused", 2)
    with clock.set_to(clock.now() + 2 * HOUR):
        switch_on(automation, by=world.administrator)
        actions.assign(complaint, to=world.reza, by=world.manager)
        firing.automate(entry_id=entries(complaint)[-1].pk)
    assert len(results()) == 3


def test_nobody_is_reminded_twice_and_the_top_stays_the_top(world: World) -> None:
    complaint = world.taken()
    actions.remind(complaint, to="owner", by=world.system)
    actions.assess(complaint, look=Look(severity=5, importance=5, is_safety=True), by=world.sara)
    before = len(entries(complaint))
    for verb, details in ((actions.remind, {"to": "owner"}), (actions.raise_priority, {})):
        with pytest.raises(Refused):
            verb(complaint, by=world.system, **details)
        with pytest.raises(Refused):
            verb(complaint, by=world.manager, **details)
    assert len(entries(complaint)) == before


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"names": {"en": ""}}, "no_name"),
        ({"occasion": "fact:complaint.eaten"}, "no_occasion"),
        ({"occasion": "stage:registered"}, "no_time"),
        ({"occasion": "stage:registered", "amount": 400, "measure": "hours"}, "no_time"),
        ({"conditions": [{"field": "colour", "is": "is", "value": 1}]}, "no_value"),
        ({"conditions": [{"field": "channel", "is": "in", "value": ["pigeon"]}]}, "no_value"),
        ({"deed": "close"}, "no_deed"),
        ({"deed": "respond"}, "no_deed"),
        ({"arguments": {"text": " "}}, "no_argument"),
        ({"deed": "assign", "arguments": {"to": 0}}, "no_argument"),
    ],
)
def test_one_that_says_what_cannot_be_is_not_kept(world: World, change: dict[str, Any], wrong: str) -> None:
    given: dict[str, Any] = {
        "names": {"en": "A"}, "occasion": TAKEN, "deed": "note", "arguments": {"text": "Look."}, "conditions": [SAFE],
    }  # fmt: skip
    plan = Plan(**(given | change))
    assert wrong in [one.what for one in automations.faults_of(plan)]
    with pytest.raises(ValidationError):
        add_automation(plan=plan, by=world.administrator)
    assert not Automation.objects.exists()


def test_it_is_changed_only_while_it_is_off_and_by_one_at_a_time(world: World) -> None:
    automation = note(world)
    plan = Plan(names={"en": "B"}, occasion=TAKEN, deed="raise_priority")
    with pytest.raises(ValidationError):
        change_automation(automation, plan=plan, rev=1, by=world.administrator)
    switch_off(automation, by=world.administrator)
    with pytest.raises(ValidationError):
        change_automation(automation, plan=plan, rev=7, by=world.administrator)
    assert Automation.objects.get().deed == "note"
    change_automation(automation, plan=plan, rev=1, by=world.administrator)
    assert (Automation.objects.get().deed, Automation.objects.get().rev) == ("raise_priority", 2)


def test_only_administrators_write_them(world: World) -> None:
    plan = Plan(names={"en": "B"}, occasion=TAKEN, deed="raise_priority")
    with pytest.raises(Refused):
        add_automation(plan=plan, by=world.manager)
    assert not Automation.objects.exists()


def test_the_delivered_examples_can_be_kept_and_every_deed_is_done_by_somebody(world: World) -> None:
    assert [automations.faults_of(plan) for plan in automations.examples()] == [[], [], []]
    assert {one.key for one in automations.all_deeds()} == set(automatic.DOING)
