"""Bounces, answering machines, lists; and Outlook's parcels."""

import base64
import struct

import pytest

from shenava.mailroom.reading import read


def _report(block: bytes) -> bytes:
    return (
        b"Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example.org\r\nSubject: Undelivered Mail\r\n"
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\nSorry.\r\n--b\r\n"
        b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.org\r\n\r\n" + block + b"\r\n"
        b"--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <ours@shenava.example>\r\nSubject: Received\r\n\r\n"
        b"hello\r\n--b--\r\n"
    )


@pytest.mark.parametrize(
    ("status", "action", "said", "kind", "reason"),
    [
        ("5.1.1", "failed", "550 5.1.1 User unknown", "hard", "userunknown"),
        ("5.1.2", "failed", "Host not found", "hard", "hostunknown"),
        ("5.2.2", "failed", "552 5.2.2 Mailbox full", "soft", "mailboxfull"),
        ("4.4.1", "delayed", "connection timed out", "soft", "expired"),
        ("5.7.1", "failed", "550 5.7.1 message looks like spam", "soft", "spamdetected"),
        ("5.0.0", "failed", "", "unknown", None),
    ],
)
def test_a_delivery_report_says_who_why_and_which(
    status: str, action: str, said: str, kind: str, reason: str | None
) -> None:
    block = f"Final-Recipient: rfc822; sara@example.com\r\nAction: {action}\r\nStatus: {status}\r\n"
    bounce = read(_report((block + f"Diagnostic-Code: smtp; {said}\r\n").encode())).bounce
    assert bounce is not None
    assert (bounce.kind, bounce.reason, bounce.status) == (kind, reason, status)
    assert (bounce.recipient, bounce.original_message_id) == ("sara@example.com", "ours@shenava.example")


def test_a_report_of_success_is_no_bounce() -> None:
    block = b"Final-Recipient: rfc822; sara@example.com\r\nAction: delivered\r\nStatus: 2.0.0\r\n"
    reading = read(_report(block))
    assert reading.bounce is None
    assert reading.automatic


def test_a_bounce_in_prose_is_understood() -> None:
    raw = (
        b"Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example.org\r\nSubject: failure notice\r\n\r\n"
        b"Hi. This is the qmail-send program at mx.example.org.\r\n\r\n<sara@example.com>:\r\n"
        b"Sorry, no mailbox here by that name. (#5.1.1)\r\n\r\n--- Below this line is a copy of the message.\r\n\r\n"
        b"Message-ID: <ours@shenava.example>\r\nSubject: Received\r\n\r\nhello"
    )
    bounce = read(raw).bounce
    assert bounce is not None
    assert (bounce.kind, bounce.status, bounce.recipient) == ("hard", "5.1.1", "sara@example.com")
    assert bounce.original_message_id == "ours@shenava.example"


@pytest.mark.parametrize("sender", [b"sara@example.com", b"administrator@shop.example", b"info@smtp.example"])
def test_a_complaint_about_undelivered_goods_is_no_bounce(sender: bytes) -> None:
    raw = b"From: " + sender + b"\r\nSubject: My parcel could not be delivered\r\n\r\nThe driver failed to find me."
    assert read(raw).bounce is None
    assert not read(raw).automatic


@pytest.mark.parametrize(
    "head",
    [
        b"Auto-Submitted: auto-replied",
        b"Precedence: auto_reply",
        b"X-Autoreply: yes",
        b"Return-Path: <>",
        b"X-Auto-Response-Suppress: All",
        "Subject: پاسخ خودکار: شکایت".encode(),
        "Subject: מענה אוטומטי: תלונה".encode(),
        "Subject: رد تلقائي: شكوى".encode(),
        b"Subject: Automatic reply: complaint",
        "Subject: Réponse automatique : plainte".encode(),
        b"Subject: Abwesenheitsnotiz: Beschwerde",
        "Subject: 自动回复: 投诉".encode(),
    ],
)
def test_an_answering_machine_is_automatic(head: bytes) -> None:
    assert read(b"From: sara@example.com\r\n" + head + b"\r\n\r\nI am away").automatic


def test_a_person_is_not_automatic() -> None:
    reading = read(b"From: sara@example.com\r\nAuto-Submitted: no\r\nSubject: Late\r\n\r\nhello")
    assert not reading.automatic
    assert not reading.list


def test_a_list_is_a_list() -> None:
    assert read(b"From: a@b.example\r\nList-Id: <news.example.org>\r\n\r\nhello").list


def _attribute(level: int, kind: int, value: bytes) -> bytes:
    return struct.pack("<BII", level, kind, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)


def test_a_winmail_gives_its_file_and_its_words() -> None:
    winmail = b"\x78\x9f\x3e\x22\x01\x00" + b"".join(
        [
            _attribute(1, 0x69007, struct.pack("<II", 1256, 0)),
            _attribute(1, 0x2800C, "شكوى".encode("cp1256") + b"\x00"),
            _attribute(2, 0x69002, b"\x00" * 14),
            _attribute(2, 0x18010, "صورة.txt".encode("cp1256") + b"\x00"),
            _attribute(2, 0x6800F, b"bytes"),
        ]
    )
    coded = base64.encodebytes(winmail)
    reading = read(
        b"From: a@b.example\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n" + coded
    )
    assert reading.text == "شكوى"
    assert [(file.filename, file.content) for file in reading.files] == [("صورة.txt", b"bytes")]


def test_a_damaged_winmail_is_kept_as_it_came() -> None:
    reading = read(b"Content-Type: application/ms-tnef\r\n\r\n\x78\x9f\x3e\x22\x01\x00\x01\x00")
    assert len(reading.files) == 1
