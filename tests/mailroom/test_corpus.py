"""Real mail goes in: none raises, none is lost, none enters twice, and a person can open every one."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from shenava.attachments.models import File
from shenava.complaints.models import Complaint
from shenava.journal.models import Entry
from shenava.journal.verify import verify
from shenava.messages.models import Mailbox, Message, Raw
from tests.mailroom.letters import post
from tests.world import World

FOLDERS = ("emails", "emails_bounce", "emails_reply", "emails_tnef")
EVERY_NTH = 5
KEPT = (Raw, Message, Complaint, File, Entry)
ENDED = {"read", "ignored", "failed"}
Login = Callable[..., Client]


def letters(material: Path, *, nth: int) -> list[bytes]:
    """Every nth of the collected messages, of all sources and kinds."""
    places = [place for folder in FOLDERS for place in sorted((material / folder).rglob("*")) if place.is_file()]
    mail = [place for place in places if place.suffix not in {".jsonl", ".md"}]
    return [place.read_bytes() for place in mail[::nth]]


def enter(raws: list[bytes], mailbox: Mailbox) -> list[str]:
    """Take everything in; what the program itself failed at."""
    kept = [post(raw, mailbox) for raw in raws]
    assert {raw.state for raw in kept} <= ENDED
    return [f"{raw.pk} {raw.envelope}" for raw in kept if raw.problem.partition(":")[0] in {"fault", "broke_off"}]


def open_everything(client: Client) -> list[tuple[str, int]]:
    """Open each mail that has a page besides its complaint's; the addresses that do not answer well."""
    aside = Raw.objects.exclude(message__complaint__isnull=False)
    pages = [reverse(name, args=[raw.pk]) for raw in aside for name in ("desk:unread_mail", "desk:unread_original")]
    pages += [
        reverse("desk:message_frame", args=[message.complaint.reference, message.pk])
        for message in Message.objects.exclude(html="").filter(complaint__isnull=False).select_related("complaint")
    ]
    pages += [reverse("desk:unread")]
    answers = [(page, client.get(page).status_code) for page in pages]
    return [answer for answer in answers if answer[1] != 200]


def unseen_words(client: Client) -> list[str]:
    """Complaints whose page does not open, or without the first words of one of their messages."""
    missing = []
    for complaint in Complaint.objects.prefetch_related("messages"):
        answer = client.get(reverse("desk:complaint", args=[complaint.reference]))
        page = unescape(answer.text)
        missing += [f"{complaint}: {answer.status_code}"] * (answer.status_code != 200)
        first = [re.findall(r"\w{3,}", message.text)[:5] for message in complaint.messages.all()]
        missing += [f"{complaint}: {word}" for words in first for word in words if word not in page]
    return missing


def counts() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in KEPT}


def test_a_sample_of_real_mail_enters_once_and_can_be_opened(
    material: Path, world: World, mailbox: Mailbox, login: Login
) -> None:
    raws = letters(material, nth=EVERY_NTH)
    assert enter(raws, mailbox) == []
    before = counts()
    assert enter(raws, mailbox) == []
    assert counts() == before
    assert before["Raw"] == len(set(raws))
    manager = login(world.manager)
    assert open_everything(manager) == []
    assert unseen_words(manager) == []


@pytest.mark.slow
def test_all_real_mail_enters_once_and_can_be_opened(
    material: Path, world: World, mailbox: Mailbox, login: Login
) -> None:
    raws = letters(material, nth=1)
    assert enter(raws, mailbox) == []
    before = counts()
    assert enter(raws, mailbox) == []
    assert counts() == before
    assert before["Raw"] == len(set(raws))
    manager = login(world.manager)
    assert open_everything(manager) == []
    assert unseen_words(manager) == []
    connection.check_constraints()
    assert not verify().broken
    print({state: Raw.objects.filter(state=state).count() for state in sorted(ENDED)}, before)
