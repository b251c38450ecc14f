"""Trying a mailbox out: which step of fetching or sending fails, said before the first mail is lost."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shenava.messages.imap import imap_connection, select
from shenava.messages.models import Mailbox
from shenava.messages.smtp import Step, StepFailedError, connection, naming, reply_text

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
        with imap_connection(mailbox) as server:
            select(server, mailbox.imap_folder, readonly=True)
    except StepFailedError as error:
        return Trial(error.step, error.reason)
    return Trial()


def _offer_sender(server: smtplib.SMTP, mailbox: Mailbox) -> None:
    with naming(Step.SENDER):
        code, reply = server.mail(mailbox.address)
        if code != 250:
            raise StepFailedError(Step.SENDER, reply_text(code, reply))
        server.rset()
