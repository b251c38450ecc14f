"""Processes as the administrator chooses among them, and the short form of the light one."""

from __future__ import annotations

from django.test import Client

from shenava.complaints.models import Complaint
from shenava.journal.models import Entry
from shenava.process import publishing
from shenava.process.models import Process
from tests.world import World, log_in

SHORT = ["channel", "name", "phone", "description", "requested_remedies"]


def test_new_complaints_follow_the_process_that_was_chosen_and_others_keep_theirs(world: World) -> None:
    publishing.deliver()
    before = world.complaint()
    light = Process.objects.get(key="light")
    client = log_in(Client(), world.administrator)
    assert client.post(f"/desk/processes/{light.pk}/choice/").status_code == 302
    assert "new complaints follow it" in client.get("/desk/processes/").content.decode()
    assert world.complaint().instance.version.process == light
    assert Complaint.objects.get(pk=before.pk).instance.version.process.key == "complaint"
    assert Entry.objects.filter(kind="process.chosen").count() == 1


def test_the_light_process_asks_for_five_things_and_the_rest_is_as_usual(world: World) -> None:
    publishing.deliver()
    publishing.choose(Process.objects.get(key="light"))
    client = log_in(Client(), world.agent)
    form = client.get("/desk/complaints/new/").context["form"]
    assert [bound.name for bound in form.first()] == SHORT
    sent = {
        "submission": form["submission"].value(), "channel": "phone", "name": "Mahsa Kianpour",
        "phone": "+989121234567", "description": "The kettle leaks.\nSince yesterday.",
        "requested_remedies": ["repair"],
    }  # fmt: skip
    assert client.post("/desk/complaints/new/", sent).status_code == 302
    complaint = Complaint.objects.get()
    assert (complaint.title, complaint.record_type, complaint.subject) == ("The kettle leaks.", "complaint", "product")
    assert complaint.stage == "registered"


def test_the_whole_form_is_asked_where_the_process_says_nothing_of_it(world: World) -> None:
    client = log_in(Client(), world.agent)
    form = client.get("/desk/complaints/new/").context["form"]
    assert form.first() == []
    assert form.fields["title"].required
