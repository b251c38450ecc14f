"""Trying a mailbox out: which step of fetching or sending fails, said before the first mail is lost."""

from __future__ import annotations

import imaplib
import smtplib
import ssl
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shenava.messages.models import Mailbox, Security
from shenava.messages.smtp import (
    TIMEOUT_SECONDS,
    Step,
    StepFailedError,
    connection,
    look_up,
    naming,
    reply_text,
)

STEP_NAMES: dict[Step, Promise] = {
    Step.LOOKUP: _("finding the server's name"),
    Step.CONNECT: _("connecting to the server"),
    Step.SECURITY: _("protecting the connection"),
    Step.CERTIFICATE: _("checking the server's certificate"),
    Step.LOGIN: _("logging in"),
    Step.FOLDER: _("opening the folder"),
    Step.SENDER: _("being accepted as the sender"),
}


@dataclass(frozen=True)
class Trial:
    """How a trial ended: no step when all went well, else the step that failed and why."""

    step: Step | None = None
    reason: str = ""

    def __bool__(self) -> bool:
        return self.step is None

    @property
    def step_name(self) -> Promise | str:
        return STEP_NAMES[self.step] if self.step else ""


def try_sending(mailbox: Mailbox) -> Trial:
    """Connect, log in and be accepted as the sender; nothing is sent. At most a few times 20 seconds."""
    try:
        with connection(mailbox) as server:
            _offer_sender(server, mailbox)
    except StepFailedError as error:
        return Trial(error.step, error.reason)
    return Trial()


def try_receiving(mailbox: Mailbox) -> Trial:
    """Connect, log in and open the folder, read-only; no mail is touched."""
    try:
        look_up(mailbox.imap_host, mailbox.imap_port)
        with naming(Step.CONNECT):
            server = _open(mailbox)
        try:
            _read(server, mailbox)
        finally:
            server.shutdown()
    except StepFailedError as error:
        return Trial(error.step, error.reason)
    return Trial()


def _offer_sender(server: smtplib.SMTP, mailbox: Mailbox) -> None:
    with naming(Step.SENDER):
        code, reply = server.mail(mailbox.address)
        if code != 250:
            raise StepFailedError(Step.SENDER, reply_text(code, reply))
        server.rset()


def _open(mailbox: Mailbox) -> imaplib.IMAP4:
    host, port = mailbox.imap_host, mailbox.imap_port
    if mailbox.imap_security == Security.TLS:
        trusted = ssl.create_default_context()
        return imaplib.IMAP4_SSL(host, port, ssl_context=trusted, timeout=TIMEOUT_SECONDS)
    return imaplib.IMAP4(host, port, timeout=TIMEOUT_SECONDS)


def _read(server: imaplib.IMAP4, mailbox: Mailbox) -> None:
    try:
        with naming(Step.SECURITY):
            step = Step.SECURITY
            if mailbox.imap_security == Security.STARTTLS:
                server.starttls(ssl.create_default_context())
        with naming(Step.LOGIN):
            step = Step.LOGIN
            server.login(mailbox.imap_user, mailbox.imap_password)
        with naming(Step.FOLDER):
            step = Step.FOLDER
            status, reply = server.select(_quoted(mailbox.imap_folder), readonly=True)
    except imaplib.IMAP4.error as error:
        raise StepFailedError(step, error) from error
    if status != "OK":
        raise StepFailedError(Step.FOLDER, (reply[0] or b"").decode("utf-8", "replace"))


def _quoted(folder: str) -> str:
    return '"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'
