"""Whom a mail is believed: nobody gets in by what a header claims (security: X-01, X-02, X-03)."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from shenava.complaints import actions, sweeps
from shenava.complaints.models import Complaint
from shenava.messages.models import Mailbox, Outgoing
from shenava.messages.references import complaint_of, sign
from shenava.people.models import Party
from tests.mailroom.letters import PROVEN, acknowledged, answering, letter, post
from tests.world import World

FAILED_PROOF = PROVEN.replace("dmarc=pass", "spf=fail; dkim=fail; dmarc=fail")


def opened(client: Client, outgoing: Outgoing) -> str:
    """The complainant's page, opened by the link in a mail of ours."""
    found = re.search(r"/track/\?code=(\w+)#(\S+)", outgoing.body)
    assert found is not None
    client.post(reverse("portal:track"), {"code": found[1], "secret": found[2]})
    return client.get(reverse("portal:complaint", args=[found[1]])).text


def test_a_forged_sender_with_a_true_reference_is_unverified_and_his_cc_gets_nothing(
    world: World, mailbox: Mailbox, client: Client
) -> None:
    complaint, outgoing = acknowledged(post(letter(), mailbox))
    forged = letter("Send it all to my colleague.", message_id="<two@example.com>",
                    more=FAILED_PROOF + answering(outgoing) + "Cc: attacker@evil.example\r\n")  # fmt: skip
    raw = post(forged, mailbox)
    actions.take(complaint, by=world.sara)
    actions.respond(complaint, text="A technician comes.", by=world.sara)
    complaint.refresh_from_db()
    assert raw.message.sender_verdict == "unverified"
    assert (complaint.complainant.email, complaint.representative) == ("mahsa@example.com", None)
    assert not Party.objects.filter(email="attacker@evil.example").exists()
    assert set(Outgoing.objects.values_list("to_email", flat=True)) == {"mahsa@example.com"}
    client.post(reverse("portal:ask_for_code"), {"code": complaint.public_code, "email": "attacker@evil.example"})
    assert not Outgoing.objects.filter(purpose="code").exists()


def test_the_desk_warns_of_a_sender_that_is_not_proven(world: World, mailbox: Mailbox, login) -> None:  # type: ignore[no-untyped-def]
    complaint = post(letter(more=FAILED_PROOF), mailbox).message.complaint
    proven = post(letter(more=PROVEN, subject="Another", message_id="<p@example.com>"), mailbox).message.complaint
    officer = login(world.sara)
    assert "unverified" in officer.get(reverse("desk:complaint", args=[complaint.reference])).text
    assert "unverified" not in officer.get(reverse("desk:complaint", args=[proven.reference])).text


@pytest.mark.parametrize(
    "sender", ["law@example.net", "Sara Rostami <sara@arman.example>", "no-reply@slack.example", "MAILER-DAEMON@mx"]
)
def test_what_strangers_and_machines_write_into_a_thread_is_not_shown_to_the_complainant(
    world: World, mailbox: Mailbox, client: Client, sender: str
) -> None:
    complaint, outgoing = acknowledged(post(letter(), mailbox))
    intruding = letter("Confirm at https://slack.example/join/42", sender=sender, subject="Re: yours",
                       message_id="<in@example.net>", more=answering(outgoing))  # fmt: skip
    raw = post(intruding, mailbox)
    page = opened(client, outgoing)
    assert raw.message.complaint == complaint
    assert raw.message.author is None
    assert "The machine shakes badly." in page
    assert "slack.example" not in page
    assert not Outgoing.objects.filter(purpose="response").exists()
    assert Outgoing.objects.count() == 1


def test_files_of_strangers_are_not_handed_to_the_complainant(mailbox: Mailbox, client: Client) -> None:
    complaint, outgoing = acknowledged(post(letter(), mailbox))
    parts = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee.\r\n--b\r\n"
        'Content-Type: text/plain\r\nContent-Disposition: attachment; filename="trap.txt"\r\n\r\ntrap\r\n--b--\r\n'
    )
    head = f"From: x@example.net\r\nSubject: x\r\nMessage-ID: <x@example.net>\r\n{answering(outgoing)}"
    file = post((head + parts).encode(), mailbox).message.files.get()
    assert "trap.txt" not in opened(client, outgoing)
    assert client.get(reverse("portal:file", args=[complaint.public_code, file.pk])).status_code == 404


@pytest.mark.django_db
def test_no_bit_of_a_reference_can_be_changed() -> None:
    true = sign(7, 42, "arman.example")
    forged = [true[:place] + letter_ + true[place + 1 :] for place in range(1, len(true) - 1)
              for letter_ in (chr(ord(true[place]) ^ bit) for bit in (1, 2, 4, 8, 16))]  # fmt: skip
    assert complaint_of([true]) is not None
    assert [one for one in forged if complaint_of([one]) is not None and one.lower() != true] == []


def test_a_reference_with_one_letter_changed_opens_a_new_complaint(mailbox: Mailbox) -> None:
    complaint, outgoing = acknowledged(post(letter(), mailbox))
    head, _at, tail = (outgoing.mail_id or "").rpartition("@")
    forged = f"{head[:-1]}{'a' if head[-1] != 'a' else 'b'}@{tail}"
    attack = letter(sender="evil@example.net", message_id="<e@example.net>", more=f"In-Reply-To: {forged}\r\n")
    assert post(attack, mailbox).message.complaint != complaint


def test_a_reference_of_another_installation_is_none(mailbox: Mailbox, settings) -> None:  # type: ignore[no-untyped-def]
    complaint, _outgoing = acknowledged(post(letter(), mailbox))
    own, settings.SECRET_KEY = settings.SECRET_KEY, "another installation's key, as long as ours is" * 2
    foreign = sign(complaint.pk, 1, "arman.example")
    settings.SECRET_KEY = own
    attack = letter(sender="evil@example.net", message_id="<e@example.net>", more=f"In-Reply-To: {foreign}\r\n")
    assert post(attack, mailbox).message.complaint != complaint


def test_a_reference_leads_to_its_own_complaint_whatever_the_subject_claims(mailbox: Mailbox) -> None:
    first, outgoing = acknowledged(post(letter(), mailbox))
    other = post(letter(subject="Another", message_id="<b@example.com>"), mailbox).message.complaint
    raw = post(
        letter(subject=f"Re: {other.reference}", message_id="<c@example.com>", more=answering(outgoing)), mailbox
    )
    assert raw.message.complaint == first


def test_an_answer_after_the_end_opens_nothing_again(world: World, mailbox: Mailbox) -> None:
    complaint, outgoing = acknowledged(post(letter(), mailbox))
    actions.withdraw(complaint, by=complaint.complainant)
    post(letter("Once more.", message_id="<late@example.com>", more=answering(outgoing)), mailbox)
    complaint.refresh_from_db()
    assert (complaint.is_closed, complaint.stage) == (True, "withdrawn")


def test_a_strangers_mail_with_somebody_elses_number_is_a_new_complaint(mailbox: Mailbox) -> None:
    complaint, _outgoing = acknowledged(post(letter(), mailbox))
    attack = letter("What happened?", sender="evil@example.net", subject=f"Re: {complaint.reference}",
                    message_id="<evil@example.net>", more="In-Reply-To: <one@example.com>\r\n")  # fmt: skip
    raw = post(attack, mailbox)
    assert raw.message.complaint != complaint
    assert complaint.title not in raw.message.complaint.title
    assert raw.message.complaint.complainant.email == "evil@example.net"


def test_a_stranger_with_our_mail_is_kept_there_unverified_and_gets_no_access(mailbox: Mailbox) -> None:
    complaint, outgoing = acknowledged(post(letter(), mailbox))
    proven = PROVEN.replace("header.from=example.com", "header.from=example.net")
    stranger = letter("I am her lawyer.", sender="law@example.net", message_id="<law@example.net>",
                      more=proven + answering(outgoing) + "Cc: attacker@example.org\r\n")  # fmt: skip
    raw = post(stranger, mailbox)
    complaint.refresh_from_db()
    assert raw.message.complaint == complaint
    assert raw.message.author is None
    assert raw.message.sender_verdict == "unverified"
    assert complaint.complainant.email == "mahsa@example.com"
    assert complaint.representative is None
    assert not Complaint.objects.exclude(pk=complaint.pk).exists()


@pytest.mark.parametrize(
    ("more", "verdict"),
    [
        (PROVEN, "verified"),
        (PROVEN.replace("dmarc=pass", "dkim=pass header.d=example.com"), "verified"),
        (PROVEN.replace("dmarc=pass", "dkim=pass header.d=evil.example"), "unverified"),
        (PROVEN.replace("dmarc=pass", "dmarc=fail"), "unverified"),
        (PROVEN.replace("mx.arman.example", "mx.evil.example"), "unverified"),
        ("Authentication-Results: mx.arman.example; spf=pass smtp.mailfrom=dmarc=pass@example.com\r\n", "unverified"),
        ("", "unverified"),
    ],
)
def test_only_our_own_server_proves_a_sender(mailbox: Mailbox, more: str, verdict: str) -> None:
    assert post(letter(more=more), mailbox).message.sender_verdict == verdict


@pytest.mark.parametrize(
    "more",
    [
        "From: a@evil.example <mahsa@example.com>\r\n",
        "From: a@evil.example, mahsa@example.com\r\n",
        'From: "x@y.example" <m@example.com>\r\n',
        "From: mahsa@example.com\r\nFrom: evil@example.net\r\n",
        "From: friends: mahsa@example.com, evil@example.net;\r\n",
        "From: <mahsa@example.com>(comment <evil@example.net>)\r\n",
        "From: =?utf-8?q?mahsa=40example.com=3E?= <evil@example.net>\r\n",
        "From: mahsa@example.com\0@evil.example\r\n",
        "From: mahsa@example.com\r\nSender: evil@example.net\r\nFrom: mahsa@example.com\r\n",
    ],
)
def test_an_unclear_sender_is_tied_to_nobody_and_gets_no_answer(mailbox: Mailbox, more: str) -> None:
    complaint, outgoing = acknowledged(post(letter(), mailbox))
    rest = letter(subject=f"Re {complaint.reference}", message_id="<u@example.com>").partition(b"\r\n")[2]
    raw = post(more.encode() + rest, mailbox)
    new = raw.message.complaint
    assert raw.message.sender_verdict == "unclear"
    assert new != complaint
    assert not new.complainant.email
    sweeps.acknowledge_one(complaint_id=new.pk)
    assert list(Outgoing.objects.all()) == [outgoing]


def test_a_mail_without_a_sender_waits_for_a_person(mailbox: Mailbox) -> None:
    raw = post(letter().partition(b"\r\n")[2], mailbox)
    assert (raw.state, raw.problem) == ("failed", "no_sender")
    assert not Complaint.objects.exists()


def test_the_formatting_of_a_letter_stands_alone_in_a_frame_that_runs_and_loads_nothing(
    world: World,
    mailbox: Mailbox,
    login,  # type: ignore[no-untyped-def]
) -> None:
    html = '<p style="color:red">Broken</p><script>steal()</script><img src="//evil.example/p.gif"><form></form>'
    head = "From: mahsa@example.com\r\nSubject: HTML\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n"
    message = post((head + html).encode(), mailbox).message
    answer = login(world.sara).get(reverse("desk:message_frame", args=[message.complaint.reference, message.pk]))
    assert "Broken" in answer.text
    assert not [word for word in ("script", "steal", "evil.example", "<form") if word in answer.text]
    assert answer["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
    )
