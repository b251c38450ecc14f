"""Each mail to the complainant carries a key of its own: its link opens the complaint, a button does the rest."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from shenava.common import clock
from shenava.complaints import actions
from shenava.complaints.models import Complaint
from shenava.messages.models import Message, Outgoing
from shenava.people.models import Party
from tests.world import World


def key_in(row: Outgoing) -> tuple[str, str]:
    """Code and key of the link in a mail."""
    found = re.search(r"/track/\?code=(\w+)#(\S+)", row.body)
    assert found is not None
    return found[1], found[2]


def opens(client: Client, code: str, key: str) -> bool:
    client.post(reverse("portal:track"), {"code": code, "secret": key})
    return client.get(reverse("portal:complaint", args=[code])).status_code == 200


@pytest.fixture
def mails(world: World) -> tuple[Outgoing, Outgoing]:
    """An acknowledgement and a response."""
    complaint = world.complaint()
    actions.acknowledge(complaint, by=world.system)
    actions.take(complaint, by=world.sara)
    actions.respond(complaint, text="A technician comes tomorrow.", by=world.sara)
    first, second = Outgoing.objects.order_by("pk")
    return first, second


def test_the_link_of_each_mail_opens_its_complaint(mails: tuple[Outgoing, Outgoing], client: Client) -> None:
    keys = [key_in(mail) for mail in mails]
    assert keys[0][1] != keys[1][1]
    assert [opens(Client(), code, key) for code, key in keys] == [True, True]


def test_only_a_hash_of_the_key_is_kept(mails: tuple[Outgoing, Outgoing]) -> None:
    for mail in mails:
        _code, key = key_in(mail)
        assert len(key.replace("-", "")) * 5 >= 128
        kept = Outgoing.objects.filter(pk=mail.pk).values("key_hash", "smtp_reply", "subject").get()
        assert key not in str(kept)
        assert not Message.objects.filter(text__contains=key).exists()
        assert not Message.objects.filter(full_text__contains=key).exists()


def test_following_the_link_alone_decides_nothing(mails: tuple[Outgoing, Outgoing], client: Client) -> None:
    code, _key = key_in(mails[1])
    assert client.get(reverse("portal:track"), {"code": code}).status_code == 200
    assert client.get(reverse("portal:accept", args=[code])).status_code == 405
    assert not Complaint.objects.get().is_closed


def test_a_key_opens_no_other_complaint(world: World, mails: tuple[Outgoing, Outgoing], client: Client) -> None:
    other = world.complaint()
    assert not opens(client, other.public_code, key_in(mails[0])[1])


def test_a_key_that_went_to_a_former_address_opens_nothing(mails: tuple[Outgoing, Outgoing], client: Client) -> None:
    Party.objects.filter(email="mahsa@example.com").update(email="new@example.com")
    assert not opens(client, *key_in(mails[0]))


def test_a_key_is_good_for_half_a_year(mails: tuple[Outgoing, Outgoing]) -> None:
    with clock.shifted(timedelta(days=180)):
        assert opens(Client(), *key_in(mails[0]))
    with clock.shifted(timedelta(days=190)):
        assert not opens(Client(), *key_in(mails[0]))
