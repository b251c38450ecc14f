"""The bytes of a mail: nothing that a stranger wrote becomes a header or a link."""

import re
from email import message_from_bytes, policy
from typing import Any

import pytest

from shenava.attachments import store
from shenava.messages import outbox
from shenava.messages.mail import UnsendableError, envelope, header_text, html_of, is_address
from shenava.messages.models import Mailbox, Message, Outgoing
from shenava.messages.texts import Wording
from shenava.people.models import Organisation

NASTY = ["Bob\r\nBcc: x@evil.example", "a\nX: 1", "a\0b", "a\r", "a\u2028Bcc: x", "=?utf-8?q?a=0d=0aBcc:_x?="]


@pytest.fixture
def mailbox(mailbox_at: Any) -> Mailbox:
    return mailbox_at(25)


def read(row: Outgoing, mailbox: Mailbox) -> Any:
    return message_from_bytes(envelope(row, mailbox).content, policy=policy.default)


@pytest.mark.django_db
@pytest.mark.parametrize("words", NASTY)
def test_no_words_become_a_second_header(words: str, world: Any, mailbox: Mailbox) -> None:
    Organisation.objects.update(name=words.replace("\0", ""))
    row = Outgoing(to_email="m@example.com", purpose="notice", is_automatic=True, subject=words, body="b",
                   language="en", mail_id="<a@b>")  # fmt: skip
    mail = read(row, mailbox)
    assert "Bcc" not in mail and "X" not in mail
    assert len(mail.get_all("Subject")) == 1
    assert not set(mail["Subject"]) & set("\r\n\0\u2028")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "a@b.example\r\nBcc: x@evil.example", "a@b.example, c@d.example", "a@b.example>", "Bob <a@b.example>",
        "ab", "@b.example", "a@", "a b@c.example", "فا@example.com", "a@b\0c.example",
    ],
)  # fmt: skip
def test_what_is_not_one_plain_address_gets_no_mail(address: str, world: Any, mailbox: Mailbox) -> None:
    row = outbox.queue_mail(Wording("s", "b"), to=address, purpose="notice", language="en")
    assert (row.state, bool(row.last_error)) == ("failed", True)
    with pytest.raises(UnsendableError):
        envelope(row, mailbox)


@pytest.mark.django_db
def test_an_international_domain_goes_out_in_its_ascii_form(world: Any, mailbox: Mailbox) -> None:
    row = outbox.queue_mail(Wording("s", "b"), to="info@دامنه.example", purpose="notice", language="fa")
    assert re.fullmatch(r"info@xn--[a-z0-9]+\.example", envelope(row, mailbox).recipient)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fa", "he", "en"])
def test_a_mail_in_any_language_arrives_as_it_was_written(language: str, world: Any, mailbox: Mailbox) -> None:
    text = "شکایت شما رسید.\n\nמועד: 5\n.\n..dots\nhttp://evil.example/ <b>bold</b> & more"
    subject = "رسید شکایت «۱۴۰۵», התלונה שלך, with a very long subject that has to be folded somewhere ok"
    row = outbox.queue_mail(Wording(subject, text), to="m@example.com", purpose="notice", language=language)
    mail = read(row, mailbox)
    assert mail["Subject"] == subject
    assert mail.get_body(("plain",)).get_content().split() == text.split()
    html = mail.get_body(("html",)).get_content()
    assert f'dir="{"ltr" if language == "en" else "rtl"}"' in html
    assert "<b>" not in html and "<a" not in html
    assert str(mail["From"]) == "Arman Care <care@arman.example>"
    assert str(mail["Reply-To"]) == "care@arman.example"


@pytest.mark.django_db
def test_every_line_ends_as_smtp_wants_it_and_is_short_enough(world: Any, mailbox: Mailbox) -> None:
    row = outbox.queue_mail(Wording("s" * 500, "x" * 5000 + "\r" + "ی" * 5000), to="m@example.com",
                            purpose="notice", language="fa")  # fmt: skip
    content = envelope(row, mailbox).content
    assert content.count(b"\n") == content.count(b"\r\n") == content.count(b"\r")
    assert max(len(line) for line in content.split(b"\r\n")) <= 998


def test_only_addresses_of_this_installation_become_links(settings) -> None:
    settings.BASE_URL = "https://care.arman.example"
    html = html_of(
        'See https://care.arman.example/track/?code=A&b=1#s"x and https://evil.example/ or '
        "https://care.arman.example.evil.example/ <a href=//evil.example>Click</a>",
        "en",
    )
    assert html.count("<a ") == 1
    assert 'href="https://care.arman.example/track/?code=A&amp;b=1#s"' in html
    assert "&lt;a href" in html


@pytest.mark.django_db
def test_automatic_mail_says_so_and_an_acknowledgement_has_no_sender(message: Message, mailbox: Mailbox) -> None:
    ours = outbox.queue(message, to="m@example.com", purpose="acknowledgement", is_automatic=True)
    mail = read(ours, mailbox)
    assert mail["Auto-Submitted"] == "auto-replied"
    assert mail["X-Auto-Response-Suppress"] == "All"
    assert envelope(ours, mailbox).sender == ""


@pytest.mark.django_db
def test_what_a_person_wrote_is_not_automatic_and_has_a_sender(message: Message, mailbox: Mailbox) -> None:
    ours = outbox.queue(message, to="m@example.com", purpose="response", is_automatic=False)
    assert "Auto-Submitted" not in read(ours, mailbox)
    assert envelope(ours, mailbox).sender == "care@arman.example"


@pytest.mark.django_db
def test_the_thread_holds_what_this_address_wrote_and_nothing_of_others(message: Message, mailbox: Mailbox) -> None:
    long = "<" + "a" * 150 + "@mail.example>"
    for sender, message_id in [
        ("m@example.com", "<first@mail.example>"), ("other@example.com", "<theirs@mail.example>"),
        ("M@example.com", long), ("m@example.com", "<bad\r\nBcc: x@evil.example>"),
    ]:  # fmt: skip
        Message.objects.create(
            complaint=message.complaint, direction="in", channel="email", at=message.at, from_email=sender,
            message_id=message_id, sender_verdict="verified",
        )  # fmt: skip
    mail = read(outbox.queue(message, to="m@example.com", purpose="response", is_automatic=False), mailbox)
    assert set(mail["References"].split()) == {"<first@mail.example>", long}
    assert mail["In-Reply-To"] in {"<first@mail.example>", long}
    assert "Bcc" not in mail


@pytest.mark.django_db
def test_files_of_a_response_are_attached_by_name(message: Message, mailbox: Mailbox) -> None:
    message.files.add(store.take_in(b"%PDF-1.7", name="گزارش فنی.pdf"))
    mail = read(outbox.queue(message, to="m@example.com", purpose="response", is_automatic=False), mailbox)
    (attached,) = mail.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == ("گزارش فنی.pdf", b"%PDF-1.7")


@pytest.mark.parametrize("address", ["a@b.example", "first.last+tag@mail.b.example", "o'neil@b.example", "a@b"])
def test_plain_addresses_are_addresses(address: str) -> None:
    assert is_address(address)


def test_header_words_are_one_short_line() -> None:
    assert header_text("a\r\n\tb \0 c" + "x" * 1000, 10) == "a b cxxxxx"
