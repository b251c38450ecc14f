"""The outbox: put in with the deed, held where automatic mail becomes too much."""

from typing import Any

import pytest
from django.db import transaction

from shenava.messages import outbox
from shenava.messages.fate import note_bounce
from shenava.messages.models import Message, Outgoing, Raw
from shenava.messages.references import Reference, complaint_of
from shenava.messages.texts import Wording

WORDS = Wording("s", "b")
pytestmark = pytest.mark.django_db


def automatic(to: str, purpose: str = "notice", **details: Any) -> Outgoing:
    return outbox.queue_mail(WORDS, to=to, purpose=purpose, language="en", **details)


def test_a_mail_carries_the_signed_reference_of_its_complaint(message: Message) -> None:
    row = outbox.queue(message, to="m@example.com", purpose="response", is_automatic=False)
    assert complaint_of([row.mail_id or ""]) == Reference(message.complaint_id, row.pk)
    assert Message.objects.get(pk=message.pk).message_id == row.mail_id


def test_a_thousand_complaints_in_somebodys_name_are_three_mails(world: Any) -> None:
    spellings = ["victim@example.com", "VICTIM@example.com", " victim@example.com", "victim+1@example.com"]
    rows = [automatic(to=spellings[number % 4]) for number in range(40)]
    assert [row.state for row in rows].count("due") == 3
    assert {row.held_for for row in rows[3:]} == {"address_budget"}
    assert Outgoing.objects.over_budget().count() == 37


def test_a_complaint_sends_no_more_than_five_automatic_mails_a_day(message: Message) -> None:
    rows = [automatic(f"m{n}@example.com", complaint_id=message.complaint_id) for n in range(7)]
    assert [row.held_for for row in rows] == [""] * 5 + ["complaint_budget"] * 2


def test_all_automatic_mail_together_has_a_limit_an_hour(world: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(outbox, "PER_HOUR", 4)
    assert [automatic(f"m{n}@example.com").held_for for n in range(5)] == [""] * 4 + ["hourly_budget"]


def test_what_a_person_writes_has_no_budget(message: Message) -> None:
    rows = [outbox.queue(message, to="m@example.com", purpose="response", is_automatic=False) for _ in range(10)]
    assert {row.state for row in rows} == {"due"}


def test_codes_have_a_budget_of_their_own(world: Any) -> None:
    [automatic("m@example.com") for _ in range(5)]
    assert automatic("m@example.com", "code").state == "due"


def test_the_mail_is_gone_with_the_deed_that_failed(message: Message) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        outbox.queue(message, to="m@example.com", purpose="response", is_automatic=False)
        raise ZeroDivisionError
    assert not Outgoing.objects.exists()


def test_a_mail_leaves_from_where_the_complaint_was_written_to(message: Message, mailbox_at: Any) -> None:
    default = mailbox_at(25)
    other = type(default).objects.create(name="Sales", address="sales@arman.example", smtp_host="h")
    heard = Message.objects.create(
        complaint=message.complaint, direction="in", channel="email", at=message.at, sender_verdict="verified"
    )
    Raw.objects.create(mailbox=other, content=b"x", sha256="x", size=1, received_at=message.at, message=heard)
    row = outbox.queue(message, to="m@example.com", purpose="response", is_automatic=False)
    assert row.mailbox == other
    assert automatic("m@example.com").mailbox == default


def test_a_bounce_is_shown_and_told_once(message: Message) -> None:
    row = outbox.queue(message, to="m@example.com", purpose="acknowledgement", is_automatic=True)
    assert note_bounce(row, kind="permanent", status="5.1.1", reason="no such user")
    assert not note_bounce(row, kind="permanent", status="5.1.1", reason="no such user")
    kept = Outgoing.objects.undelivered().get()
    assert (kept.state, kept.bounce_status, kept.bounce_reason) == ("bounced", "5.1.1", "no such user")


def test_a_delay_is_noted_and_alarms_nobody(message: Message) -> None:
    row = outbox.queue(message, to="m@example.com", purpose="response", is_automatic=False)
    assert not note_bounce(row, kind="delayed", status="4.4.1", reason="still trying")
    assert not Outgoing.objects.undelivered().exists()
