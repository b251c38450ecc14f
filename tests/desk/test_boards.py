"""The board: how much is open and late at each step, and the lists behind the numbers."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from shenava.common import clock
from shenava.complaints import actions
from shenava.complaints.board import board
from shenava.complaints.models import Complaint
from shenava.people.models import Party, Role
from shenava.people.standing import standing_of
from shenava.process.models import Process
from tests.process.test_branches import forked, step
from tests.world import World, log_in, person

BOARD = "/desk/processes/complaint/board/"


def heaps(reader: Party, *, later: timedelta = timedelta()) -> dict[str, tuple[int, int]]:
    """How many are open and late at each step, within somebody's reach."""
    found = board(standing_of(reader), Process.objects.get(key="complaint"), now=clock.now() + later)
    return {heap.node: (heap.open, heap.late) for heap in found}


def page(reader: Party) -> str:
    return unescape(log_in(Client(), reader).get(BOARD).content.decode())


def test_it_counts_what_is_open_at_each_step_and_beside_it(world: World) -> None:
    forked(world)
    world.taken()
    world.complaint()
    assert heaps(world.manager) == {"in_handling": (2, 0), "inspect": (1, 0), "approve": (1, 0), "registered": (1, 0)}


def test_what_is_late_is_counted_by_the_promise_and_by_the_time_of_the_step(world: World) -> None:
    forked(world)
    soon, late = heaps(world.manager, later=timedelta(days=3)), heaps(world.manager, later=timedelta(days=90))
    assert (soon["inspect"], soon["in_handling"]) == ((1, 1), (1, 0))
    assert (late["inspect"], late["in_handling"]) == ((1, 1), (1, 1))


def test_what_is_over_is_not_counted(world: World) -> None:
    complaint = forked(world)
    actions.finish_step(complaint, item=step(complaint, "inspect"), outcome="sound", text="Worn.", by=world.expert)
    assert set(heaps(world.manager)) == {"in_handling", "approve"}
    actions.withdraw(complaint, by=complaint.complainant)
    assert heaps(world.manager) == {}


def test_what_was_answered_lies_with_the_complainant_until_it_is_accepted(world: World) -> None:
    complaint = world.responded()
    assert heaps(world.manager) == {"responded": (1, 0)}
    assert "with the complainant" in page(world.manager)
    shown = log_in(Client(), world.manager).get("/desk/complaints/?step=complaint%3Aresponded").content.decode()
    assert str(complaint.reference) in shown


def test_nobody_counts_what_he_may_not_see(world: World) -> None:
    complaint = forked(world)
    assert heaps(person("Mona Fathi", Role.COMPLAINTS_MANAGER, world.sales)) == {}
    Complaint.objects.filter(pk=complaint.pk).update(excluded=[world.manager.pk])
    assert heaps(world.manager) == {}
    assert str(complaint.reference) not in page(world.manager)


def test_it_says_where_work_waits_the_longest_and_with_whom(world: World) -> None:
    first = world.taken()
    world.taken()
    shown = page(world.manager)
    assert f"/desk/complaints/{first.reference}/" in shown
    assert "2 open" in shown
    assert re.search(rf"longest: [^·]+, {world.sara} · 2 open", shown)


@pytest.mark.parametrize("who", ["manager", "auditor"])
def test_each_number_leads_to_the_list_of_just_those(world: World, who: str) -> None:
    complaint, other = forked(world), world.taken()
    reader = getattr(world, who)
    links = set(re.findall(r'href="(/desk/complaints/\?step=[^"]+)"', page(reader)))
    assert {"inspect", "approve", "in_handling"} == {link.partition("%3A")[2] for link in links}
    shown = log_in(Client(), reader).get("/desk/complaints/?step=complaint%3Ainspect").content.decode()
    assert str(complaint.reference) in shown
    assert str(other.reference) not in shown


def test_the_list_of_late_steps_holds_what_the_board_counts_as_late(world: World) -> None:
    complaint, late = forked(world), forked(world)
    item = step(late, "inspect")
    item.due_at = clock.now() - timedelta(hours=1)
    item.save(update_fields=["due_at"])
    assert heaps(world.manager)["inspect"] == (2, 1)
    shown = log_in(Client(), world.manager).get("/desk/complaints/?step=complaint%3Ainspect&step_late=on")
    assert str(late.reference) in shown.content.decode()
    assert str(complaint.reference) not in shown.content.decode()


def test_a_step_that_there_is_not_is_told_and_left_out(world: World) -> None:
    complaint = world.taken()
    shown = log_in(Client(), world.manager).get("/desk/complaints/?step=complaint%3Anowhere").content.decode()
    assert str(complaint.reference) in shown


def test_it_costs_the_same_however_much_is_open(world: World, django_assert_num_queries) -> None:
    forked(world)
    client = log_in(Client(), world.manager)
    client.get(BOARD)
    with django_assert_num_queries(9):
        client.get(BOARD)
    forked(world)
    world.taken()
    with django_assert_num_queries(9):
        client.get(BOARD)


def test_there_is_no_board_of_what_is_no_process(world: World) -> None:
    assert log_in(Client(), world.manager).get("/desk/processes/nothing/board/").status_code == 404
    assert log_in(Client(), world.sara).get(BOARD).status_code == 403
