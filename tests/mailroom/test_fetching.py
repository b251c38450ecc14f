"""Mail is fetched from a real server: each once, none lost, nothing marked before it is kept here."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection

from shenava.common import clock
from shenava.complaints.models import Complaint
from shenava.mailroom import fetching, jobs
from shenava.mailroom.fetching import TAKEN, fetch
from shenava.messages import actions
from shenava.messages.imap import folder_name
from shenava.messages.models import Mailbox, Raw
from shenava.messages.probing import try_receiving
from shenava.operations import checks
from tests.mailroom.dovecot import Server
from tests.mailroom.letters import letter
from tests.mailroom.wire import wired
from tests.world import World

pytestmark = pytest.mark.usefixtures("world")


def letters(count: int, *, first: int = 1) -> list[bytes]:
    """Different letters."""
    return [letter(f"Letter {number}.", message_id=f"<{number}@example.com>") for number in range(first, first + count)]


def test_new_mail_is_fetched_once_marked_and_moved(dovecot_server: Server) -> None:
    mailbox = dovecot_server.mailbox("once")
    dovecot_server.deliver("once", *letters(3))
    assert [fetch(mailbox), fetch(mailbox)] == [3, 0]
    assert sorted(bytes(raw.content) for raw in Raw.objects.all()) == letters(3)
    assert dovecot_server.count("once") == 0
    assert dovecot_server.count("once", f"SEEN KEYWORD {TAKEN}", folder="Shenava/Done") == 3
    assert (mailbox.last_error, mailbox.last_step) == ("", "")
    assert mailbox.last_ok_at is not None


def test_every_mailbox_is_fetched_by_a_job_of_its_own(dovecot_server: Server) -> None:
    away = dovecot_server.mailbox("away", imap_port=1)
    boxes = [dovecot_server.mailbox(name) for name in ("first", "second")]
    for box in boxes:
        dovecot_server.deliver(box.imap_user, *letters(2))
    jobs.fetch()
    for box in (away, *boxes):
        jobs.fetch_one(mailbox_id=box.pk)
    assert [box.raws.count() for box in (away, *boxes)] == [0, 2, 2]


def test_it_arrived_when_its_server_says(dovecot_server: Server) -> None:
    mailbox = dovecot_server.mailbox("arrived")
    dovecot_server.deliver("arrived", letter(), arrived='"20-Nov-2026 10:30:00 +0330"')
    fetch(mailbox)
    assert Raw.objects.get().received_at.isoformat() == "2026-11-20T07:00:00+00:00"


def test_a_mail_that_somebody_opened_before_us_is_fetched_too(dovecot_server: Server) -> None:
    mailbox = dovecot_server.mailbox("opened")
    fetch(mailbox)
    dovecot_server.deliver("opened", letter(), flags="(\\Seen)")
    assert fetch(mailbox) == 1


def test_what_was_opened_before_the_first_fetch_is_old(dovecot_server: Server) -> None:
    mailbox = dovecot_server.mailbox("old")
    dovecot_server.deliver("old", *letters(2), flags="(\\Seen)")
    dovecot_server.deliver("old", *letters(1, first=3))
    assert [fetch(mailbox), fetch(mailbox)] == [1, 0]
    assert dovecot_server.count("old") == 2


def test_another_folder_begins_anew(dovecot_server: Server, world: World) -> None:
    mailbox = dovecot_server.mailbox("moved")
    fetch(mailbox)
    dovecot_server.deliver("moved", letter(), folder="Complaints", flags="(\\Seen)")
    fields = actions.MailboxFields(
        name="moved", address=mailbox.address, never_sends=True, imap_host="127.0.0.1", imap_port=mailbox.imap_port,
        imap_security="none", imap_user="moved", imap_folder="Complaints",
    )  # fmt: skip
    actions.change_mailbox(mailbox, fields=fields, by=world.administrator)
    assert fetch(mailbox) == 0
    assert mailbox.last_error == ""


@pytest.mark.parametrize("folder", ["شکایت‌ها", "A & B", 'Say "so"', "פניות/2026"])
def test_folders_have_names_in_any_script(dovecot_server: Server, folder: str) -> None:
    mailbox = dovecot_server.mailbox("scripts", imap_folder=folder)
    with dovecot_server.visited("scripts") as program:
        program.create(folder_name(folder))
        program.append(folder_name(folder), "", "", letter(subject=folder))
    assert fetch(mailbox) == 1
    assert mailbox.last_error == ""


def test_new_numbers_for_old_mail_bring_nothing_twice(dovecot_server: Server) -> None:
    mailbox = dovecot_server.mailbox("renumbered")
    dovecot_server.deliver("renumbered", *letters(2))
    fetch(mailbox)
    dovecot_server.forget_numbers("renumbered")
    dovecot_server.deliver("renumbered", *letters(3))
    fetch(mailbox)
    assert Raw.objects.count() == 3


def test_mail_leaves_the_server_only_after_it_is_kept(dovecot_server: Server) -> None:
    mailbox = dovecot_server.mailbox("kept")
    dovecot_server.deliver("kept", *letters(2))

    def away(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith('INSERT INTO "messages_raw"'):
            raise OperationalError("the disk is full")
        return execute(sql, *rest)

    with connection.execute_wrapper(away), pytest.raises(OperationalError):
        fetch(mailbox)
    assert not Raw.objects.exists()
    assert dovecot_server.count("kept", "UNSEEN") == 2
    assert fetch(mailbox) == 2


def test_a_line_cut_anywhere_loses_nothing_and_doubles_nothing(dovecot_server: Server) -> None:
    with wired(dovecot_server.port) as wire:
        dovecot_server.deliver("whole", *letters(3))
        assert fetch(dovecot_server.mailbox("whole", imap_port=wire.port)) == 3
    farewell = 300
    for place in range(0, wire.carried - farewell, wire.carried // 24):
        user = f"cut{place}"
        dovecot_server.deliver(user, *letters(3))
        with wired(dovecot_server.port, lasts=place) as short:
            mailbox = dovecot_server.mailbox(user, imap_port=short.port)
            fetch(mailbox)
            assert mailbox.last_error, place
        Mailbox.objects.filter(pk=mailbox.pk).update(imap_port=dovecot_server.port)
        mailbox.refresh_from_db()
        fetch(mailbox)
        assert sorted(bytes(raw.content) for raw in mailbox.raws.all()) == letters(3), place
        assert dovecot_server.count(user, "UNSEEN") == 0, place
        assert mailbox.last_error == "", place


def test_a_mail_beyond_the_limit_is_kept_in_part_and_waits_for_a_person(
    dovecot_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "MOST_BYTES", 51 * 1024 * 1024)
    mailbox = dovecot_server.mailbox("big")
    huge = letter("x" * 70 + "\r\n" * 2) + (b"y" * 70 + b"\r\n") * (60 * 1024 * 1024 // 72)
    dovecot_server.deliver("big", huge, letter("A small one.", message_id="<small@example.com>"))
    assert fetch(mailbox) == 2
    for pk in Raw.objects.values_list("pk", flat=True):
        jobs.read(raw_id=pk)
    waiting = Raw.objects.unreadable().get()
    assert waiting.size == 51 * 1024 * 1024
    assert waiting.problem.startswith("limits: message of")
    assert waiting.envelope["subject"] == "Broken machine"
    assert Complaint.objects.count() == 1
    assert dovecot_server.count("big", folder="Shenava/Done") == 2


def untimed(reason: str) -> str:
    """What a server said, without how long it took: Dovecot tells that where it took long enough."""
    return re.sub(r" \([\d.+ ]+secs\)", "", reason)


@pytest.mark.parametrize(
    ("fields", "step"),
    [
        ({"imap_host": "no-such-host.invalid"}, "lookup"),
        ({"imap_port": 1}, "connect"),
        ({"imap_password": "wrong"}, "login"),
        ({"imap_password": "نادرست"}, "login"),
        ({"imap_folder": "No/Such"}, "folder"),
        ({"imap_security": "starttls"}, "certificate"),
        ({"imap_security": "tls"}, "security"),
    ],
)
def test_a_failure_is_told_at_its_step_and_the_mail_stays(
    dovecot_server: Server, fields: dict[str, Any], step: str
) -> None:
    mailbox = dovecot_server.mailbox("failing", **fields)
    dovecot_server.deliver("failing", letter())
    before = dovecot_server.count("failing", "UNSEEN")
    assert fetch(mailbox) == 0
    assert (mailbox.last_step, bool(mailbox.last_error), mailbox.last_ok_at) == (step, True, None)
    trial = try_receiving(mailbox)
    assert (trial.step, untimed(trial.reason)) == (step, untimed(mailbox.last_error))
    assert dovecot_server.count("failing", "UNSEEN") == before
    assert not Raw.objects.exists()


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_trusted_certificate_protects_the_line(
    dovecot_server: Server, certificate: tuple[str, str], security: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = {"starttls": dovecot_server.port, "tls": dovecot_server.tls_port}[security]
    mailbox = dovecot_server.mailbox(f"safe-{security}", imap_port=port, imap_security=security)
    dovecot_server.deliver(mailbox.imap_user, letter())
    assert fetch(mailbox) == 0
    assert mailbox.last_step == "certificate"
    monkeypatch.setenv("SSL_CERT_FILE", certificate[0])
    assert fetch(mailbox) == 1
    assert (mailbox.last_step, mailbox.last_error) == ("", "")


def test_the_doctor_says_that_a_server_is_away_and_when_it_is_back(dovecot_server: Server) -> None:
    mailbox = dovecot_server.mailbox("doctor", imap_port=1)
    dovecot_server.deliver("doctor", *letters(2))
    fetch(mailbox)
    (finding,) = checks.mailboxes()
    assert (finding.level, "doctor@arman.example: connect fails" in finding.said) == ("fail", True)
    Mailbox.objects.update(imap_port=dovecot_server.port)
    with clock.shifted(timedelta(days=5)):
        mailbox.refresh_from_db()
        assert fetch(mailbox) == 2
        (finding,) = checks.mailboxes()
    assert finding.level == "ok"


def test_a_failure_of_sending_is_not_forgotten_by_fetching_well(dovecot_server: Server) -> None:
    mailbox = dovecot_server.mailbox("sending")
    Mailbox.objects.update(last_step="smtp:login", last_error="535 no")
    fetch(mailbox)
    assert (mailbox.last_step, mailbox.last_error) == ("smtp:login", "535 no")
