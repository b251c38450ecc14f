"""Asking and promising anew on the desk, and what the complainant finds on the portal."""

from __future__ import annotations

from django.test import Client

from shenava.complaints import actions
from shenava.complaints.models import Complaint
from shenava.people.models import Party
from tests.world import World, log_in


def login(party: Party) -> Client:
    """A browser of somebody's own."""
    return log_in(Client(), party)


def page(complaint: Complaint) -> str:
    return f"/desk/complaints/{complaint.reference}/"


def at_the_portal(world: World) -> tuple[Complaint, Client]:
    """A complaint that Sara holds, and the browser of its complainant."""
    complaint, browser = world.complaint(secret="abcd-efgh-jkmn-pqrs"), Client()
    actions.take(complaint, by=world.sara)
    browser.post("/track/", {"code": complaint.public_code, "secret": "abcd-efgh-jkmn-pqrs"})
    return complaint, browser


def test_an_officer_asks_and_the_complainant_finds_it_and_answers(world: World) -> None:
    complaint, browser = at_the_portal(world)
    sara = login(world.sara)
    sara.post(page(complaint) + "questions/", {"text": "Which number stands on the door?"})
    assert "waits for the complainant, asked" in sara.get(page(complaint)).content.decode()
    place = f"/complaints/{complaint.public_code}/"
    shown = browser.get(place).content.decode()
    assert "What we need from you" in shown
    assert "Which number stands on the door?" in shown
    browser.post(place + "information/", {"submission": "one", "text": "It is 4711."})
    assert "What we need from you" not in browser.get(place).content.decode()
    assert complaint.reference in sara.get("/desk/cartable/received/").content.decode()


def test_an_officer_promises_another_date_and_the_complainant_reads_it_with_the_reason(world: World) -> None:
    complaint, browser = at_the_portal(world)
    said = {"due_at": "1490/01/01", "reason": "The part is late."}
    login(world.sara).post(page(complaint) + "deadlines/", said)
    shown = browser.get(f"/complaints/{complaint.public_code}/").content.decode()
    assert "The date of our answer has changed" in shown
    assert "The part is late." in shown


def test_a_date_that_is_past_is_refused_at_the_field(world: World) -> None:
    complaint = world.taken()
    answer = login(world.sara).post(page(complaint) + "deadlines/", {"due_at": "1404/01/01", "reason": "Late."})
    assert answer.status_code == 422
    assert "This day is past." in answer.content.decode()
    assert complaint.deadline_changes.count() == 0


def test_a_corrected_response_is_marked_on_both_pages(world: World) -> None:
    complaint, browser = at_the_portal(world)
    sara = login(world.sara)
    sara.post(page(complaint) + "responses/", {"text": "He comes tomorrow."})
    sara.post(page(complaint) + "corrections/", {"text": "He comes on Monday."})
    for shown in (sara.get(page(complaint)), browser.get(f"/complaints/{complaint.public_code}/")):
        words = shown.content.decode()
        assert words.count("corrected later, does not count") == 1
        assert "He comes tomorrow." in words
        assert "He comes on Monday." in words


def test_an_answer_is_taken_back_on_the_page(world: World) -> None:
    complaint = world.responded()
    sara = log_in(Client(), world.sara)
    address = f"/desk/complaints/{complaint.reference}/"
    assert "Take the response back" in sara.get(address).content.decode()
    assert sara.post(address + "recalls/", {"reason": ""}).status_code == 422
    sara.post(address + "recalls/", {"reason": "The technician is ill."})
    assert complaint.responses.get().recalled_at is not None
    assert "taken back, does not count" in sara.get(address).content.decode()
