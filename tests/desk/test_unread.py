"""The folder of mail that could not be read: seen by those who register complaints, and emptied by their deeds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shenava.common import clock
from shenava.complaints.models import Complaint
from shenava.journal.models import Entry
from shenava.mailroom import jobs
from shenava.mailroom.unread import shown, unreadable
from shenava.messages.models import Mailbox, Raw
from shenava.people.standing import standing_of
from shenava.process.models import WorkItem
from tests.mailroom.letters import acknowledged, answering, letter, post
from tests.world import World

Login = Callable[[Any], Client]
NAMELESS = b"Subject: Broken <b>machine</b>\r\n\r\nIt shakes.\r\n"
OPENS = {"sara": True, "agent": True, "manager": True, "reza": False, "expert": False, "auditor": False,
         "administrator": False}  # fmt: skip
SEES_FOLDER = {name: opens or name == "reza" for name, opens in OPENS.items()}


@pytest.fixture
def mailbox(world: World) -> Mailbox:
    """The address of after-sales service; its mail stays in the outbox."""
    return Mailbox.objects.create(name="Care", address="care@arman.example", unit=world.service, never_sends=True)


@pytest.fixture
def waiting(mailbox: Mailbox) -> Raw:
    """A mail without a sender, three days old."""
    return post(NAMELESS, mailbox, received_at=clock.now() - timedelta(days=3))


def place(name: str, raw: Raw) -> str:
    return reverse(f"desk:{name}", args=[raw.pk])


@pytest.mark.parametrize(("who", "opens"), SEES_FOLDER.items())
def test_the_folder_is_for_those_who_register_complaints(
    world: World, waiting: Raw, login: Login, who: str, opens: bool
) -> None:
    answer = login(getattr(world, who)).get(reverse("desk:unread"))
    assert (answer.status_code == 200) is opens


@pytest.mark.parametrize(("who", "opens"), OPENS.items())
@pytest.mark.parametrize("name", ["unread_mail", "unread_original"])
def test_a_mail_is_for_those_of_its_unit(
    world: World, waiting: Raw, login: Login, who: str, opens: bool, name: str
) -> None:
    answer = login(getattr(world, who)).get(place(name, waiting))
    assert (answer.status_code == 200) is opens


@pytest.mark.parametrize("who", [name for name, opens in OPENS.items() if not opens])
@pytest.mark.parametrize("name", ["unread_readings", "unread_complaint", "unread_aside"])
def test_nobody_else_decides_about_a_mail(world: World, waiting: Raw, login: Login, who: str, name: str) -> None:
    words = {"title": "t", "description": "d", "reason": "r"}
    login(getattr(world, who)).post(place(name, waiting), words)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.problem) == ("failed", "no_sender")
    assert not Complaint.objects.exists()
    assert not Entry.objects.filter(stream__name="mailroom").exists()


def test_without_a_login_nothing_is_shown(world: World, waiting: Raw, client: Client) -> None:
    answers = [client.get(place(name, waiting)) for name in ("unread_mail", "unread_original")]
    assert [answer.status_code for answer in answers] == [302, 302]


def test_a_mail_waits_with_its_problem_and_its_running_clock(world: World, waiting: Raw, login: Login) -> None:
    client = login(world.sara)
    answer = client.get(reverse("desk:unread"))
    folder = answer.text
    page = client.get(place("unread_mail", waiting)).text
    counts = {entry.url: entry.count for entry in answer.context["navigation"]["folders"]}
    assert counts[reverse("desk:unread")] == 1
    assert "Broken &lt;b&gt;machine&lt;/b&gt;" in folder
    for shown_page in (folder, page):
        assert "It names no sender." in shown_page
        assert "Unreadable mail" in shown_page
    assert page.count("It shakes.") == 3, "as words, as bytes, and ready to be registered"
    (mail,) = shown([waiting])
    promised = world.complaint(received_at=waiting.received_at).due_at
    assert mail.due_at == promised


def test_the_original_is_handed_out_to_be_saved_only(world: World, waiting: Raw, login: Login) -> None:
    answer = login(world.sara).get(place("unread_original", waiting))
    assert answer.content == NAMELESS
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Type"] == "application/octet-stream"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_it_is_registered_by_hand_with_its_bytes_and_the_promise_of_its_arrival(
    world: World, waiting: Raw, login: Login
) -> None:
    client, words = login(world.agent), {"title": "Machine", "description": "It shakes.", "email": "m@example.com"}
    answers = [client.post(place("unread_complaint", waiting), words) for _click in range(2)]
    complaint = Complaint.objects.get()
    assert [answer["Location"] for answer in answers] == [reverse("desk:complaint", args=[complaint.reference])] * 2
    assert complaint.received_at == waiting.received_at
    assert complaint.clocks.get(kind="answer").started_at == waiting.received_at
    assert (complaint.channel, complaint.unit, complaint.complainant.email) == ("email", world.service, "m@example.com")
    waiting.refresh_from_db()
    assert waiting.state == "read"
    assert waiting.message.files.get().path.read_bytes() == NAMELESS
    assert client.get(place("unread_mail", waiting)).status_code == 404
    assert Entry.objects.get(kind="mailroom.registered_by_hand").data == {"raw": waiting.pk, "complaint": complaint.pk}


def test_what_was_typed_comes_back_where_something_is_missing(world: World, waiting: Raw, login: Login) -> None:
    answer = login(world.sara).post(place("unread_complaint", waiting), {"title": "Machine", "email": "no address"})
    assert answer.status_code == 422
    assert 'value="no address"' in answer.text
    assert not Complaint.objects.exists()


def test_it_is_read_again_when_the_program_knows_better(world: World, mailbox: Mailbox, login: Login) -> None:
    raw = post(letter(), mailbox)
    Raw.objects.filter(pk=raw.pk).update(state="failed", problem="fault", message=None)
    Complaint.objects.update(submission=None)
    client = login(world.sara)
    for _click in range(2):
        assert client.post(place("unread_readings", raw))["Location"] == reverse("desk:unread")
    jobs.read(raw_id=raw.pk)
    raw.refresh_from_db()
    assert (raw.state, Entry.objects.filter(kind="mailroom.read_again").count()) == ("read", 1)


def test_it_is_set_aside_with_a_reason_and_can_still_become_a_complaint(
    world: World, waiting: Raw, login: Login
) -> None:
    client = login(world.sara)
    assert client.post(place("unread_aside", waiting), {"reason": ""}).status_code == 422
    for _click in range(2):
        client.post(place("unread_aside", waiting), {"reason": "An advertisement."})
    assert Entry.objects.filter(kind="mailroom.set_aside").count() == 1
    assert unreadable(standing_of(world.sara)).count() == 0
    assert "An advertisement." in client.get(place("unread_mail", waiting)).text
    client.post(place("unread_complaint", waiting), {"title": "After all", "description": "It shakes."})
    assert Complaint.objects.get().title == "After all"


def test_automatic_mail_is_kept_aside_and_what_lies_with_a_complaint_is_not_shown_beside_it(
    world: World, mailbox: Mailbox, login: Login
) -> None:
    _complaint, outgoing = acknowledged(post(letter(), mailbox))
    bulk = letter("Win!", subject="A prize", message_id="<w@example.com>", more="Precedence: bulk\r\n")
    loose = post(bulk, mailbox)
    tied = post(
        letter("Away.", subject="Out of office", message_id="<a@example.com>", more=answering(outgoing)), mailbox
    )
    copy = post(letter(more="Received: elsewhere\r\n"), mailbox)
    officer = login(world.sara)
    assert officer.get(place("unread_mail", loose)).status_code == 200
    assert "A prize" in officer.get(reverse("desk:unread")).text
    assert [officer.get(place("unread_mail", raw)).status_code for raw in (tied, copy)] == [404, 404]
    assert login(world.manager).get(place("unread_mail", copy)).status_code == 200


def test_an_automatic_mail_that_a_person_wrote_becomes_a_complaint_like_any(
    world: World, mailbox: Mailbox, login: Login
) -> None:
    raw = post(letter(more="Precedence: bulk\r\n"), mailbox)
    login(world.sara).post(place("unread_complaint", raw), {"title": "Machine", "description": "It shakes."})
    raw.refresh_from_db()
    assert raw.message.complaint == Complaint.objects.get()
    assert not raw.message.is_automatic
    assert WorkItem.objects.filter(complaint=raw.message.complaint).exists()


def test_a_full_folder_has_pages_and_asks_the_database_no_more_for_it(
    world: World, mailbox: Mailbox, login: Login, django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        raw = post(b"Subject: No. %d.\r\n\r\nx\r\n" % number, mailbox)
        Raw.objects.filter(pk=raw.pk).update(received_at=clock.now() - timedelta(minutes=60 - number))
    client = login(world.manager)
    with django_assert_max_num_queries(30):
        first = client.get(reverse("desk:unread"))
    second = client.get(reverse("desk:unread"), {"after": first.context["next"]})
    assert [one.raw.envelope["subject"] for one in (*first.context["waiting"], *second.context["waiting"])] == [
        f"No. {number}." for number in range(60)
    ]
    assert unreadable(standing_of(world.manager)).count() == 60
