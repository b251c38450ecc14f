"""The list of complaints: every filter answers, a faulty one is told, nothing beyond one's reach is shown."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shenava.common import clock
from shenava.complaints import actions
from shenava.complaints.actions import Commission
from shenava.complaints.index import keeping
from shenava.complaints.models import Complaint
from shenava.people.models import Party
from tests.world import MONDAY, World, log_in

LIST = "/desk/complaints/"


def login(party: Party) -> Client:
    return log_in(Client(), party)


def shown(client: Client, **asked: object) -> set[str]:
    answer = client.get(LIST, asked)
    assert answer.status_code == 200
    return {complaint.reference for complaint, _cells in answer.context["rows"]}


@pytest.fixture
def many(world: World) -> dict[str, str]:
    """One complaint for each question, by a name that says what it answers; their numbers."""
    with clock.set_to(MONDAY - timedelta(days=30)):
        old = world.complaint(title="Old and late", unit=world.sales)
    with clock.set_to(MONDAY):
        made = {
            "old": old,
            "enquiry": world.complaint(record_type="enquiry", channel="phone", subject="service", language="he"),
            "referred": world.taken(),
            "found": world.taken(),
            "answered": world.responded(),
            "ended": world.taken(by=world.manager),
            "again": world.responded(),
        }
        actions.refer(
            made["referred"], to=world.reza, commission=Commission(kind="action", directive="Look."), by=world.sara
        )
        line = made["found"].issue_lines.get()
        actions.record_finding(made["found"], line=line, finding="upheld", reasons="It shakes.", by=world.sara)
        actions.mark_not_a_complaint(made["ended"], text="Praise.", by=world.manager)
        actions.record_acceptance(made["again"], by=made["again"].complainant)
        actions.reopen(made["again"], text="It shakes again.", by=world.sara)
    keeping.keep_all(keeping.unkept())
    return {name: str(complaint.reference) for name, complaint in made.items()}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"state": "closed"}, {"ended"}),
        ({"stage": ["registered"]}, {"old", "enquiry"}),
        ({"stage": ["registered", "responded"]}, {"old", "enquiry", "answered"}),
        ({"record_type": "enquiry"}, {"enquiry"}),
        ({"channel": "phone"}, {"enquiry"}),
        ({"subject": "service"}, {"enquiry"}),
        ({"language": "he"}, {"enquiry"}),
        ({"finding": "upheld"}, {"found"}),
        ({"has_referral": "on"}, {"referred"}),
        ({"closure_reason": "not_a_complaint"}, {"ended"}),
        ({"reopened": "on"}, {"again"}),
        ({"late": "on"}, {"old"}),
        ({"text": "late OLD"}, {"old"}),
        ({"received_to": "1405/08/30"}, {"old"}),
        ({"due_to": "2026-11-22"}, {"old"}),
        ({"received_from": "1405/09/02", "stage": "registered"}, {"enquiry"}),
        ({"received_from": "1405/09/02", "received_to": "1405/09/02", "finding": "upheld"}, {"found"}),
        ({"late": "on", "state": "closed"}, set()),
    ],
)
def test_every_filter_answers_alone_and_with_others(
    world: World, many: dict[str, str], asked: dict[str, object], expected: set[str]
) -> None:
    with clock.set_to(MONDAY):
        found = shown(login(world.manager), **asked)
    assert found == {many[name] for name in expected}


def test_owner_unit_holder_and_waiting_are_asked_by_number(world: World, many: dict[str, str]) -> None:
    manager = login(world.manager)
    assert shown(manager, unit=world.sales.pk) == {many["old"]}
    assert shown(manager, holder=world.reza.pk) == {many["referred"]}
    assert shown(manager, holder=world.reza.pk, waits="unseen") == {many["referred"]}
    assert shown(manager, holder=world.reza.pk, waits="working") == set()
    assert shown(manager, owner=world.sara.pk, finding="upheld") == {many["found"]}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("stage", "nowhere"),
        ("received_from", "32/13/1405"),
        ("owner", "nobody"),
        ("owner", "99999999999999999999999"),
        ("unit", "0"),
        ("state", "half"),
        ("due_to", "tomorrow"),
        ("text", "x" * 500),
        ("text", "?"),
        ("order", "secret_hash"),
        ("finding", "\ud800"),
    ],
)
def test_a_faulty_filter_is_told_at_its_chip_and_the_others_still_hold(
    world: World, many: dict[str, str], name: str, value: str
) -> None:
    answer = login(world.manager).get(LIST, {name: value.encode("utf-8", "replace"), "record_type": "enquiry"})
    assert answer.status_code == 200
    assert {complaint.reference for complaint, _ in answer.context["rows"]} == {many["enquiry"]}
    assert "data-faulty" in answer.content.decode()


def test_signs_that_no_database_takes_are_left_out_of_the_text(world: World, many: dict[str, str]) -> None:
    assert shown(login(world.manager), text="old\x00 and") == {many["old"]}


def test_nothing_beyond_ones_reach_is_listed_or_counted(world: World, many: dict[str, str]) -> None:
    Complaint.objects.filter(reference=many["found"]).update(excluded=[world.manager.pk])
    answer = login(world.manager).get(LIST, {"finding": "upheld"})
    assert (answer.context["rows"], answer.context["count"]) == ([], 0)
    assert many["old"] not in shown(login(world.sara))
    assert shown(login(world.administrator)) == set()


def test_a_chip_can_be_taken_away_and_the_rest_stays(world: World, many: dict[str, str]) -> None:
    answer = login(world.manager).get(LIST, {"record_type": "enquiry", "state": "open", "after": "x"})
    without = {field.name: address for field, address in answer.context["chips"]}
    assert without == {"state": "?record_type=enquiry", "record_type": "?state=open"}


def test_the_list_shows_the_columns_one_has_chosen_to_oneself_alone(world: World, many: dict[str, str]) -> None:
    manager = login(world.manager)
    manager.post(LIST + "columns/", {"column": ["language", "reference", "no such column"]})
    assert [column.key for column in manager.get(LIST).context["looks"].columns] == ["reference", "language"]
    assert len(login(world.auditor).get(LIST).context["looks"].columns) > 2


def test_a_date_stands_in_the_readers_calendar(world: World, many: dict[str, str]) -> None:
    assert "1405/09/02 12:30" in login(world.manager).get(LIST).content.decode()


def test_the_pages_hold_every_complaint_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    made = {str(world.complaint().reference) for _ in range(7)}
    monkeypatch.setattr("shenava.desk.views.lists.PAGE", 3)
    manager, address, seen = login(world.manager), LIST + "?order=due_at", []
    for _page in range(3):
        answer = manager.get(address)
        seen += [complaint.reference for complaint, _ in answer.context["rows"]]
        address = LIST + answer.context["next"]
    assert (sorted(seen), answer.context["next"]) == (sorted(made), "")


def test_the_list_asks_as_much_for_many_complaints_as_for_few(world: World, many: dict[str, str]) -> None:
    manager, asked = login(world.manager), {"state": "open", "finding": "upheld", "owner": world.sara.pk}
    shown(manager)
    with CaptureQueriesContext(connection) as few:
        shown(manager, **asked)
    for _ in range(9):
        world.taken()
    with CaptureQueriesContext(connection) as more:
        shown(manager)
    assert (len(few), len(more)) == (10, 9)
