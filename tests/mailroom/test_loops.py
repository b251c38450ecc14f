"""Machines that answer machines: our automatic mail stays little, whoever writes back (security: X-05, X-06)."""

from __future__ import annotations

from email import message_from_bytes, policy
from typing import Any

import pytest

from shenava.complaints import actions, sweeps
from shenava.complaints.models import Complaint
from shenava.messages import outbox
from shenava.messages.mail import envelope
from shenava.messages.models import Mailbox, Outgoing, Raw
from shenava.messages.references import Reference, complaint_of
from shenava.operations import checks
from shenava.people.parties import Introduction
from tests.mailroom.letters import acknowledged, answering, letter, post
from tests.world import World

SENT_AND_HEADERS = {
    "message-id", "from", "to", "reply-to", "subject", "date", "auto-submitted", "x-auto-response-suppress",
    "mime-version", "content-type", "in-reply-to", "references",
}  # fmt: skip


@pytest.fixture
def sending(world: World) -> Mailbox:
    """A mailbox whose mail may leave: budgets count."""
    return Mailbox.objects.create(
        name="Care", address="care@arman.example", unit=world.service, smtp_host="127.0.0.1", smtp_port=1
    )


def acknowledge_all() -> None:
    for pk in Complaint.objects.filter(acknowledged_at=None).values_list("pk", flat=True):
        sweeps.acknowledge_one(complaint_id=pk)


def on_the_wire(outgoing: Outgoing, mailbox: Mailbox) -> Any:
    """A mail of ours as its reader's server gets it."""
    return message_from_bytes(envelope(outgoing, mailbox).content, policy=policy.default)


def test_an_acknowledgement_says_what_it_is_and_has_no_sender_to_answer(sending: Mailbox) -> None:
    complaint, outgoing = acknowledged(post(letter(), sending))
    mail = on_the_wire(outgoing, sending)
    assert (mail["Auto-Submitted"], mail["X-Auto-Response-Suppress"]) == ("auto-replied", "All")
    assert envelope(outgoing, sending).sender == ""
    assert complaint_of([mail["Message-ID"]]) == Reference(complaint.pk, outgoing.pk)
    assert mail["In-Reply-To"] == "<one@example.com>"


def test_every_mail_to_the_complainant_carries_a_signed_reference(world: World, sending: Mailbox) -> None:
    complaint, _first = acknowledged(post(letter(), sending))
    actions.take(complaint, by=world.sara)
    actions.respond(complaint, text="A technician comes.", by=world.sara)
    rows = Outgoing.objects.filter(complaint=complaint)
    assert [complaint_of([row.mail_id or ""]) for row in rows] == [Reference(complaint.pk, row.pk) for row in rows]
    assert rows.count() == 2


@pytest.mark.parametrize(
    ("sender", "subject"),
    [
        ("=?utf-8?q?Bob=0D=0ABcc:_evil=40example.net?= <bob@example.com>", "Plain"),
        ('"<a href=//evil.example>Click</a>" <bob@example.com>', "Cheap pills http://evil.example"),
        ("bob@example.com", "=?utf-8?q?x=0D=0ABcc:_evil=40example.net=0D=0A=0D=0ACheap_pills?="),
        ("Bob {link} {code} <bob@example.com>", "{answer} %(minutes)d"),
    ],
)
def test_nothing_of_the_submitter_stands_in_an_acknowledgement(sending: Mailbox, sender: str, subject: str) -> None:
    raw = post(letter("Cheap pills at http://evil.example", sender=sender, subject=subject), sending)
    _complaint, outgoing = acknowledged(raw)
    mail = on_the_wire(outgoing, sending)
    whole = mail.as_string() + mail.get_body(("plain",)).get_content() + mail.get_body(("html",)).get_content()
    assert {name.lower() for name in mail} <= SENT_AND_HEADERS
    assert len(mail.keys()) == len(set(mail.keys()))
    assert mail["To"] == "bob@example.com"
    assert not [words for words in ("evil", "pills", "Bob", "Click", "minutes") if words in whole]


def test_two_installations_that_acknowledge_each_other_stop_at_once(sending: Mailbox) -> None:
    _complaint, outgoing = acknowledged(post(letter(sender="care@other.example"), sending))
    theirs = on_the_wire(outgoing, sending)
    theirs.replace_header("From", "Other Care <care@other.example>")
    theirs.replace_header("To", "care@arman.example")
    theirs.replace_header("Message-ID", "<c1.o1.theirs@other.example>")
    raw = post(theirs.as_bytes(), sending)
    acknowledge_all()
    assert raw.state == "ignored"
    assert Outgoing.objects.count() == 1


def test_even_where_the_marks_of_automatic_mail_are_lost_on_the_way(sending: Mailbox) -> None:
    for turn in range(20):
        subject = f"We have received your complaint: 1399-{turn:06}"
        echo = letter(sender="care@other.example", subject=subject, message_id=f"<{turn}@other.example>")
        post(echo, sending)
        acknowledge_all()
    assert Outgoing.objects.filter(state="due").count() == 3
    assert Outgoing.objects.filter(state="held", held_for="address_budget").count() == 17


def test_a_vacation_responder_that_does_not_say_so_is_answered_by_nothing(sending: Mailbox) -> None:
    complaint, outgoing = acknowledged(post(letter(), sending))
    for turn in range(10):
        away = letter("I am at the sea.", subject="Greetings", message_id=f"<away{turn}@example.com>",
                      more=answering(outgoing))  # fmt: skip
        post(away, sending)
        acknowledge_all()
    assert Complaint.objects.get() == complaint
    assert Outgoing.objects.count() == 1
    assert complaint.messages.incoming().count() == 11


def test_a_storm_from_one_sender_is_kept_and_keeps_nobody_else_waiting(sending: Mailbox) -> None:
    for number in range(80):
        post(letter(f"Storm {number}", sender="storm@example.net", message_id=f"<s{number}@example.net>"), sending)
    post(letter(), sending)
    acknowledge_all()
    due = Outgoing.objects.filter(state="due")
    assert due.filter(to_email="storm@example.net").count() == 3
    assert due.filter(to_email="mahsa@example.com").count() == 1
    assert Raw.objects.filter(state="read").count() == Complaint.objects.count() == 81


def test_complaints_in_a_victims_name_bring_him_three_mails(world: World, sending: Mailbox) -> None:
    for number in range(40):
        spelling = ["victim@example.com", "Victim@Example.com", "victim+a@example.com"][number % 3]
        actions.register(
            intake=actions.Intake(description=f"No. {number}", channel="portal",
                                  complainant=Introduction(name="Cheap pills", email=spelling)),
            by=world.system,
        )  # fmt: skip
    acknowledge_all()
    assert Outgoing.objects.filter(state="due").count() == 3
    assert Outgoing.objects.over_budget().count() == 37


def test_when_the_whole_budget_is_spent_the_doctor_says_so(sending: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "PER_HOUR", 10)
    for number in range(15):
        post(letter(sender=f"p{number}@example.com", message_id=f"<{number}@example.com>"), sending)
    acknowledge_all()
    assert Outgoing.objects.filter(state="held", held_for="hourly_budget").count() == 5
    assert "5 mails are held over a budget" in [finding.said for finding in checks.outbox()][-1]
