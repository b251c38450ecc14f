"""Two administrators who add the same at one moment: one has it, the other is told at the field."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from time import monotonic, sleep
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections, transaction
from django.test import Client

from shenava.complaints.actions import categories
from shenava.deadlines import actions as deadlines
from shenava.deadlines.clocks import About
from shenava.journal.models import Entry
from shenava.messages import actions as messages
from shenava.people.actions.staff import new_user
from shenava.people.models import Party, User
from tests.world import PASSWORD, World, log_in

NAMES = {"name_en": "Remote", "name_fa": "کنترل", "name_he": "שלט"}
PIECE = messages.Words(name="Apology", body="We are sorry.")
POLICY = messages.Words(body="We listen.")
MAILBOX = messages.MailboxFields(name="Care", address="new@example.com")
TERMS = (3, "calendar_days", "")
Add = Callable[[Party], object]
RACES: dict[str, tuple[Add, str, dict[str, Any], str]] = {
    "category": (
        lambda by: categories.add_category(code="Z9", names={"en": "Z"}, guide={}, parent=None, by=by),
        "/desk/categories/new/", NAMES | {"code": "Z9"}, "This code is taken."),
    "piece of an answer": (
        lambda by: messages.add_template(kind="response", language="en", words=PIECE, by=by),
        "/desk/templates/response/en/", {"name": "Apology", "body": "Sorry.", "is_active": "on"},
        "There is one with this name in this language already."),
    "text of the policy page": (
        lambda by: messages.add_template(kind="policy", language="en", words=POLICY, by=by),
        "/desk/templates/policy/en/", {"body": "We hear.", "is_active": "on"},
        "There is one with this name in this language already."),
    "mailbox": (
        lambda by: messages.add_mailbox(fields=MAILBOX, by=by),
        "/desk/mailboxes/new/", {"name": "Other", "address": "new@example.com", "imap_port": "993", "smtp_port": "587",
                                 "imap_security": "tls", "smtp_security": "starttls"},
        "There is a mailbox with this address already."),
    "promise": (
        lambda by: deadlines.add_promise(kind="answer", about=About("enquiry", 5), terms=TERMS, by=by),
        "/desk/promises/new/", {"kind": "answer", "record_type": "enquiry", "severity": "5", "amount": "4",
                                "measure": "calendar_days"},
        "There is such a promise already: change that one."),
    "calendar": (
        lambda by: deadlines.add_calendar(name="Nights", time_zone="Asia/Tehran", country="IR", by=by),
        "/desk/calendars/new/", {"name": "Nights", "time_zone": "Asia/Tehran", "country": "IR"},
        "There is a calendar of this name already."),
}  # fmt: skip


@pytest.fixture
def db(own_database: None) -> None:
    """These tests commit, so each has a database of its own."""


@contextmanager
def a_rival(does: Callable[[], object]) -> Iterator[None]:
    """Somebody else does it, and is done only when the one inside waits for the row."""
    begun = Event()

    def rival() -> None:
        try:
            with transaction.atomic():
                does()
                begun.set()
                _until_somebody_waits()
        finally:
            begun.set()
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(rival)
        begun.wait()
        yield
        done.result()


def _until_somebody_waits() -> None:
    end = monotonic() + 20
    with connection.cursor() as cursor:
        waiting = False
        while not waiting and monotonic() < end:
            cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted)")
            (waiting,) = cursor.fetchone()
            sleep(0.02)
    assert waiting, "nobody came to wait for it"


@pytest.mark.parametrize("what", RACES)
def test_whoever_adds_a_moment_later_is_told_at_the_field_and_keeps_what_was_typed(world: World, what: str) -> None:
    add, address, typed, told = RACES[what]
    dara = log_in(Client(), world.administrator)
    before = Entry.objects.count()
    with a_rival(lambda: add(world.administrator)):
        answer = dara.post(address, typed)
    page = answer.content.decode()
    assert (answer.status_code, told in page) == (422, True)
    assert Entry.objects.count() == before + 1
    assert dara.post(address, typed).status_code == 422


def test_two_who_join_with_one_address_are_one_user(world: World) -> None:
    def join() -> object:
        return new_user(name="Nima", email="nima@example.com", password=PASSWORD)

    with a_rival(join), pytest.raises(ValidationError, match="already"):
        join()
    assert User.objects.filter(email="nima@example.com").count() == 1
