"""Keeping: what was read of a mail becomes a message with its files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings

from shenava.attachments.models import File
from shenava.attachments.store import take_in
from shenava.common.text import clean, clean_name, shorten
from shenava.complaints.models import Complaint
from shenava.mailroom.languages import language_of
from shenava.mailroom.reading import Reading
from shenava.messages.models import Message, MessageKind, Raw, SenderVerdict
from shenava.people.models import Organisation, Party


@dataclass(frozen=True)
class Kept:
    """A message and the files that came with it."""

    message: Message
    files: tuple[File, ...]


@dataclass(frozen=True)
class Standing:
    """Where a message belongs and how far it is believed."""

    verdict: SenderVerdict
    complaint: Complaint | None = None
    author: Party | None = None
    kind: str = MessageKind.OTHER
    is_automatic: bool = False


def keep(raw: Raw, reading: Reading, standing: Standing) -> Kept:
    """Write the message and its files. Mail is kept whole: its files have no limit of size or kind.

    Raises OutOfSpace.
    """
    message = Message.objects.create(
        complaint=standing.complaint,
        direction="in",
        channel="email",
        kind=standing.kind,
        author=standing.author,
        **_read(reading),
        at=raw.received_at,
        sender_verdict=standing.verdict,
        is_automatic=standing.is_automatic,
        message_id=bracketed(reading.message_id),
        language=language(reading),
    )
    files = [take_in(file.content, name=file.filename or "file", limit=0) for file in reading.files]
    if any(defect.startswith("limits: ") for defect in reading.defects):
        files.append(original(raw))
    message.files.add(*files)
    return Kept(message, tuple(files))


def _read(reading: Reading) -> dict[str, Any]:
    """The words of a mail and whom it names, as they are stored."""
    return {
        "from_name": clean_name(reading.from_name)[:200],
        "from_email": clean_name(reading.from_email)[:320],
        "to": [clean_name(box.email)[:320] for box in (*reading.to, *reading.cc) if box.email],
        "subject": shorten(clean_name(reading.subject), 500),
        "text": clean(reading.reply_text),
        "full_text": clean(reading.text),
        "html": clean(reading.html or ""),
    }


def original(raw: Raw, *, by: Party | None = None) -> File:
    """The whole mail as a file, where not everything in it could be shown. Raises OutOfSpace."""
    return take_in(bytes(raw.content), name=f"mail-{raw.pk}.eml", by=by, limit=0)


def bracketed(message_id: str | None) -> str:
    """A Message-ID as it is stored: in one line, with its angle brackets; empty for none."""
    bare = clean(message_id or "", multiline=False).strip("<> ")
    return f"<{bare}>" if 0 < len(bare) < 990 else ""


def language(reading: Reading) -> str:
    """The language to answer in."""
    organisation = Organisation.current()
    otherwise = organisation.language if organisation else settings.LANGUAGE_CODE
    return language_of(f"{reading.reply_text}\n{reading.subject}", otherwise=otherwise)
