"""Letters that strangers write, built as bytes."""

from __future__ import annotations

from typing import Any

from shenava.complaints import sweeps
from shenava.complaints.models import Complaint
from shenava.mailroom import sorting
from shenava.mailroom.intake import take
from shenava.messages.models import Mailbox, Outgoing, Raw

TRUSTED = "mx.arman.example"
PROVEN = f"Authentication-Results: {TRUSTED}; dmarc=pass header.from=example.com\r\n"


def letter(
    text: str = "The machine shakes badly.",
    *,
    sender: str = "Mahsa Kianpour <mahsa@example.com>",
    subject: str = "Broken machine",
    message_id: str = "<one@example.com>",
    more: str = "",
) -> bytes:
    """A plain letter; `more` are further header lines, each with its line end."""
    head = f"From: {sender}\r\nTo: care@arman.example\r\nSubject: {subject}\r\nMessage-ID: {message_id}\r\n"
    mime = "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"
    return (more + head + mime + "\r\n" + text + "\r\n").encode()


def post(raw: bytes, mailbox: Mailbox | None = None, **details: Any) -> Raw:
    """A letter taken in and read at once."""
    kept = take(raw, mailbox=mailbox, **details)
    sorting.sort(kept.pk)
    kept.refresh_from_db()
    return kept


def acknowledged(raw: Raw) -> tuple[Complaint, Outgoing]:
    """The complaint of a mail and the acknowledgement that went out for it."""
    complaint = Complaint.objects.get(messages=raw.message)
    sweeps.acknowledge_one(complaint_id=complaint.pk)
    return complaint, Outgoing.objects.get(complaint=complaint, purpose="acknowledgement")


def answering(outgoing: Outgoing) -> str:
    """The header lines of an answer to a mail of ours."""
    return f"In-Reply-To: {outgoing.mail_id}\r\nReferences: {outgoing.mail_id}\r\n"


def bounce_of(
    outgoing: Outgoing, *, action: str = "failed", status: str = "5.1.1", sender: str = "MAILER-DAEMON@mx.example.com"
) -> bytes:
    """A delivery report about a mail of ours."""
    return (
        f"From: {sender}\r\nTo: care@arman.example\r\nSubject: Undelivered Mail\r\n"
        "Return-Path: <>\r\nMessage-ID: <report@mx.example.com>\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
        "--b\r\n\r\nYour mail could not be delivered.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.com\r\n\r\n"
        f"Final-Recipient: rfc822; {outgoing.to_email}\r\nAction: {action}\r\nStatus: {status}\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 user unknown\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {outgoing.mail_id}\r\n\r\n--b--\r\n"
    ).encode()
