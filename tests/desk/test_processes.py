"""Processes as the administrator chooses among them, and the short form of the light one."""

from __future__ import annotations

from typing import Any

from django.test import Client

from shenava.complaints.models import Complaint
from shenava.journal.models import Entry
from shenava.process import actions, publishing
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


def test_the_steps_are_shown_in_the_order_in_which_a_complaint_comes_to_them(world: World) -> None:
    publishing.deliver()
    shown = log_in(Client(), world.administrator).get("/desk/processes/").context["processes"]
    steps = {one["process"].key: [step.name for step in one["steps"]] for one in shown}
    assert steps["complaint"] == ["Registered", "In handling", "Responded", "Under review"]
    assert [step for step in steps["manufacturer"] if step in steps["complaint"]] == steps["complaint"]
    assert steps["manufacturer"].index("Receive the item") < steps["manufacturer"].index("Inspect the item")


def test_an_administrator_begins_a_process_of_his_own_and_puts_it_into_force(world: World) -> None:
    publishing.deliver()
    client = log_in(Client(), world.administrator)
    nameless = client.post("/desk/processes/new/", {"like": "light"})
    assert (nameless.status_code, Process.objects.count()) == (422, 5)
    begun = client.post("/desk/processes/new/", {"like": "light", "name_fa": "گارانتی", "name_en": "Warranty"})
    assert begun["Location"] == "/desk/processes/warranty/draft/"
    assert client.get("/desk/processes/warranty/draft/").status_code == 200
    assert "Go on with the draft" in client.get("/desk/processes/").content.decode()
    actions.save_draft(Process.objects.get(key="warranty"), content=named_in_full(), by=world.administrator)
    assert client.post("/desk/processes/warranty/publication/")["Location"] == "/desk/processes/warranty/versions/"
    assert Process.objects.get(key="warranty").current_version.number == 1


def test_an_earlier_version_is_the_draft_again(world: World) -> None:
    publishing.deliver()
    client = log_in(Client(), world.administrator)
    assert client.post("/desk/processes/light/versions/1/")["Location"] == "/desk/processes/light/draft/"
    assert client.post("/desk/processes/light/publication/")["Location"] == "/desk/processes/light/draft/"
    again = client.post("/desk/processes/light/versions/1/", follow=True)
    assert "There is a draft of this process already" in again.content.decode()
    assert client.post("/desk/processes/light/abandonment/").status_code == 302
    assert Process.objects.get(key="light").draft is None


def named_in_full() -> dict[str, Any]:
    draft = Process.objects.get(key="warranty").draft
    return {**draft.graph, "names": {"en": "Warranty", "fa": "گارانتی", "he": "אחריות"}}
