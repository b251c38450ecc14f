"""Talking to a mail server: every step named, certificates verified, the moment of no return marked."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum

from shenava.messages.mail import Envelope
from shenava.messages.models import Mailbox, Security

TIMEOUT_SECONDS = 20


class Step(StrEnum):
    """Where talking to a server can fail, in order."""

    LOOKUP = "lookup"
    CONNECT = "connect"
    SECURITY = "security"
    CERTIFICATE = "certificate"
    LOGIN = "login"
    FOLDER = "folder"
    SENDER = "sender"


class StepFailedError(Exception):
    """A step failed: nothing was sent. `reason` is the server's or system's own word for it."""

    def __init__(self, step: Step, reason: object) -> None:
        super().__init__(f"{step}: {reason}")
        self.step, self.reason = step, str(reason)


class Fate(StrEnum):
    """What became of one mail. UNCERTAIN: the line broke after the mail had begun to leave.
    SKIPPED: somebody else has the row now."""

    SENT = "sent"
    TEMPORARY = "temporary"
    PERMANENT = "permanent"
    UNCERTAIN = "uncertain"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Outcome:
    """The fate of a mail, the server's words, and whether the connection still serves."""

    fate: Fate
    reply: str = ""
    is_connected: bool = True


@contextmanager
def naming(step: Step) -> Iterator[None]:
    """Give every way in which a server can fail the name of the step."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise StepFailedError(Step.CERTIFICATE, error.verify_message) from error
    except ssl.SSLError as error:
        raise StepFailedError(Step.SECURITY, error) from error
    except smtplib.SMTPResponseException as error:
        raise StepFailedError(step, reply_text(error.smtp_code, error.smtp_error)) from error
    except (OSError, EOFError, UnicodeError) as error:
        raise StepFailedError(step, error or type(error).__name__) from error


def look_up(host: str, port: int) -> None:
    """Has the server's name an address? Raises StepFailedError."""
    with naming(Step.LOOKUP):
        socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)


@contextmanager
def connection(mailbox: Mailbox) -> Iterator[smtplib.SMTP]:
    """A connection to the mailbox's server, protected and logged in as configured, closed at the end.

    Raises StepFailedError; where STARTTLS is wanted and does not come about, nothing is said to the server.
    """
    look_up(mailbox.smtp_host, mailbox.smtp_port)
    with naming(Step.CONNECT):
        server = _open(mailbox)
    try:
        _prepare(server, mailbox)
        yield server
    finally:
        with suppress(smtplib.SMTPException, OSError):
            server.quit()
        server.close()


def _open(mailbox: Mailbox) -> smtplib.SMTP:
    host, port, own = mailbox.smtp_host, mailbox.smtp_port, mailbox.domain
    if mailbox.smtp_security == Security.TLS:
        trusted = ssl.create_default_context()
        return smtplib.SMTP_SSL(host, port, own, timeout=TIMEOUT_SECONDS, context=trusted)
    return smtplib.SMTP(host, port, own, timeout=TIMEOUT_SECONDS)


def _prepare(server: smtplib.SMTP, mailbox: Mailbox) -> None:
    with naming(Step.SECURITY):
        server.ehlo_or_helo_if_needed()
        if mailbox.smtp_security == Security.STARTTLS:
            server.starttls(context=ssl.create_default_context())
            server.ehlo()
    if mailbox.smtp_user:
        with naming(Step.LOGIN):
            server.login(mailbox.smtp_user, mailbox.smtp_password)


def deliver(server: smtplib.SMTP, envelope: Envelope, before_data: Callable[[], bool]) -> Outcome:
    """Hand one mail over. `before_data` commits that the mail is about to leave; if it says no, the
    mail stays. Never raises for what a server or a line can do."""
    try:
        refusal = _address(server, envelope)
    except (smtplib.SMTPException, OSError) as error:
        return Outcome(Fate.TEMPORARY, _words(error), is_connected=False)
    if refusal is not None:
        return refusal if _reset(server) else Outcome(refusal.fate, refusal.reply, is_connected=False)
    if not before_data():
        return Outcome(Fate.SKIPPED, is_connected=_reset(server))
    return _hand_over(server, envelope.content)


def _address(server: smtplib.SMTP, envelope: Envelope) -> Outcome | None:
    """MAIL and RCPT; None when both were taken. A server that takes no empty sender gets ours."""
    code, reply = server.mail(envelope.sender)
    if code >= 500 and not envelope.sender:
        server.rset()
        code, reply = server.mail(envelope.own)
    if code >= 300:
        return _refused(code, reply)
    code, reply = server.rcpt(envelope.recipient)
    return _refused(code, reply) if code >= 300 else None


def _hand_over(server: smtplib.SMTP, content: bytes) -> Outcome:
    try:
        code, reply = server.data(content)
    except smtplib.SMTPDataError as error:
        return _refused(error.smtp_code, error.smtp_error)
    except (smtplib.SMTPException, OSError) as error:
        return Outcome(Fate.UNCERTAIN, _words(error), is_connected=False)
    if code != 250:
        return _refused(code, reply)
    return Outcome(Fate.SENT, reply_text(code, reply))


def _refused(code: int, reply: bytes | str) -> Outcome:
    fate = Fate.PERMANENT if 500 <= code < 600 else Fate.TEMPORARY
    return Outcome(fate, reply_text(code, reply), is_connected=code not in {421, -1})


def _reset(server: smtplib.SMTP) -> bool:
    try:
        return server.rset()[0] == 250
    except (smtplib.SMTPException, OSError):
        return False


def reply_text(code: int, reply: bytes | str) -> str:
    """A server's answer as text, at most 500 characters."""
    words = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return f"{code} {words}".replace("\0", "")[:500]


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]
