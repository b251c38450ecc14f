"""The manager's page: every figure is the length of the list behind it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shenava.common import clock
from shenava.complaints import actions
from shenava.complaints.actions import Commission, Look
from shenava.complaints.models import Complaint
from shenava.complaints.overview import heavy
from shenava.people.models import Party, Role, RoleGrant
from shenava.people.standing import standing_of
from tests.world import MONDAY, World, log_in, person

PAGE = "/desk/overview/"


def login(party: Party) -> Client:
    return log_in(Client(), party)


@pytest.fixture
def busy(world: World) -> World:
    """Late, soon late and fresh complaints, seen and unseen work, a copy that counts for nobody."""
    with clock.set_to(MONDAY - timedelta(days=20)):
        world.taken()
        world.complaint(unit=world.sales)
    with clock.set_to(MONDAY - timedelta(days=9)):
        world.taken()
    with clock.set_to(MONDAY):
        fresh = world.taken()
        world.responded()
        world.complaint(channel="phone")
        for kind in ("copy", "action"):
            actions.refer(fresh, to=world.reza, commission=Commission(kind=kind, directive="Look."), by=world.sara)
    return world


def figures(client: Client) -> dict[str, list[tuple[str, dict[str, int], list[str]]]]:
    """Of every table its lines: name, numbers by kind, addresses behind."""
    answer = client.get(PAGE)
    assert answer.status_code == 200
    return {
        str(table.title): [
            (line.name, {one.key: one.number for one, _ in figures}, [address for _, address in figures])
            for line, figures, _values in table.rows
        ]
        for table in answer.context["tables"]
    }


def test_it_says_what_is_late_who_has_how_much_and_where_complaints_wait(busy: World) -> None:
    with clock.set_to(MONDAY):
        told = figures(login(busy.manager))
    numbers = {title: {name: values for name, values, _ in lines} for title, lines in told.items()}
    assert numbers == {
        "Safety, legal and media flags": {},
        "Late or soon late, by unit": {
            "After-sales service": {"late": 1, "soon": 1},
            "Sales": {"late": 1, "soon": 0},
        },
        "Late or soon late, by person": {"Sara Rostami": {"late": 1, "soon": 1}},
        "Open work, by person": {"Sara Rostami": {"work": 3}, "Reza Ahmadi": {"work": 1}},
        "Where complaints wait, by unit": {
            "After-sales service": {"unseen": 2, "undecided": 0, "working": 3},
            "Sales": {"unseen": 1, "undecided": 0, "working": 0},
        },
        "Registered today, by channel": {"portal": {"work": 2}, "telephone": {"work": 1}},
    }


def test_it_says_what_is_flagged_and_what_was_flagged_today_one_step_from_their_lists(world: World) -> None:
    with clock.set_to(MONDAY - timedelta(days=1)):
        early = world.taken()
        actions.assess(early, look=Look(3, 3, is_safety=True, is_media=True), by=world.sara)
    with clock.set_to(MONDAY):
        fresh, over = world.taken(), world.taken()
        actions.assess(fresh, look=Look(3, 3, is_safety=True), by=world.sara)
        actions.assess(over, look=Look(3, 3, is_legal=True), by=world.sara)
        actions.assess(world.taken(), look=Look(5, 5), by=world.sara)
        actions.withdraw(over, by=over.complainant)
        manager = login(world.manager)
        told = figures(manager)["Safety, legal and media flags"]
        listed = [
            [{row.reference for row, _ in manager.get(address).context["rows"]} for address in addresses]
            for _name, _values, addresses in told
        ]
    assert [(name, values) for name, values, _ in told] == [
        ("safety", {"assessed": 1, "open": 2}), ("legal", {"assessed": 1, "open": 0}),
        ("media", {"assessed": 0, "open": 1}),
    ]  # fmt: skip
    assert listed == [
        [{fresh.reference}, {early.reference, fresh.reference}], [{over.reference}, set()], [set(), {early.reference}],
    ]  # fmt: skip


def test_behind_every_figure_lies_a_list_of_exactly_so_many(busy: World) -> None:
    manager = login(busy.manager)
    with clock.set_to(MONDAY):
        told = figures(manager)
        pairs = [
            (number, len(manager.get(address).context["rows"]), address)
            for lines in told.values()
            for _name, values, addresses in lines
            for number, address in zip(values.values(), addresses, strict=True)
        ]
    assert len(pairs) > 10
    assert [pair for pair in pairs if pair[0] != pair[1]] == []


def test_a_manager_of_one_unit_oversees_that_unit(busy: World) -> None:
    of_sales = person("Mina Parsa", Role.COMPLAINTS_MANAGER, busy.sales)
    with clock.set_to(MONDAY):
        told = figures(login(of_sales))
    units = {name for name, _, _ in told["Late or soon late, by unit"]}
    assert units == {"Sales"}


def test_a_complaint_about_the_manager_is_in_none_of_his_figures(busy: World) -> None:
    Complaint.objects.update(excluded=[busy.manager.pk])
    with clock.set_to(MONDAY):
        assert set(map(len, figures(login(busy.manager)).values())) == {0}


@pytest.mark.parametrize("who", ["sara", "expert", "agent", "administrator"])
def test_nobody_else_opens_it_or_finds_it_in_the_navigation(busy: World, who: str) -> None:
    somebody = login(getattr(busy, who))
    assert somebody.get(PAGE).status_code == 403
    assert PAGE not in somebody.get("/desk/account/").content.decode()


def test_the_auditor_reads_it_too(busy: World) -> None:
    assert login(busy.auditor).get(PAGE).status_code == 200
    assert RoleGrant.objects.get(party=busy.auditor).role == Role.AUDITOR
    assert standing_of(busy.auditor).reads_everything


def test_much_is_half_as_much_again_as_the_average_and_more_than_a_few() -> None:
    assert (heavy([]), heavy([1, 1]), heavy([10, 2, 3])) == (3, 3, 7.5)


def test_the_page_asks_as_much_for_many_complaints_as_for_few(busy: World) -> None:
    manager = login(busy.manager)
    manager.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        manager.get(PAGE)
    for _ in range(8):
        busy.taken()
    with CaptureQueriesContext(connection) as many:
        manager.get(PAGE)
    assert len(many) == len(few) == 10
