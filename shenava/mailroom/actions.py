"""What people do with mail that could not be read, or that was kept aside."""

from __future__ import annotations

from dataclasses import dataclass

from shenava.attachments.models import File
from shenava.common.text import clean, clean_name
from shenava.complaints.actions import Intake, register_once
from shenava.complaints.models import Complaint
from shenava.journal.actions import Room, action_for
from shenava.journal.recording import record
from shenava.mailroom.facts import MailReadAgain, MailRegisteredByHand, MailSetAside
from shenava.mailroom.intake import read_soon
from shenava.mailroom.keeping import original
from shenava.mailroom.policy import may
from shenava.messages.models import Message, Raw, RawState, SenderVerdict
from shenava.people.models import Party
from shenava.people.parties import Introduction, unit_for

STREAM = "mailroom"
ROOM = Room("mailroom", may)
action = action_for(ROOM)


@dataclass(frozen=True)
class ByHand:
    """What a person could make out of a mail."""

    title: str
    description: str
    name: str = ""
    email: str = ""
    phone: str = ""
    language: str = "en"


@action
def read_again(raw: Raw, *, by: Party) -> Raw:
    """Have the program try once more, as if the mail had just come."""
    raw.state, raw.problem, raw.tries, raw.lease_until = RawState.WAITING, "", 0, None
    raw.save(update_fields=["state", "problem", "tries", "lease_until"])
    record(STREAM, MailReadAgain(raw=raw.pk), by=by)
    read_soon(raw)
    return raw


@action
def register_by_hand(raw: Raw, *, said: ByHand, by: Party) -> Complaint:
    """Make a complaint of a mail that the program could not read or kept aside. The promise counts from
    the moment the mail came; its bytes lie with the complaint as a file."""
    message = raw.message or _message(raw, said)
    message.files.add(original(raw, by=by))
    complaint = register_once(intake=_intake(raw, said, message), by=by)
    message.complaint, message.author, message.kind = complaint, complaint.complainant, "complaint"
    message.is_automatic = False
    message.save(update_fields=["complaint", "author", "kind", "is_automatic"])
    raw.state, raw.message = RawState.READ, message
    raw.save(update_fields=["state", "message"])
    record(STREAM, MailRegisteredByHand(raw=raw.pk, complaint=complaint.pk), by=by)
    return complaint


@action
def set_aside(raw: Raw, *, reason: str, by: Party) -> Raw:
    """Say that a mail needs no complaint, and why. It is kept."""
    raw.state, raw.problem = RawState.IGNORED, f"aside: {clean(reason)}"[:1000]
    raw.save(update_fields=["state", "problem"])
    record(STREAM, MailSetAside(raw=raw.pk), by=by)
    return raw


def _message(raw: Raw, said: ByHand) -> Message:
    seen = raw.envelope
    return Message.objects.create(
        direction="in",
        channel="email",
        from_name=seen.get("from_name", "")[:200],
        from_email=seen.get("from_email", "")[:320],
        subject=seen.get("subject", "")[:500],
        text=said.description,
        at=raw.received_at,
        sender_verdict=SenderVerdict.UNVERIFIED,
        message_id=seen.get("message_id", ""),
        language=said.language,
    )


def _intake(raw: Raw, said: ByHand, message: Message) -> Intake:
    files: tuple[File, ...] = tuple(message.files.all())
    is_anonymous = not (said.name or said.email or said.phone)
    who = Introduction(name=said.name, email=said.email, phone=said.phone, language=said.language)
    return Intake(
        description=said.description,
        title=clean_name(said.title),
        channel="email",
        language=said.language,
        complainant=None if is_anonymous else who,
        received_at=raw.received_at,
        unit=unit_for(raw.mailbox.unit if raw.mailbox else None),
        files=files,
        message=message,
        submission=f"mail:{raw.sha256}",
    )
