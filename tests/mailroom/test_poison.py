"""Mail made to break the reader, or faults of the house: nothing is lost, and nobody else waits (X-07, X-08)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DataError, connection
from django.urls import reverse

from shenava.common import clock
from shenava.complaints.models import Complaint
from shenava.mailroom import jobs, sorting
from shenava.mailroom.intake import take
from shenava.messages.models import Mailbox, Message, Raw
from tests.mailroom.letters import letter, post
from tests.mailroom.reading import bombs
from tests.world import World


@pytest.mark.parametrize("bomb", bombs.ALL, ids=lambda bomb: bomb.__name__)
def test_a_bomb_stays_visible_and_the_next_mail_is_read(
    world: World, mailbox: Mailbox, login: Any, bomb: Callable[[], bytes]
) -> None:
    dangerous, harmless = take(bomb(), mailbox=mailbox), take(letter(), mailbox=mailbox)
    jobs.read_overdue()
    dangerous.refresh_from_db()
    harmless.refresh_from_db()
    assert harmless.state == "read"
    ended = (dangerous.state, dangerous.problem.partition(":")[0])
    assert ended in {("read", ""), ("failed", "limits"), ("ignored", "automatic")}
    assert dangerous.envelope["from_email"] == "sara@example.com"
    addresses = {
        "read": lambda: reverse("desk:complaint", args=[dangerous.message.complaint.reference]),
        "failed": lambda: reverse("desk:unread_mail", args=[dangerous.pk]),
        "ignored": lambda: reverse("desk:unread_mail", args=[dangerous.pk]),
    }
    assert login(world.manager).get(addresses[dangerous.state]()).status_code == 200


def test_a_fault_of_the_program_stops_one_mail_only(mailbox: Mailbox) -> None:
    def break_down(execute: Any, sql: str, params: Any, *rest: Any) -> Any:
        if sql.startswith('INSERT INTO "messages_message"') and "Poison" in str(params):
            raise DataError("cannot be stored")
        return execute(sql, params, *rest)

    poison = take(letter(subject="Poison"), mailbox=mailbox)
    fine = take(letter(message_id="<two@example.com>"), mailbox=mailbox)
    with connection.execute_wrapper(break_down):
        jobs.read_overdue()
    poison.refresh_from_db()
    fine.refresh_from_db()
    assert (poison.state, poison.problem) == ("failed", "fault")
    assert fine.state == "read"
    assert Complaint.objects.count() == Message.objects.filter(direction="in").count() == 1


def test_while_the_disk_is_full_mail_waits_longer_and_longer_and_is_read_after(
    mailbox: Mailbox, settings: Any, tmp_path: Path
) -> None:
    parts = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee.\r\n--b\r\n"
        'Content-Type: text/plain\r\nContent-Disposition: attachment; filename="a.txt"\r\n\r\na\r\n--b--\r\n'
    )
    usable, settings.FILES_DIR = settings.FILES_DIR, tmp_path / "full"
    settings.FILES_DIR.write_text("no folder can be made here")
    raw = take(b"From: mahsa@example.com\r\nSubject: File\r\n" + parts.encode(), mailbox=mailbox)
    waits, now = [], clock.now()
    for _try in range(3):
        with clock.set_to(now):
            sorting.sort(raw.pk)
            raw.refresh_from_db()
        assert raw.state == "waiting"
        waits.append((raw.lease_until - now).total_seconds())
        now = raw.lease_until + timedelta(seconds=1)
    assert waits == [60, 120, 240]
    assert not Complaint.objects.exists()
    settings.FILES_DIR = usable
    with clock.set_to(now):
        jobs.read_overdue()
    raw.refresh_from_db()
    assert (raw.state, raw.message.files.count()) == ("read", 1)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0" * 100,
        b"Subject: only a subject\r\n\r\n",
        b"From: \r\n\r\nhello",
        b"From: mahsa@example.com\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n",
        b"\xff\xfe\x00binary",
    ],
)
def test_what_is_hardly_a_mail_is_kept_and_waits_for_a_person(mailbox: Mailbox, raw: bytes) -> None:
    kept = post(raw, mailbox)
    assert kept.state == "failed"
    assert kept in Raw.objects.unreadable()


@pytest.mark.parametrize(
    "more",
    [
        "Date: Thu, 01 Jan 2099 00:00:00 +0000\r\n",
        "Date: yesterday\r\n",
        "Content-Type: text/plain; charset=no-such-charset\r\n",
        "Content-Transfer-Encoding: x-unknown\r\n",
        "Message-ID: \r\n",
        "To: کاربر@دامنه.example\r\n",
    ],
)
def test_oddities_that_lose_mail_elsewhere_make_a_complaint_here(mailbox: Mailbox, more: str) -> None:
    raw = post(more.encode() + b"From: mahsa@example.com\r\nSubject: Odd\r\n\r\nThe machine shakes.\r\n", mailbox)
    assert raw.state == "read"
    assert "The machine shakes." in Complaint.objects.get().description
