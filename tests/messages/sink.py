"""A mail server on loopback that keeps what it gets, or fails in the way a test asks for."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

CUT = "cut the line"


@dataclass
class Sink:
    """Answers per command; `got` holds what was taken."""

    mail: str = ""
    rcpt: str = ""
    data: str = "250 OK kept as 42"
    got: list[Envelope] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    port: int = 0

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.commands.append(f"MAIL {address}")
        if self.mail and address == "<>":
            return self.mail
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.commands.append(f"RCPT {address}")
        if self.rcpt and address.startswith("refused"):
            return self.rcpt
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.commands.append("DATA")
        if self.data == CUT:
            server.transport.abort()
        if self.data.startswith("250"):
            self.got.append(envelope)
        return self.data

    @property
    def mails(self) -> list[EmailMessage]:
        """What was taken, read as mail."""
        return [message_from_bytes(taken.content, policy=policy.default) for taken in self.got]  # type: ignore[misc]


@contextmanager
def listening(sink: Sink, **options: Any) -> Iterator[Sink]:
    """The sink on a free port, until the test is done. `tls_context` makes it offer STARTTLS."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        sink.port = probe.getsockname()[1]
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port, **options)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()


def server_context(certificate: str, key: str) -> ssl.SSLContext:
    """A server's side of TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context
