"""Processes that stopped, as the administrator sees and mends them."""

from __future__ import annotations

import pytest
from django.test import Client

from shenava.process.models import Incident, Timer
from tests.process.test_incidents import blocked, stopped
from tests.world import World, log_in


def test_an_administrator_sees_where_a_process_stopped_and_nothing_of_the_complaint(world: World) -> None:
    incident = stopped(world)
    shown = log_in(Client(), world.administrator).get("/desk/incidents/").content.decode()
    assert incident.complaint.reference in shown
    assert "The machine shakes" not in shown
    assert f"/desk/incidents/{incident.pk}/retrial/" in shown


def test_where_nothing_stopped_the_page_says_so(world: World) -> None:
    shown = log_in(Client(), world.administrator).get("/desk/incidents/").content.decode()
    assert "Every process goes on." in shown


@pytest.mark.parametrize(("noun", "solution"), [("retrial", "retried"), ("omission", "left_out")])
def test_it_is_tried_again_or_done_without(world: World, noun: str, solution: str) -> None:
    incident = blocked(world)
    answer = log_in(Client(), world.administrator).post(f"/desk/incidents/{incident.pk}/{noun}/")
    assert answer.status_code == 302
    assert Incident.objects.earliest("pk").solution == solution


def test_it_is_moved_on_to_a_step_that_is_offered_and_to_no_other(world: World) -> None:
    incident = blocked(world)
    client, address = log_in(Client(), world.administrator), f"/desk/incidents/{incident.pk}/move/"
    client.post(address, {f"i{incident.pk}-to": "closed"})
    assert Incident.objects.get().solved_at is None
    client.post(address, {f"i{incident.pk}-to": "responded"})
    assert Incident.objects.get().solution == "moved"
    incident.complaint.refresh_from_db()
    assert incident.complaint.stage == "responded"


def test_what_was_seen_to_is_on_the_page_no_more(world: World) -> None:
    incident = stopped(world)
    client = log_in(Client(), world.administrator)
    client.post(f"/desk/incidents/{incident.pk}/retrial/")
    assert incident.complaint.reference not in client.get("/desk/incidents/").content.decode()
    assert client.post(f"/desk/incidents/{incident.pk}/retrial/").status_code == 404
    assert client.post(f"/desk/incidents/{incident.pk}/wish/").status_code == 404
    assert Timer.objects.get().failed_at is None
