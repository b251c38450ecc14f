"""What was understood of one message, as plain values: what a person checks and what the intake stores."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

KEYS = (
    "message_id",
    "in_reply_to",
    "references",
    "from_email",
    "from_name",
    "sender_is_clear",
    "to",
    "cc",
    "reply_to",
    "subject",
    "date",
    "text",
    "reply_text",
    "html",
    "attachments",
    "automatic",
    "list",
    "bounce",
    "auth",
    "defects",
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one message may cost. Bytes, counts; whatever is beyond is left out and named in the defects."""

    message_bytes: int = 50 * 1024 * 1024
    parts: int = 500
    depth: int = 20
    headers: int = 1_000
    header_bytes: int = 64 * 1024
    recipients: int = 50
    text_bytes: int = 4 * 1024 * 1024
    html_bytes: int = 2 * 1024 * 1024
    html_tags: int = 60_000
    html_depth: int = 1_000


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One address with the name shown beside it; either may be empty, never None."""

    name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """One attachment: decoded bytes and how the message called them. The name is only words, never a path."""

    filename: str
    content_type: str
    content: bytes = field(repr=False)
    inline: bool = False
    content_id: str | None = None

    def facts(self) -> dict[str, Any]:
        """Everything but the bytes, as it stands in `attachments`; size in bytes, sha256 in hex."""
        return {
            "filename": self.filename,
            "content_type": self.content_type,
            "size": len(self.content),
            "sha256": hashlib.sha256(self.content).hexdigest(),
            "inline": self.inline,
            "content_id": self.content_id,
        }


@dataclass(frozen=True, slots=True)
class Failure:
    """What a report says of one recipient; status is an RFC 3463 code such as 5.1.1."""

    recipient: str | None
    action: str | None
    status: str | None
    diagnostic: str | None


@dataclass(frozen=True, slots=True)
class Bounce:
    """A delivery report. hard = the address itself is dead, soft = something else stood in the way."""

    kind: str
    recipient: str | None
    status: str | None
    reason: str | None
    original_message_id: str | None
    diagnostic: str | None = None
    recipients: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class Auth:
    """Authentication-Results as one receiver wrote them; worth only as much as trust in `authserv_id`.
    `dkim_domain` is who signed, where the signature passed."""

    authserv_id: str | None = None
    spf: str | None = None
    dkim: str | None = None
    dmarc: str | None = None
    dkim_domain: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One message, read. `in_reply_to` is one id or None, ids stand without angle brackets.

    `date` is ISO 8601 with offset, `text` all that was written, `reply_text` only what is new in it,
    `html` is clean and loads nothing from elsewhere. `files` holds the attachments with their bytes.
    """

    message_id: str | None = None
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    from_email: str = ""
    from_name: str = ""
    sender_is_clear: bool = False
    to: tuple[Mailbox, ...] = ()
    cc: tuple[Mailbox, ...] = ()
    reply_to: tuple[Mailbox, ...] = ()
    subject: str = ""
    date: str | None = None
    text: str = ""
    reply_text: str = ""
    html: str | None = None
    files: tuple[File, ...] = ()
    automatic: bool = False
    list: bool = False
    bounce: Bounce | None = None
    auth: Auth = Auth()
    defects: tuple[str, ...] = ()

    @property
    def attachments(self) -> tuple[dict[str, Any], ...]:
        """The facts of every file, without its bytes."""
        return tuple(file.facts() for file in self.files)

    def as_json(self) -> dict[str, Any]:
        """Exactly the keys of KEYS, made of what JSON knows."""
        shape: dict[str, Any] = {key: getattr(self, key) for key in KEYS}
        for key in ("to", "cc", "reply_to"):
            shape[key] = [asdict(mailbox) for mailbox in shape[key]]
        for key in ("references", "attachments", "defects"):
            shape[key] = list(shape[key])
        shape["auth"] = asdict(self.auth)
        shape["bounce"] = None if self.bounce is None else asdict(self.bounce)
        return shape


class Defects:
    """The list of what was wrong with one message, each said once, in the order met."""

    def __init__(self) -> None:
        self._said: dict[str, None] = {}

    def say(self, defect: str) -> None:
        """Note a defect; the part before the colon is its kind."""
        if len(self._said) < 100:
            self._said.setdefault(defect[:300])

    @contextmanager
    def surviving(self, stage: str) -> Iterator[None]:
        """Whatever goes wrong inside becomes a defect; the rest of the message is still read."""
        try:
            yield
        except Exception as problem:
            self.say(f"failed: {stage}: {type(problem).__name__}")

    def all(self) -> tuple[str, ...]:
        """Every defect noted so far."""
        return tuple(self._said)
