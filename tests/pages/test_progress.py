"""Progress: how far a complaint has come in its process, and by which ways."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client

from shenava.common import clock
from shenava.complaints import actions
from shenava.complaints.dossier import open_dossier
from shenava.complaints.models import Complaint
from shenava.pages.progress import Progress, progress
from shenava.process.models import WorkItem
from shenava.process.went import went
from shenava.ui.reader import Reader
from tests.process.test_branches import forked, step
from tests.world import World, log_in


def seen(complaint: Complaint, world: World, *, later: timedelta = timedelta()) -> Progress:
    complaint = Complaint.objects.for_page().get(pk=complaint.pk)
    open_dossier(complaint, world.sara)
    return progress(complaint, Reader("en"), clock.now() + later)


def states(found: Progress) -> dict[str, str]:
    return {stop.node.key: stop.state for stop in found.stops}


def test_what_is_done_and_what_is_under_way_at_once(world: World) -> None:
    found = seen(forked(world), world)
    assert states(found) == {
        "draft": "done", "registered": "done", "in_handling": "done", "inspect": "current", "approve": "current",
    }  # fmt: skip


def test_the_ways_that_were_taken_and_no_others(world: World) -> None:
    taken = seen(forked(world), world).taken
    assert {"start>draft", "draft>registered:register", "in_handling>fork:note", "fork>inspect"} <= taken
    assert "registered>in_handling:take" in taken
    assert "inspect>join:sound" not in taken
    assert "registered>closed:solve" not in taken


def test_a_step_says_who_had_it_and_how_it_ended(world: World) -> None:
    complaint = forked(world)
    actions.finish_step(complaint, item=step(complaint, "inspect"), outcome="sound", text="Worn.", by=world.expert)
    found = seen(complaint, world)
    [stop] = [stop for stop in found.stops if stop.node.key == "inspect"]
    assert (stop.state, stop.outcome, stop.holders) == ("done", "Name", [world.service.party])
    assert "inspect>join:sound" in found.taken
    assert str(world.service.party) in found.marks["inspect"].label
    assert found.marks["in_handling"].label.startswith("Sara")


def test_what_is_past_its_date_is_late(world: World) -> None:
    complaint = forked(world)
    assert states(seen(complaint, world, later=timedelta(days=90)))["inspect"] == "late"
    assert states(seen(world.taken(), world, later=timedelta(days=90)))["in_handling"] == "late"


def test_a_complaint_that_came_back_has_been_there_twice(world: World) -> None:
    complaint = world.responded()
    actions.record_rejection(complaint, text="It still shakes.", by=complaint.complainant)
    keys = [stop.node.key for stop in seen(complaint, world).stops]
    assert keys.count("in_handling") == 2
    assert states(seen(complaint, world))["in_handling"] == "current"


def test_at_rest_nothing_is_under_way(world: World) -> None:
    complaint = world.taken()
    actions.withdraw(complaint, by=complaint.complainant)
    found = seen(complaint, world)
    assert set(states(found).values()) == {"done"}
    assert "withdrawn" in states(found)
    assert found.stops[-1].node.key == "withdrawn"


def test_the_log_is_read_by_one_query(world: World, django_assert_num_queries) -> None:
    complaint = forked(world)
    run = Complaint.objects.for_page().get(pk=complaint.pk).instance
    with django_assert_num_queries(1):
        went(run)


def test_the_page_shows_the_picture_and_the_same_as_a_list(world: World) -> None:
    complaint = forked(world)
    page = log_in(Client(), world.sara).get(f"/desk/complaints/{complaint.reference}/process/").content.decode()
    assert page.count('data-state="current"') == 4
    assert page.count('<li data-state="current" aria-current="step">') == 2
    assert "<svg" in page


def test_the_page_costs_the_same_however_long_the_way(world: World, django_assert_num_queries) -> None:
    complaint = forked(world)
    client = log_in(Client(), world.sara)
    address = f"/desk/complaints/{complaint.reference}/process/"
    client.get(address)
    with django_assert_num_queries(10):
        client.get(address)
    actions.finish_step(complaint, item=step(complaint, "inspect"), outcome="sound", text="Worn.", by=world.expert)
    with django_assert_num_queries(10):
        client.get(address)


def test_whoever_may_not_see_the_complaint_sees_no_picture_of_it(world: World) -> None:
    complaint = forked(world)
    address = f"/desk/complaints/{complaint.reference}/process/"
    assert log_in(Client(), world.administrator).get(address).status_code == 404
    Complaint.objects.filter(pk=complaint.pk).update(excluded=[world.sara.pk])
    assert log_in(Client(), world.sara).get(address).status_code == 404
    assert WorkItem.objects.filter(complaint=complaint).exists()
