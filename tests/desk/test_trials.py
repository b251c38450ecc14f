"""Trying a process on the desk: step by step, by the address alone; nothing is kept."""

from __future__ import annotations

from django.test import Client

from shenava.complaints.models import Complaint
from shenava.journal.models import Entry
from shenava.process import publishing
from shenava.process.models import Instance
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
    assert "Done by itself: Remind whoever holds it" in words(told)
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
