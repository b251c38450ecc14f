"""Trying a process on the desk: step by step, by the address alone; nothing is kept."""

from __future__ import annotations

import pytest
from django.test import Client

from shenava.complaints.models import Complaint
from shenava.journal.models import Entry
from shenava.process import actions, publishing
from shenava.process.models import Instance, ProcessVersion
from tests.desk.test_versions import words
from tests.process.samples import branching
from tests.world import World, log_in

PAGE = "/desk/processes/complaint/try/"


def test_a_complaint_is_imagined_and_goes_through_it_step_by_step(world: World) -> None:
    publishing.publish(branching(), by=world.administrator)
    client = log_in(Client(), world.administrator)
    before = Entry.objects.count()
    first = client.get(PAGE)
    assert ("verb:register", "Register") in first.context["possible"]
    path = {"c": ["verb:register", "verb:take", "days:4"], "severity": "4", "at": "2026-11-23T09:00:00+00:00"}
    told = client.get(PAGE, path)
    assert [one.choice for one in told.context["passages"]][-2:] == ["4 days pass", "4 days pass"]
    assert "Done by itself: Remind the holder" in words(told)
    assert told.context["passages"][2].deadlines[0][1].isoformat() == "2026-11-26T09:00:00+00:00"
    assert (Complaint.objects.count(), Instance.objects.count(), Entry.objects.count()) == (0, 0, before)


def test_the_usual_way_leads_to_the_end_and_the_last_choice_is_taken_back(world: World) -> None:
    client = log_in(Client(), world.administrator)
    usual = client.get(PAGE, {"c": "verb:register", "usual": "1"}, follow=True)
    assert "It has come to its end." in words(usual)
    back = client.get(f"{PAGE}?{usual.context['before']}")
    assert len(back.context["choices"]) == len(usual.context["choices"]) - 1


def test_whatever_stands_in_the_address_the_page_is_shown(world: World) -> None:
    client = log_in(Client(), world.administrator)
    wrong = ({"c": ["sing", "verb:nothing", "days:x"]}, {"c": "days:99999999999"}, {"at": "then"}, {"severity": "x"})
    assert [client.get(PAGE, one).status_code for one in wrong] == [200] * 4
    assert client.get(PAGE, {"version": "9"}).status_code == 404


@pytest.mark.parametrize("days", ["²", "٣", "9" * 5_000, "-1", ""])
def test_a_number_of_days_that_is_none_is_one_day(world: World, days: str) -> None:
    world.complaint()
    client = log_in(Client(), world.administrator)
    begun = {"at": "2026-11-28T08:00:00+00:00"}
    told = client.get("/desk/processes/complaint/try/", {**begun, "c": f"days:{days}"})
    assert told.status_code == 200
    assert [one.at.day for one in told.context["passages"]][:2] in ([28, 29], [28, 28])


def test_a_process_that_was_never_in_force_is_tried_by_its_draft(world: World) -> None:
    world.complaint()
    like = ProcessVersion.objects.get(current_for__key="complaint")
    own = actions.draft_process(like=like, names={"en": "Warranty"}, by=world.administrator)
    told = log_in(Client(), world.administrator).get(f"/desk/processes/{own.process.key}/try/")
    assert (told.status_code, told.context["version"]) == (200, own)
