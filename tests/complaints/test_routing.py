"""Routing: the tables say which process and unit a complaint gets, who in the unit has it, and what has to be asked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from shenava.common import clock
from shenava.complaints import actions, sweeps, taxonomy
from shenava.complaints.actions.categories import set_competence
from shenava.complaints.models import Category, Complaint
from shenava.journal.models import Entry
from shenava.people.models import Delegation, Party, Role
from shenava.people.parties import Introduction
from shenava.process import publishing
from shenava.process.models import Process
from tests.process.tables.writing import put_into_force, row
from tests.world import World, person

MAHSA = Introduction(name="Mahsa Kianpour", phone="+989121234567")


@pytest.fixture
def lena(world: World) -> Party:
    """Another officer of after-sales service."""
    return person("Lena Amiri", Role.COMPLAINT_OFFICER, world.service)


def anywhere(world: World, **details: object) -> Complaint:
    """A complaint for which nobody named a unit."""
    return world.complaint(unit=None, **details)


def assigned(complaint: Complaint) -> Party:
    """Who has it after the rules were asked."""
    sweeps.distribute(complaint_id=complaint.pk)
    complaint.refresh_from_db()
    return complaint.owner


def kinds(complaint: Complaint) -> list[str]:
    entries = Entry.objects.filter(stream__name=complaint.journal_stream).order_by("seq")
    return [entry.kind.removeprefix("complaint.") for entry in entries]


def test_a_new_complaint_goes_to_the_unit_that_the_rules_say(world: World) -> None:
    put_into_force("unit", row({"unit": world.sales.pk}, channel=("in", ["dealer"])), by=world.administrator)
    sold, other = anywhere(world, channel="dealer"), anywhere(world)
    named = world.complaint(channel="dealer")
    assert [one.unit for one in (sold, other, named)] == [world.sales, world.service, world.service]
    assert (sold.owner, world.sales.pk in sold.readers) == (world.sales.party, True)
    assert sold.work_items.get().holder == world.sales.party


def test_a_unit_that_was_closed_since_gets_nothing_by_the_rules(world: World) -> None:
    put_into_force("unit", row({"unit": world.sales.pk}), by=world.administrator)
    world.sales.is_active = False
    world.sales.save()
    assert anywhere(world).unit == world.service


def test_rules_about_what_is_not_known_yet_say_nothing_at_the_beginning(world: World) -> None:
    put_into_force("unit", row({"unit": world.sales.pk}, category=("not_empty", None)), by=world.administrator)
    assert anywhere(world).unit == world.service


def test_what_is_classified_goes_on_to_its_unit_as_long_as_nobody_has_taken_it(world: World) -> None:
    taxonomy.deliver()
    category = Category.objects.exclude(parent=None).order_by("code")[0]
    by_category = row({"unit": world.sales.pk}, category=("in", [category.code]))
    put_into_force("unit", by_category, by=world.administrator)
    waiting, taken = world.complaint(), world.taken()
    promised = waiting.due_at
    for complaint in (waiting, taken):
        actions.classify(complaint, line=complaint.issue_lines.get(), category=category, by=world.sara)
    assert (waiting.unit, waiting.owner, waiting.due_at) == (world.sales, world.sales.party, promised)
    assert (taken.unit, taken.owner) == (world.service, world.sara)
    assert kinds(waiting)[-2:] == ["classified", "routed"]
    assert {world.sales.pk, world.service.pk} <= set(waiting.readers)
    assert waiting.work_items.open().get().holder == world.sales.party


def test_the_process_is_the_one_that_the_rules_say(world: World) -> None:
    publishing.deliver()
    light = publishing.DEFINITIONS / "light.json"
    put_into_force("process", row({"process": "light"}, channel=("in", ["chat"])), by=world.administrator)
    chatted, other = world.complaint(channel="chat"), world.complaint()
    assert light.exists()
    assert chatted.instance.version.process.key == "light"
    assert other.instance.version.process.key == "complaint"


def test_without_a_table_it_lies_with_the_unit_until_somebody_takes_it(world: World) -> None:
    assert assigned(world.complaint()) == world.service.party


def test_the_one_with_the_least_open_work_gets_it_by_the_program(world: World, lena: Party) -> None:
    put_into_force("assignee", row({"to": "least_loaded"}), by=world.administrator)
    world.taken(by=world.sara)
    complaint = world.complaint()
    assert assigned(complaint) == lena
    entry = Entry.objects.filter(stream__name=complaint.journal_stream).latest("seq")
    assert (entry.kind, entry.by) == ("complaint.assigned", world.system)
    assert complaint.stage == "in_handling"


def test_everybody_gets_one_in_turn(world: World, lena: Party) -> None:
    put_into_force("assignee", row({"to": "round_robin"}), by=world.administrator)
    assert [assigned(world.complaint()) for _ in range(4)] == [world.sara, lena, world.sara, lena]


def test_whoever_knows_the_category_and_the_language_gets_it(world: World, lena: Party) -> None:
    taxonomy.deliver()
    put_into_force("assignee", row({"to": "competence"}), by=world.administrator)
    category = Category.objects.exclude(parent=None).order_by("code")[0]
    set_competence(of=lena, categories=[category.parent], languages=["fa"], by=world.administrator)
    set_competence(of=world.sara, categories=[], languages=["he"], by=world.administrator)
    hebrew, matching = world.complaint(language="he"), world.complaint(language="he")
    actions.classify(matching, line=matching.issue_lines.get(), category=category, by=world.sara)
    assert [assigned(hebrew), assigned(matching)] == [world.sara, lena]


def test_a_known_customer_stays_with_whoever_answered_before(world: World, lena: Party) -> None:
    put_into_force("assignee", row({"to": "least_loaded", "sticky": True}), by=world.administrator)
    earlier = world.complaint(complainant=MAHSA)
    actions.take(earlier, by=world.sara)
    again, stranger = world.complaint(complainant=MAHSA), world.complaint(complainant=Introduction(name="Nima"))
    assert [assigned(again), assigned(stranger)] == [world.sara, lena]


def test_a_person_that_the_rule_names_gets_it_wherever_he_works(world: World) -> None:
    put_into_force("assignee", row({"to": world.reza.pk}), by=world.administrator)
    assert assigned(world.complaint()) == world.reza


def test_nobody_gets_it_who_is_away_named_in_it_or_gone(world: World, lena: Party) -> None:
    put_into_force("assignee", row({"to": "least_loaded"}), by=world.administrator)
    now = clock.now()
    Delegation.objects.create(
        delegator=world.sara, deputy=world.reza, starts_at=now - timedelta(days=1), ends_at=now + timedelta(days=1)
    )
    first, second = world.complaint(), world.complaint()
    Complaint.objects.filter(pk=second.pk).update(excluded=[lena.pk])
    assert [assigned(first), assigned(second)] == [lena, world.service.party]


def test_whoever_gave_it_to_the_unit_does_not_get_it_back(world: World, lena: Party) -> None:
    put_into_force("assignee", row({"to": "least_loaded"}), by=world.administrator)
    complaint = world.taken(by=world.sara)
    actions.assign(complaint, to=world.service.party, by=world.sara)
    assert assigned(complaint) == lena
    assert assigned(complaint) == lena


def intake(**details: Any) -> actions.Intake:
    given = {"description": "It shakes.", "channel": "phone", "complainant": MAHSA}
    return actions.Intake(**given | details)


def test_staff_do_not_register_without_what_the_rules_ask_for(world: World) -> None:
    wanted = row({"fields": ["serial", "email", "severity"]}, subject=("in", ["product"]))
    put_into_force("required", wanted, by=world.administrator)
    with pytest.raises(ValidationError) as refused:
        actions.receive(intake=intake(), by=world.agent)
    assert set(refused.value.message_dict) == {"serial", "email", "severity"}
    assert not Complaint.objects.exists()
    actions.receive(intake=intake(subject="staff"), by=world.agent)
    unknown = intake(serial="SN-1", complainant=None)
    actions.receive(intake=unknown, look=actions.Look(2, 2), by=world.agent)
    assert Complaint.objects.count() == 2


def test_what_the_process_in_force_does_not_ask_for_is_not_missed(world: World) -> None:
    publishing.deliver()
    publishing.choose(Process.objects.get(key="light"))
    put_into_force("required", row({"fields": ["serial", "phone"]}), by=world.administrator)
    with pytest.raises(ValidationError) as refused:
        actions.receive(intake=intake(complainant=Introduction(name="Nima")), by=world.agent)
    assert set(refused.value.message_dict) == {"phone"}


def test_complainants_themselves_are_never_held_up(world: World) -> None:
    put_into_force("required", row({"fields": ["serial"]}), by=world.administrator)
    assert world.complaint().serial == ""
