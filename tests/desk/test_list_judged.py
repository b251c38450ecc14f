"""The list by what was judged: how grave, what threatens, what it is about, who else has it, what waits."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shenava.common import clock
from shenava.complaints import actions, taxonomy
from shenava.complaints.actions import Letter, Look
from shenava.complaints.actions.intake import Circumstances
from shenava.complaints.models import Category, Complaint
from shenava.people.actions import Address, add_body
from shenava.people.models import Party
from tests.world import MONDAY, World, log_in

LIST = "/desk/complaints/"
JUDGED = ["reference", "priority", "severity", "flags", "upper_category", "category", "source", "body", "about_staff"]


@pytest.fixture
def judged(world: World) -> dict[str, Complaint]:
    """A complaint for each question, by a name that says what it answers."""
    taxonomy.deliver()
    with clock.set_to(MONDAY - timedelta(days=1)):
        made = {"grave": world.taken(), "legal": world.taken(), "slight": world.taken()}
        actions.assess(made["grave"], look=Look(4, 5, is_safety=True, is_media=True), by=world.sara)
        actions.assess(made["legal"], look=Look(3, 3, is_legal=True), by=world.sara)
    with clock.set_to(MONDAY):
        actions.assess(made["slight"], look=Look(1, 1), by=world.sara)
        made |= {name: world.taken() for name in ("shaking", "sorted", "named", "outside", "asked")}
        classify(world, made["sorted"], upper_category())
        classify(world, made["shaking"], upper_category().below.order_by("position")[0])
        actions.name_staff(made["named"], staff=world.reza, by=world.sara)
        actions.refer_outside(made["outside"], body=tazirat(world), letter=Letter("12/3", "See."), by=world.sara)
        actions.ask_complainant(made["asked"], text="Which model?", by=world.sara)
        made["passed on"] = world.complaint(circumstances=Circumstances(source="parliament"), subject="staff")
    return {name: Complaint.objects.get(pk=complaint.pk) for name, complaint in made.items()}


def upper_category() -> Category:
    return Category.objects.filter(parent=None, below__isnull=False).order_by("position")[0]


def tazirat(world: World) -> Party:
    return add_body(address=Address(name="Tazirat"), kind="consumer_protection", by=world.administrator).party


def classify(world: World, complaint: Complaint, category: Category) -> None:
    actions.classify(complaint, line=complaint.issue_lines.get(), category=category, by=world.sara)


def shown(client: Client, **asked: object) -> list[str]:
    answer = client.get(LIST, asked)
    assert (answer.status_code, "data-faulty" in answer.text) == (200, False)
    return [complaint.reference for complaint, _cells in answer.context["rows"]]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"priority": "4"}, {"grave"}),
        ({"priority": ["1", "4"]}, {"grave", "slight"}),
        ({"severity": "3"}, {"legal"}),
        ({"flag": "is_safety"}, {"grave"}),
        ({"flag": ["is_media", "is_legal"]}, {"grave", "legal"}),
        ({"flag": "is_media", "priority": "1"}, set()),
        ({"assessed_on": "1405/09/02"}, {"slight"}),
        ({"assessed_on": "1405/09/01", "flag": "is_legal"}, {"legal"}),
        ({"source": "parliament"}, {"passed on"}),
        ({"about_staff": "on"}, {"named", "passed on"}),
        ({"questioned": "on"}, {"asked"}),
    ],
)
def test_every_judgement_can_be_asked_for(
    world: World, judged: dict[str, Complaint], asked: dict[str, object], expected: set[str]
) -> None:
    found = shown(log_in(Client(), world.manager), **asked)
    assert set(found) == {judged[name].reference for name in expected}


def test_a_category_includes_those_below_it_and_the_finding_is_that_of_its_line(
    world: World, judged: dict[str, Complaint]
) -> None:
    manager, upper = log_in(Client(), world.manager), upper_category()
    below, other = upper.below.order_by("position")[:2]
    both = judged["shaking"]
    first = both.issue_lines.get()
    actions.record_finding(both, line=first, finding="upheld", reasons="It shakes.", by=world.sara)
    second = actions.add_issue_line(both, subject="service", text="Late.", by=world.sara)
    actions.classify(both, line=second, category=other, by=world.sara)
    assert set(shown(manager, category=upper.pk)) == {judged["sorted"].reference, both.reference}
    assert shown(manager, category=below.pk) == shown(manager, category=other.pk) == [both.reference]
    assert shown(manager, category=below.pk, finding="upheld") == [both.reference]
    assert shown(manager, category=other.pk, finding="upheld") == []


def test_what_an_external_body_has_is_listed_by_its_name_even_after_it_replied(
    world: World, judged: dict[str, Complaint]
) -> None:
    referral = judged["outside"].referrals.get()
    actions.record_reply(judged["outside"], referral=referral, letter=Letter("7", "No."), by=world.sara)
    manager = log_in(Client(), world.manager)
    assert shown(manager, body=referral.to_id) == [judged["outside"].reference]
    assert "<bdi>Tazirat</bdi>" in manager.get(LIST, {"body": referral.to_id}).text


def test_a_question_that_was_answered_is_waited_for_no_more(world: World, judged: dict[str, Complaint]) -> None:
    complaint = judged["asked"]
    addition = actions.Addition(text="The S 300.", channel="phone")
    actions.add_information(complaint, addition=addition, by=world.sara)
    assert shown(log_in(Client(), world.manager), questioned="on") == []


def test_the_highest_priority_comes_first_and_what_nobody_judged_last(
    world: World, judged: dict[str, Complaint], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shenava.desk.views.lists.PAGE", 2)
    manager, address, found = log_in(Client(), world.manager), LIST + "?order=-priority", []
    for _page in range(5):
        answer = manager.get(address)
        found += [complaint.reference for complaint, _ in answer.context["rows"]]
        address = LIST + answer.context["next"]
    assert found[:3] == [judged[name].reference for name in ("grave", "legal", "slight")]
    assert (len(found), set(found)) == (9, {complaint.reference for complaint in judged.values()})


def test_the_columns_say_what_was_judged(world: World, judged: dict[str, Complaint]) -> None:
    manager = log_in(Client(), world.manager)
    manager.post(LIST + "columns/", {"column": JUDGED})
    rows = manager.get(LIST).context["rows"]
    told = {row.reference: {cell.column.key: cell.text for cell in cells} for row, cells in rows}
    upper = upper_category()
    names = ("priority", "severity", "flags")
    assert [told[judged["grave"].reference][name] for name in names] == ["top", "grave", "safety; media"]
    assert [told[judged["asked"].reference][name] for name in names] == ["", "", ""]
    shaking = told[judged["shaking"].reference]
    assert (shaking["upper_category"], shaking["category"]) == (str(upper), str(upper.below.order_by("position")[0]))
    assert told[judged["sorted"].reference]["category"] == str(upper)
    assert [name for name, one in judged.items() if told[one.reference]["about_staff"]] == ["named", "passed on"]
    assert {name for name, one in judged.items() if told[one.reference]["body"] == "Tazirat"} == {"outside"}
    assert told[judged["passed on"].reference]["source"] == "Parliament"


def test_the_priority_is_drawn_and_said_in_the_list(world: World, judged: dict[str, Complaint]) -> None:
    page = log_in(Client(), world.manager).get(LIST, {"priority": "4"}).text
    assert 'data-level="4" role="img" aria-label="Priority: top"' in page
    assert '<span class="status" data-hue="bad">safety</span>' in page


def test_columns_that_read_other_rows_cost_one_query_each_whatever_the_number(
    world: World, judged: dict[str, Complaint]
) -> None:
    manager = log_in(Client(), world.manager)
    manager.get(LIST)
    with CaptureQueriesContext(connection) as usual:
        manager.get(LIST)
    manager.post(LIST + "columns/", {"column": JUDGED})
    with CaptureQueriesContext(connection) as few:
        manager.get(LIST)
    for _ in range(9):
        classify(world, world.taken(), upper_category())
    with CaptureQueriesContext(connection) as many:
        manager.get(LIST)
    assert (len(usual), len(few), len(many)) == (9, 12, 12)
