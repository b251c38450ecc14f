"""The delivered definitions: each is sound, comes into force, and carries a complaint from its beginning to its end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from shenava.complaints import actions
from shenava.complaints.actions import LineFinding
from shenava.complaints.models import Complaint
from shenava.journal.models import Entry
from shenava.people.models import Role
from shenava.process import drawn, publishing, renewing, runs
from shenava.process.agreement import disagreeing
from shenava.process.kernel import load, unsound
from shenava.process.models import Process, WorkItem
from tests.world import World, person

EVERY = [publishing.DEFAULT, *publishing.VARIANTS]


def chosen(world: World, name: str) -> None:
    """The organisation has every delivered process, and new complaints follow this one."""
    publishing.deliver()
    publishing.choose(Process.objects.get(key=name))


def decided(world: World, complaint: Complaint) -> None:
    findings = {line.pk: LineFinding(finding="upheld", reasons="So it is.") for line in complaint.issue_lines.all()}
    actions.decide(complaint, findings=findings, reasons="As seen.", by=world.sara)


def finish(complaint: Complaint, node: str, outcome: str, world: World) -> None:
    item = WorkItem.objects.filter(complaint=complaint, node=node, closed_at=None).earliest("pk")
    actions.finish_step(complaint, item=item, outcome=outcome, by=world.manager)


def answered_and_closed(world: World, complaint: Complaint) -> str:
    actions.respond(complaint, text="It is made good.", by=world.sara)
    actions.record_acceptance(complaint, by=complaint.complainant)
    assert disagreeing() == []
    run = Complaint.objects.get(pk=complaint.pk).instance
    assert runs.replayed(run) == runs.state_of(run)
    return complaint.stage


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_each_is_sound_and_leaves_no_place_without_a_name(path: Path) -> None:
    graph = load(json.loads(path.read_text(encoding="utf-8")))
    assert unsound(graph) == []
    assert {"registered", "responded", "closed"} <= set(graph.nodes)


def test_all_are_published_and_one_is_chosen(world: World) -> None:
    publishing.deliver()
    assert set(Process.objects.values_list("key", flat=True)) == {
        "complaint", "manufacturer", "retail", "service", "light",
    }  # fmt: skip
    assert Process.objects.get(is_chosen=True).key == "complaint"
    before = Entry.objects.count()
    publishing.deliver()
    renewing.renew()
    assert Entry.objects.count() == before


def test_a_makers_complaint_waits_for_the_inspection_of_the_item(world: World) -> None:
    chosen(world, "manufacturer")
    complaint = world.taken()
    decided(world, complaint)
    assert complaint.stage == "in_handling"
    finish(complaint, "goods_in", "received", world)
    finish(complaint, "inspection", "defect", world)
    assert complaint.stage == "decided"
    assert answered_and_closed(world, complaint) == "closed"


def test_what_is_not_about_an_item_is_not_inspected(world: World) -> None:
    chosen(world, "manufacturer")
    complaint = world.complaint(subject="service")
    actions.take(complaint, by=world.sara)
    decided(world, complaint)
    assert complaint.stage == "decided"


def test_a_shops_complaint_has_its_order_checked_beside_the_handling(world: World) -> None:
    chosen(world, "retail")
    complaint = world.taken()
    finish(complaint, "order_check", "late", world)
    decided(world, complaint)
    assert answered_and_closed(world, complaint) == "closed"


def test_a_grave_complaint_about_a_service_is_looked_at_by_a_second_person(world: World) -> None:
    person("Ehsan Azad", Role.APPROVER, world.service)
    chosen(world, "service")
    complaint = world.taken()
    actions.assess(complaint, look=actions.Look(severity=5, importance=4), by=world.sara)
    decided(world, complaint)
    assert (complaint.stage, WorkItem.objects.filter(node="quality_check").count()) == ("in_handling", 1)
    finish(complaint, "quality_check", "returned", world)
    assert complaint.stage == "in_handling"
    decided(world, complaint)
    finish(complaint, "quality_check", "agreed", world)
    assert answered_and_closed(world, complaint) == "closed"


def test_a_light_complaint_is_answered_right_away(world: World) -> None:
    chosen(world, "light")
    assert len(drawn.asked_at_intake()) == 5
    complaint = world.complaint()
    actions.take(complaint, by=world.sara)
    assert answered_and_closed(world, complaint) == "closed"
    actions.reopen(complaint, text="Not yet.", by=complaint.complainant)
    assert complaint.stage == "registered"


@pytest.mark.parametrize("name", ["complaint", "manufacturer", "retail", "service", "light"])
def test_what_is_solved_at_first_contact_is_closed_in_one_go(world: World, name: str) -> None:
    chosen(world, name)
    complaint = world.complaint()
    actions.assess(complaint, look=actions.Look(severity=2, importance=2), by=world.sara)
    actions.solve(complaint, text="A new cable was sent.", by=world.sara)
    assert complaint.stage == "closed"
    assert disagreeing() == []


@pytest.mark.parametrize("path", [publishing.DEFAULT, *publishing.VARIANTS], ids=lambda path: path.stem)
def test_whatever_is_delivered_has_its_names_in_every_language(path: Path) -> None:
    content = json.loads(path.read_text(encoding="utf-8"))
    named = [content, *content["nodes"].values(), *content["flows"]]
    assert {tuple(sorted(one["names"])) for one in named if "names" in one} == {("en", "fa", "he")}
    assert all(name.strip() for one in named for name in one.get("names", {}).values())
