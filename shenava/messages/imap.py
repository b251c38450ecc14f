"""Talking to a server that keeps mail: every step named, certificates verified, names in any script."""

from __future__ import annotations

import base64
import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import groupby

from shenava.messages.models import Mailbox, Security
from shenava.messages.smtp import TIMEOUT_SECONDS, Step, StepFailedError, look_up, naming


@contextmanager
def imap_connection(mailbox: Mailbox) -> Iterator[imaplib.IMAP4]:
    """A connection to the mailbox's server, protected and logged in as configured, closed at the end.

    Raises StepFailedError; where STARTTLS is wanted and does not come about, no password is said.
    """
    look_up(mailbox.imap_host, mailbox.imap_port)
    with naming_imap(Step.CONNECT):
        server = _open(mailbox)
    try:
        if mailbox.imap_security == Security.STARTTLS:
            with naming_imap(Step.SECURITY):
                server.starttls(ssl.create_default_context())
        with naming_imap(Step.LOGIN):
            _log_in(server, mailbox.imap_user, mailbox.imap_password)
        yield server
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            server.logout()
        with suppress(OSError):
            server.shutdown()


@contextmanager
def naming_imap(step: Step) -> Iterator[None]:
    """Give every way in which such a server can fail the name of the step."""
    try:
        with naming(step):
            yield
    except imaplib.IMAP4.error as error:
        raise StepFailedError(step, _words(error)) from error


def abilities(server: imaplib.IMAP4) -> frozenset[str]:
    """What the server can do, asked after the login: many tell less before it."""
    _status, told = server.capability()
    return frozenset((told[-1] or b"").decode("ascii", "replace").upper().split())


def select(server: imaplib.IMAP4, folder: str, *, readonly: bool = False) -> None:
    """Open a folder. Raises StepFailedError where there is none."""
    with naming_imap(Step.FOLDER):
        status, reply = server.select(folder_name(folder), readonly=readonly)
    if status != "OK":
        raise StepFailedError(Step.FOLDER, (reply[0] or b"").decode("utf-8", "replace"))


def folder_name(folder: str) -> str:
    """A folder's name as IMAP takes it: quoted, other scripts in modified UTF-7 (RFC 3501, 5.1.3)."""
    parts = ("".join(letters) if plain else _utf7("".join(letters)) for plain, letters in groupby(folder, _is_plain))
    return '"' + "".join(parts).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _open(mailbox: Mailbox) -> imaplib.IMAP4:
    host, port = mailbox.imap_host, mailbox.imap_port
    if mailbox.imap_security == Security.TLS:
        trusted = ssl.create_default_context()
        return imaplib.IMAP4_SSL(host, port, ssl_context=trusted, timeout=TIMEOUT_SECONDS)
    return imaplib.IMAP4(host, port, timeout=TIMEOUT_SECONDS)


def _log_in(server: imaplib.IMAP4, user: str, password: str) -> None:
    """LOGIN knows ASCII only; names and passwords in other scripts go as SASL PLAIN (RFC 4616)."""
    if (user + password).isascii():
        server.login(user, password)
        return
    server.authenticate("PLAIN", lambda _challenge: f"\0{user}\0{password}".encode())


def _is_plain(letter: str) -> bool:
    return " " <= letter <= "~" and letter != "&"


def _utf7(letters: str) -> str:
    if letters == "&":
        return "&-"
    coded = base64.b64encode(letters.encode("utf-16-be")).decode().rstrip("=").replace("/", ",")
    return f"&{coded}-"


def _words(error: imaplib.IMAP4.error) -> str:
    """What the server said; imaplib passes it on as the bytes it got."""
    said = error.args[0] if error.args else ""
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
