"""A post office for journeys: Dovecot keeps what is written to the organisation, a sink what it writes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import make_msgid
from pathlib import Path

from tests.journeys.product import Product
from tests.mailroom import dovecot
from tests.messages.certificates import self_signed
from tests.messages.sink import Sink, listening

PATIENCE = 30


@dataclass
class PostOffice:
    """The servers between a customer and the organisation's address `user`@arman.example."""

    server: dovecot.Server
    sink: Sink
    user: str

    @property
    def address(self) -> str:
        return f"{self.user}@arman.example"

    def carry(self, letter: bytes, product: Product) -> None:
        """Deliver a letter to the organisation, and have the product fetch its mail now, not within a minute."""
        self.server.deliver(self.user, letter)
        product.python(
            "from shenava.mailroom.jobs import fetch_one; from shenava.messages.models import Mailbox; "
            f"fetch_one.defer(mailbox_id=Mailbox.objects.get(address='{self.address}').pk)"
        )

    def mail_to(self, address: str, place: int) -> EmailMessage:
        """The mail number `place` (from 0) that a customer got, as soon as it is there."""
        deadline = time.monotonic() + PATIENCE
        while len(self.got_by(address)) <= place and time.monotonic() < deadline:
            time.sleep(0.1)
        mails = self.got_by(address)
        assert len(mails) > place, f"{address} got {len(mails)} mails"
        return mails[place]

    def got_by(self, address: str) -> list[EmailMessage]:
        """Everything that came for one address."""
        mine = [taken.content for taken in self.sink.got if address in taken.rcpt_tos]
        return [message_from_bytes(content, policy=policy.default) for content in mine]  # type: ignore[misc,arg-type]


@contextmanager
def post_office(folder: Path, user: str) -> Iterator[PostOffice]:
    """Both servers, until the journey ends."""
    with dovecot.running(self_signed(folder)) as server, listening(Sink()) as sink:
        yield PostOffice(server, sink, user)


def persian_letter(customer: str, to: str, charset: str) -> bytes:
    """A complaint as an old Persian mail program writes it: eight bits, with a file whose name is Persian."""
    words = "سلام\nدستگاه من از ديروز روشن نمی‌شود و کد E-21 را نشان مي‌دهد.\nشماره سريال: M2205\nبا احترام، مهسا"
    words = words.replace("ی", "ي").replace("\u200c", "")
    head = (
        f"From: =?utf-8?b?2YXZh9iz2Kcg2qnbjNin2YbZvtmI2LE=?= <{customer}>\r\nTo: {to}\r\n"
        "Subject: =?utf-8?b?2K/Ys9iq2q/Yp9mHINix2YjYtNmGINmG2YXbjOKAjNi02YjYrw==?=\r\n"
        f"Message-ID: {make_msgid(domain='example.com')}\r\nDate: Wed, 25 Nov 2026 10:00:00 +0330\r\n"
        "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=teil\r\n\r\n"
    )
    text = f"--teil\r\nContent-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    file = (
        "\r\n--teil\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n"
        "Content-Disposition: attachment; filename*=utf-8''%D8%B1%D8%B3%DB%8C%D8%AF.txt\r\n\r\nRS0yMQ==\r\n--teil--\r\n"
    )
    return head.encode() + text.encode() + words.replace("\n", "\r\n").encode(charset) + file.encode()


def reply_to(mail: EmailMessage, words: str) -> bytes:
    """A customer's answer, as mail programs write it: the new words above what is answered."""
    body = mail.get_body(("plain",))
    assert body is not None
    quoted = "\r\n".join(f"> {line}" for line in body.get_content().splitlines())
    answer = EmailMessage(policy=policy.SMTP)
    answer["From"], answer["To"] = str(mail["To"]), str(mail["Reply-To"])
    answer["Subject"] = f"Re: {mail['Subject']}"
    answer["Message-ID"] = make_msgid(domain="example.com")
    answer["In-Reply-To"] = answer["References"] = str(mail["Message-ID"])
    answer.set_content(
        f"{words}\r\n\r\nOn Wed, 25 Nov 2026 at 12:00, Care <{mail['Reply-To']}> wrote:\r\n\r\n{quoted}\r\n"
    )
    return answer.as_bytes()
