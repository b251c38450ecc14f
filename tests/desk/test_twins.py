"""Twins: a form that is sent twice at one moment does one deed, whatever the form."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from shenava.common import clock, tokens
from shenava.complaints.models import Complaint
from shenava.journal.actions import Refused
from shenava.messages.models import Message, Outgoing
from shenava.people import actions as people
from shenava.people.models import Delegation, ExternalBody, Invitation, Unit
from tests.world import World, log_in

TOKEN = "t" * 64
TWICE = 2


@pytest.fixture
def db(own_database: None) -> None:
    """These tests commit."""


def sent_twice(client: Client, address: str, said: dict[str, Any]) -> list[int]:
    """The answers to one form that two clicks have sent."""
    gate = Barrier(TWICE)

    def send(_number: int) -> int:
        own = Client()
        own.cookies = client.cookies
        gate.wait()
        try:
            return own.post(address, said).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(TWICE) as pool:
        return list(pool.map(send, range(TWICE)))


@pytest.fixture
def complaint(db: None, world: World) -> Complaint:
    return world.taken()


DEEDS = {
    "notes": {"text": "A note."}, "information": {"text": "More.", "channel": "phone"},
    "issue-lines": {"subject": "staff", "text": "Rude."}, "questions": {"text": "Which one?"},
    "responses": {"text": "A technician comes."},
}  # fmt: skip


@pytest.mark.parametrize("noun", DEEDS)
def test_a_double_click_on_the_desk_does_it_once(world: World, complaint: Complaint, noun: str) -> None:
    officer = log_in(Client(), world.sara)
    before = counted(complaint)
    said = DEEDS[noun] | {"csrfmiddlewaretoken": TOKEN}
    assert sent_twice(officer, f"/desk/complaints/{complaint.reference}/{noun}/", said) == [302, 302]
    assert sum(counted(complaint)) - sum(before) == 1
    shown = officer.get(f"/desk/complaints/{complaint.reference}/").content.decode()
    assert 'data-kind="refused"' not in shown


def counted(complaint: Complaint) -> tuple[int, int, int]:
    """Notes, issue lines and messages."""
    return complaint.notes.count(), complaint.issue_lines.count(), Message.objects.filter(complaint=complaint).count()


def test_a_double_click_on_the_portal_adds_once(world: World, db: None) -> None:
    secret = tokens.human_secret()
    complaint = world.complaint(secret=secret)
    stranger = Client()
    stranger.post("/track/", {"code": complaint.public_code, "secret": secret})
    said = {"submission": "mark", "text": "It leaks too."}
    assert sent_twice(stranger, f"/complaints/{complaint.public_code}/information/", said) == [302, 302]
    assert Message.objects.filter(complaint=complaint, kind="addition").count() == 1


FORMS = {
    "/desk/bodies/new/": {"name": "A court", "kind": "court"},
    "/desk/units/new/": {"name": "Cellar", "kind": "office"},
    "/desk/people/invitations/new/": {"email": "new@example.com", "name": "New", "role": "auditor", "unit": ""},
}


@pytest.mark.parametrize("address", FORMS)
def test_a_double_click_of_the_administrator_adds_one(world: World, db: None, address: str) -> None:
    administrator = log_in(Client(), world.administrator)
    before = added()
    answers = sent_twice(administrator, address, FORMS[address] | {"csrfmiddlewaretoken": TOKEN})
    assert set(answers) <= {200, 302}
    assert added() - before == 1


def added() -> int:
    return ExternalBody.objects.count() + Unit.objects.count() + Invitation.objects.count()


def test_a_form_that_was_faulty_may_be_sent_again(world: World, db: None) -> None:
    administrator, said = log_in(Client(), world.administrator), {"kind": "court", "csrfmiddlewaretoken": TOKEN}
    assert [administrator.post("/desk/bodies/new/", said).status_code for _ in range(2)] == [422, 422]


def test_what_somebody_else_has_just_removed_is_a_refusal(world: World, db: None) -> None:
    now = clock.now()
    given = people.delegate(
        world.sara, deputy=world.reza, starts_at=now, ends_at=now + timedelta(days=1), by=world.sara
    )
    people.end_delegation(Delegation.objects.get(), by=world.sara)
    with pytest.raises(Refused, match="not there any more"):
        people.end_delegation(given, by=world.sara)


def test_what_was_written_anew_on_the_same_page_is_no_twin(world: World, complaint: Complaint) -> None:
    officer, address = log_in(Client(), world.sara), f"/desk/complaints/{complaint.reference}/notes/"
    for text in ("One.", "Two.", "Two."):
        officer.post(address, {"csrfmiddlewaretoken": TOKEN, "text": text})
    assert sorted(complaint.notes.values_list("text", flat=True)) == ["One.", "Two."]


def test_what_was_refused_may_be_tried_again(world: World, complaint: Complaint) -> None:
    officer, address = log_in(Client(), world.sara), f"/desk/complaints/{complaint.reference}/closure/"
    said = {"csrfmiddlewaretoken": TOKEN, "text": "Done."}
    for _ in range(TWICE):
        answer = officer.post(address, said, follow=True)
        assert 'data-kind="refused"' in answer.content.decode()
    assert not Outgoing.objects.filter(complaint=complaint, purpose="closure").exists()
