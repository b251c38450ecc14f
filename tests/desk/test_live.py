"""Live: pages learn within seconds that something changed, who is writing, and what happened meanwhile."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.http import urlencode

from shenava.common import clock
from shenava.complaints import actions, personal
from shenava.complaints.models import Complaint
from shenava.desk import live
from shenava.people import sessions
from shenava.people.actions import grant_role, revoke_role
from shenava.people.models import LoginSession, Party, Role
from shenava.people.standing import Standing, standing_of
from tests.world import World, log_in


@pytest.fixture(autouse=True)
def one_connection(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Tests share one connection with the page they ask; closing it would end the test's transaction."""
    monkeypatch.setattr("django.db.connection.close", lambda: None)
    yield


def login(party: Party) -> Client:
    """A browser of somebody's own."""
    return log_in(Client(), party)


def ask(party: Party, complaint: Complaint) -> tuple[str, Any]:
    """What a page of this reader is told."""
    session = LoginSession.objects.filter(user__party=party).latest("pk")
    shown = live.ticket(standing_of(party), complaint, login=session.pk)
    status, body = live.answer(urlencode({"t": shown}))
    return status, json.loads(body)


def test_the_number_grows_with_everything_that_happens(world: World) -> None:
    complaint = world.taken()
    login(world.sara)
    _status, before = ask(world.sara, complaint)
    actions.note(complaint, text="New.", by=world.manager)
    status, after = ask(world.sara, complaint)
    assert (status, after["seq"]) == ("200 OK", before["seq"] + 1)


def test_colleagues_are_told_for_two_minutes_who_is_writing_and_the_writer_is_not(world: World) -> None:
    complaint = world.taken()
    login(world.sara), login(world.manager)
    personal.is_writing(world.sara, complaint)
    assert ask(world.manager, complaint)[1]["writing"] == ["Sara Rostami"]
    assert ask(world.sara, complaint)[1]["writing"] == []
    with clock.shifted(timedelta(minutes=3)):
        assert ask(world.manager, complaint)[1]["writing"] == []


def test_a_sent_answer_ends_the_lease(world: World) -> None:
    complaint = world.taken()
    sara, page = login(world.sara), f"/desk/complaints/{complaint.reference}/"
    assert sara.post(page + "drafts/response/", {"text": "A tech"}).status_code == 204
    assert complaint.writings.count() == 1
    sara.post(page + "responses/", {"text": "A technician comes."})
    assert complaint.writings.count() == 0


@pytest.mark.parametrize(
    "shown",
    ["", "x", "t=1", "t=" + "x" * 5000, "t=" + live.ticket(Standing(1, "person"), Complaint(pk=1), login=1)],
    ids=["nothing", "a letter", "a number", "a flood", "of no login"],
)
def test_whatever_is_not_a_ticket_of_a_living_login_is_told_nothing(world: World, shown: str) -> None:
    assert live.answer(shown) == ("403 Forbidden", b"{}")


@pytest.mark.parametrize("who", ["manager", "agent"])
def test_a_role_that_is_taken_back_or_given_is_noticed_at_the_next_question(world: World, who: str) -> None:
    complaint, party = world.taken(), getattr(world, who)
    login(party)
    session = LoginSession.objects.get(user__party=party)
    shown = urlencode({"t": live.ticket(standing_of(party), complaint, login=session.pk)})
    assert live.answer(shown)[0] == "200 OK"
    grant_role(party, role=Role.EXPERT, unit=world.service, by=world.administrator)
    assert live.answer(shown)[0] == "403 Forbidden"
    party = Party.objects.get(pk=party.pk)
    shown = urlencode({"t": live.ticket(standing_of(party), complaint, login=session.pk)})
    assert live.answer(shown)[0] == "200 OK"
    for grant in party.grants.all():
        revoke_role(party, grant=grant, by=world.administrator)
    assert live.answer(shown)[0] == "403 Forbidden"


def test_an_ended_login_a_named_person_and_an_old_page_are_told_nothing(world: World) -> None:
    complaint = world.taken()
    login(world.reza), login(world.sara)
    Complaint.objects.filter(pk=complaint.pk).update(excluded=[world.reza.pk])
    assert ask(world.reza, complaint)[0] == "403 Forbidden"
    session = LoginSession.objects.get(user__party=world.sara)
    shown = urlencode({"t": live.ticket(standing_of(world.sara), complaint, login=session.pk)})
    assert live.answer(shown)[0] == "200 OK"
    Complaint.objects.filter(pk=complaint.pk).update(readers=[])
    assert live.answer(shown)[0] == "403 Forbidden"
    Complaint.objects.filter(pk=complaint.pk).update(readers=complaint.readers)
    assert live.answer(shown)[0] == "200 OK"
    sessions.end(session)
    assert live.answer(shown)[0] == "403 Forbidden"


def test_an_answer_written_on_an_old_page_waits_until_its_writer_has_read_what_happened(world: World) -> None:
    complaint = world.taken()
    sara, page = login(world.sara), f"/desk/complaints/{complaint.reference}/"
    seen = re.search(r'name="seen" value="(\d+)"', sara.get(page).content.decode())
    assert seen is not None
    more = actions.Addition(text="It burns now!", channel="portal")
    actions.add_information(complaint, addition=more, by=complaint.complainant)
    said = {"text": "A technician comes.", "seen": seen.group(1)}
    answer = sara.post(page + "responses/", said)
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "A technician comes." in shown
    assert complaint.responses.count() == 0
    again = re.search(r'name="seen" value="(\d+)"', shown)
    assert again is not None
    sara.post(page + "responses/", said | {"seen": again.group(1)})
    assert complaint.responses.count() == 1


def test_what_is_being_written_is_there_again_in_another_browser(world: World) -> None:
    complaint = world.taken()
    sara, page = login(world.sara), f"/desk/complaints/{complaint.reference}/"
    sara.post(page + "drafts/response/", {"text": "Half a sent"})
    assert "Half a sent" in sara.get(page).content.decode()
    assert "Half a sent" in sara.get("/desk/cartable/drafts/").content.decode()
    assert "Half a sent" not in login(world.manager).get(page).content.decode()


def test_nothing_else_is_kept_as_a_draft_and_nothing_of_hidden_complaints(world: World) -> None:
    complaint = world.taken()
    page = f"/desk/complaints/{complaint.reference}/drafts/"
    assert login(world.sara).post(page + "intake/", {"text": "x"}).status_code == 404
    assert login(world.reza).post(page + "response/", {"text": "x"}).status_code == 404
    assert not complaint.drafts.exists()


def test_a_colleagues_note_does_not_hold_an_answer_up(world: World) -> None:
    complaint = world.taken()
    sara, page = login(world.sara), f"/desk/complaints/{complaint.reference}/"
    actions.note(complaint, text="Nothing new.", by=world.manager)
    sara.post(page + "responses/", {"text": "A technician comes.", "seen": "2"})
    assert complaint.responses.count() == 1
