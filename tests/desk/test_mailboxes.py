"""Mailboxes as an administrator arranges them in the desk: kept, tried out, never showing a password."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from shenava.messages.models import Mailbox, Outgoing
from shenava.people.models import Party
from tests.world import World

BrowserOf = Callable[[Party], Client]
TOLD = {
    "name": "Complaints", "address": "care@arman.example", "is_active": "on",
    "imap_host": "127.0.0.1", "imap_port": "1", "imap_security": "none", "imap_user": "u", "imap_password": "hush-imap",
    "smtp_host": "127.0.0.1", "smtp_port": "1", "smtp_security": "none", "smtp_user": "u", "smtp_password": "hush-smtp",
}  # fmt: skip


@pytest.fixture
def dara(world: World, browser_of: BrowserOf) -> Client:
    return browser_of(world.administrator)


def test_a_mailbox_is_kept_and_its_passwords_are_never_shown(dara: Client) -> None:
    answer = dara.post("/desk/mailboxes/new/", TOLD)
    box = Mailbox.objects.get()
    assert answer.url == f"/desk/mailboxes/{box.pk}/"
    shown = dara.get(answer.url).content.decode() + dara.get("/desk/mailboxes/").content.decode()
    assert "care@arman.example" in shown
    assert "hush" not in shown
    dara.post(answer.url, TOLD | {"name": "Care", "imap_password": "", "smtp_password": ""})
    changed = Mailbox.objects.get()
    assert (changed.name, changed.imap_password, changed.smtp_password) == ("Care", "hush-imap", "hush-smtp")


@pytest.mark.parametrize("fault", [{"name": ""}, {"address": "nobody"}, {"smtp_port": "0"}, {"imap_security": "rot13"}])
def test_a_wrong_mailbox_is_refused_at_the_field(dara: Client, fault: dict[str, str]) -> None:
    answer = dara.post("/desk/mailboxes/new/", TOLD | fault)
    assert (answer.status_code, answer.content.decode().count("data-faulty")) == (422, 1)
    assert not Mailbox.objects.exists()


def test_a_trial_names_the_step_that_fails_and_sends_nothing(dara: Client) -> None:
    dara.post("/desk/mailboxes/new/", TOLD)
    box = Mailbox.objects.get()
    mails = Outgoing.objects.count()
    shown = dara.post(f"/desk/mailboxes/{box.pk}/trial/", follow=True).content.decode()
    assert shown.count(" failed at ") == 2
    assert "hush" not in shown
    assert Outgoing.objects.count() == mails


def test_a_new_mailbox_is_saved_and_tried_in_one_go(dara: Client) -> None:
    shown = dara.post("/desk/mailboxes/new/", TOLD | {"try": "1"}, follow=True).content.decode()
    assert Mailbox.objects.count() == 1
    assert shown.count(" failed at ") == 2


def test_a_mailbox_without_servers_has_nothing_to_try(dara: Client) -> None:
    alone = {name: value for name, value in TOLD.items() if "host" not in name}
    shown = dara.post("/desk/mailboxes/new/", alone | {"try": "1"}, follow=True).content.decode()
    assert "There is nothing to try yet" in shown


def test_a_password_keeps_its_blanks(dara: Client) -> None:
    dara.post("/desk/mailboxes/new/", TOLD | {"imap_password": " with blanks "})
    assert Mailbox.objects.get().imap_password == " with blanks "


def test_mail_that_is_stuck_is_sent_again_or_left(world: World, dara: Client) -> None:
    dara.post("/desk/people/invitations/new/", {"name": "A", "email": "a@arman.example", "role": "auditor"})
    dara.post("/desk/people/invitations/new/", {"name": "B", "email": "b@arman.example", "role": "auditor"})
    first, second = Outgoing.objects.filter(purpose="invitation").order_by("pk")
    Outgoing.objects.filter(purpose="invitation").update(state="failed", last_error="550 no such user")
    assert dara.get("/desk/mailboxes/").content.decode().count("550 no such user") == 2
    dara.post(f"/desk/outbox/{first.pk}/sending/")
    dara.post(f"/desk/outbox/{second.pk}/abandonment/")
    assert [Outgoing.objects.get(pk=one.pk).state for one in (first, second)] == ["due", "given_up"]
    assert dara.post(f"/desk/outbox/{second.pk}/sending/").status_code == 404


def test_only_administrators_reach_the_outbox(world: World, dara: Client, browser_of: BrowserOf) -> None:
    dara.post("/desk/people/invitations/new/", {"name": "A", "email": "a@arman.example", "role": "auditor"})
    mail = Outgoing.objects.get(purpose="invitation")
    Outgoing.objects.update(state="failed")
    for party in (world.sara, world.manager, world.auditor):
        for deed in ("sending", "abandonment"):
            assert browser_of(party).post(f"/desk/outbox/{mail.pk}/{deed}/").status_code == 403
    assert Outgoing.objects.get(pk=mail.pk).state == "failed"
