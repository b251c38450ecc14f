"""Assessment on the desk: judged on the page, seen in the lists."""

from __future__ import annotations

from django.test import Client

from shenava.complaints import actions
from shenava.complaints.actions import Look
from shenava.complaints.models import Complaint
from shenava.people.models import Party
from tests.world import World, log_in


def login(party: Party) -> Client:
    """A browser of somebody's own."""
    return log_in(Client(), party)


def page(complaint: Complaint) -> str:
    return f"/desk/complaints/{complaint.reference}/"


def test_an_officer_assesses_and_the_page_and_the_cartable_show_it(world: World) -> None:
    complaint = world.taken()
    sara = login(world.sara)
    said = {"severity": 4, "importance": 5, "felt_severity": 5, "urgency": "urgent", "is_safety": "on",
            "immediate_action": "Unplug it."}  # fmt: skip
    sara.post(page(complaint) + "assessments/", said)
    shown = sara.get(page(complaint)).content.decode()
    assert "Unplug it." in shown
    assert "Assess again" in shown
    assert "Priority: top" in sara.get("/desk/cartable/received/").content.decode()
    alarmed = login(world.manager).get("/desk/cartable/received/").content.decode()
    assert "Danger to people:" in alarmed


def test_a_half_filled_assessment_comes_back_open_with_what_was_said(world: World) -> None:
    complaint = world.taken()
    answer = login(world.sara).post(page(complaint) + "assessments/", {"severity": 3, "immediate_action": "Call."})
    assert answer.status_code == 422
    assert "Call." in answer.content.decode()
    assert complaint.assessments.count() == 0


def test_the_form_opens_with_what_was_said_last(world: World) -> None:
    complaint = world.taken()
    actions.assess(complaint, look=Look(3, 2, immediate_action="Send a technician."), by=world.sara)
    form = login(world.sara).get(page(complaint), {"do": "assessments"}).context["placed"]["assessments"]["form"]
    assert (form["severity"].value(), form["immediate_action"].value()) == (3, "Send a technician.")


def test_who_may_not_assess_is_told_why(world: World) -> None:
    complaint = world.taken()
    shown = login(world.expert).get(page(complaint)).content.decode()
    assert "Assess: Your role does not include this." in shown


def test_the_manager_says_on_the_page_that_the_danger_is_dealt_with(world: World) -> None:
    complaint = world.taken()
    actions.assess(complaint, look=Look(5, 5, is_safety=True), by=world.sara)
    manager = login(world.manager)
    assert "I have dealt with it" in manager.get(page(complaint)).content.decode()
    manager.post(page(complaint) + "tasks/")
    assert "I have dealt with it" not in manager.get(page(complaint)).content.decode()
