"""From a row of the outbox to the bytes of a mail. Nothing a stranger wrote can become a header or a link."""

from __future__ import annotations

import re
from collections.abc import Iterable
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import NamedTuple

from django.conf import settings
from django.utils.html import escape
from django.utils.translation import gettext as _

from shenava.attachments.models import File
from shenava.common import clock
from shenava.messages.models import Mailbox, Message, Outgoing, Purpose
from shenava.people.models import Organisation

RIGHT_TO_LEFT = frozenset({"fa", "he", "ar", "ur"})
MOST_ATTACHED_BYTES = 15 * 1024 * 1024
MOST_REFERENCES = 20
REFERENCE = re.compile(r"<[\x21-\x3b\x3d\x3f-\x7e]{3,250}>")
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
ADDRESS = re.compile(r"[^\s@<>()\[\]\\,;:\"\x00-\x1f\x7f]{1,64}@[^\s@<>()\[\]\\,;:\"\x00-\x1f\x7f]{1,253}")


class Envelope(NamedTuple):
    """What the mail server gets: sender (empty for none), recipient, and the mail with CRLF line ends.
    `own` is the mailbox's address, for servers that take no empty sender."""

    sender: str
    recipient: str
    content: bytes
    own: str


class UnsendableError(ValueError):
    """This mail can never go out as it is; the reason is a sentence."""


def is_address(address: str) -> bool:
    """Is this one plain address, without name, list, comment or control character?"""
    local, _at, domain = address.rpartition("@")
    odd = local.startswith(".") or local.endswith(".") or ".." in address or domain.startswith((".", "-"))
    return bool(ADDRESS.fullmatch(address)) and not odd


def header_text(text: str, most: int = 250) -> str:
    """Words fit for a header: one line, no control characters, nothing that reads as an encoded word."""
    return " ".join(CONTROLS.sub(" ", text).replace("=?", "= ?").split())[:most]


def envelope(outgoing: Outgoing, mailbox: Mailbox) -> Envelope:
    """Build a mail and its envelope. Acknowledgements have no envelope sender, so that nothing answers
    them (RFC 3834). Raises UnsendableError."""
    recipient = wire_address(outgoing.to_email)
    mail = _headers(outgoing, mailbox, recipient)
    text = outgoing.body or (outgoing.message.text if outgoing.message else "")
    mail.set_content(text, cte=_transfer(text))
    html = html_of(text, outgoing.language)
    mail.add_alternative(html, subtype="html", cte=_transfer(html))
    if outgoing.message is not None:
        _attach(mail, outgoing.message)
    sender = "" if outgoing.purpose == Purpose.ACKNOWLEDGEMENT else mailbox.address
    return Envelope(sender, recipient, _thread_lines(outgoing) + mail.as_bytes(), mailbox.address)


def wire_address(address: str) -> str:
    """The address as mail servers take it: an international domain in its ASCII form."""
    local, _at, domain = address.rpartition("@")
    try:
        local.encode("ascii")
        ascii_domain = domain.encode("idna").decode()
    except UnicodeError as error:
        raise UnsendableError(_("The address has letters that mail servers do not take.")) from error
    wired = f"{local}@{ascii_domain}"
    if not is_address(wired):
        raise UnsendableError(_("This is not an e-mail address."))
    return wired


def html_of(text: str, language: str) -> str:
    """The text as plain HTML in its direction; only addresses of this installation become links."""
    direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    paragraphs = [part for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()) if part]
    body = "\n".join(f'<p dir="auto">{_linked(part)}</p>' for part in paragraphs)
    return (
        f'<!doctype html>\n<html lang="{escape(language)}" dir="{direction}">\n'
        f'<head><meta charset="utf-8"></head>\n<body dir="{direction}">\n{body}\n</body>\n</html>\n'
    )


def _linked(part: str) -> str:
    own = re.compile(rf"({re.escape(settings.BASE_URL)}/[^\s<>\"']*)")
    pieces = own.split(part)
    for place, piece in enumerate(pieces):
        safe = escape(piece)
        is_link = place % 2 == 1
        pieces[place] = f'<a dir="ltr" href="{safe}">{safe}</a>' if is_link else safe.replace("\n", "<br>\n")
    return "".join(pieces)


def _headers(outgoing: Outgoing, mailbox: Mailbox, recipient: str) -> EmailMessage:
    organisation = Organisation.current()
    name = header_text(organisation.name if organisation else mailbox.name, 70)
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(display_name=name, addr_spec=wire_address(mailbox.address))
    mail["To"] = Address(addr_spec=recipient)
    mail["Reply-To"] = Address(addr_spec=wire_address(mailbox.address))
    mail["Subject"] = header_text(outgoing.subject)
    mail["Date"] = format_datetime(clock.now())
    if outgoing.is_automatic:
        mail["Auto-Submitted"] = "auto-replied"
        mail["X-Auto-Response-Suppress"] = "All"
    return mail


def _thread_lines(outgoing: Outgoing) -> bytes:
    """Message-ID, In-Reply-To and References, written by hand: folding must never break an id."""
    lines = [f"Message-ID: {outgoing.mail_id}"]
    chain = thread_of(outgoing)
    if chain:
        lines.append(f"In-Reply-To: {chain[-1]}")
        lines.append("References: " + "\r\n ".join(chain))
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")


def thread_of(outgoing: Outgoing) -> list[str]:
    """The ids of the mails this address has written or got about this complaint, oldest first."""
    if outgoing.complaint_id is None:
        return []
    heard = Message.objects.incoming().filter(complaint=outgoing.complaint_id, from_email__iexact=outgoing.to_email)
    told = Outgoing.objects.filter(
        complaint=outgoing.complaint_id, to_email__iexact=outgoing.to_email, sent_at__isnull=False
    ).exclude(pk=outgoing.pk)
    both = [*heard.values_list("at", "message_id"), *told.values_list("queued_at", "mail_id")]
    return list(_usable(message_id for _at, message_id in sorted(both)))[-MOST_REFERENCES:]


def _usable(ids: Iterable[str | None]) -> Iterable[str]:
    return (message_id for message_id in ids if message_id and REFERENCE.fullmatch(message_id))


def _transfer(text: str) -> str:
    return "quoted-printable" if text.isascii() else "base64"


def _attach(mail: EmailMessage, message: Message) -> None:
    files = list(message.files.order_by("pk"))
    if sum(file.size for file in files) > MOST_ATTACHED_BYTES:
        return
    for file in files:
        main, _slash, sub = _attached_type(file).partition("/")
        mail.add_attachment(file.path.read_bytes(), maintype=main, subtype=sub, filename=file.name)


def _attached_type(file: File) -> str:
    return "application/octet-stream" if file.content_type.startswith("message/") else file.content_type
