"""Letters: what the complainant is sent, worded in the complaint's language, put into the outbox."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from shenava.attachments.models import File
from shenava.common import clock, tokens
from shenava.complaints.models import Complaint
from shenava.messages import outbox, texts
from shenava.messages.models import Message
from shenava.people.models import Organisation, Party

PURPOSES = {"information": "notice"}
Words = Callable[[texts.ComplaintFacts], texts.Wording]


def send_acknowledgement(complaint: Complaint) -> Message | None:
    """Queue the acknowledgement; None where the complainant left no address to write to."""

    def word(facts: texts.ComplaintFacts) -> texts.Wording:
        return texts.acknowledgement(facts, language=complaint.language)

    addresses = _addresses(complaint)
    if not addresses:
        return None
    kept = word(_facts(complaint))
    message = _message(complaint, "acknowledgement", subject=kept.subject, text=kept.body, author=None)
    for address in addresses:
        _post(complaint, message, address, word, is_automatic=True)
    return message


def send_response(complaint: Complaint, *, text: str, files: tuple[File, ...], by: Party) -> Message:
    """Write the response; it is queued for the complainant's address and always shown on the portal."""

    def word(facts: texts.ComplaintFacts) -> texts.Wording:
        return texts.response(facts, text=text, language=complaint.language)

    message = _message(complaint, "response", subject=word(_facts(complaint)).subject, text=text, author=by)
    message.files.add(*files)
    for address in _addresses(complaint):
        _post(complaint, message, address, word, is_automatic=False)
    return message


def send_information(complaint: Complaint, *, text: str, by: Party) -> Message:
    """Tell the complainant something that asks for no answer; shown on the portal and mailed where we can."""

    def word(facts: texts.ComplaintFacts) -> texts.Wording:
        return texts.information(facts, text=text, language=complaint.language)

    message = _message(complaint, "information", subject=word(_facts(complaint)).subject, text=text, author=by)
    for address in _addresses(complaint):
        _post(complaint, message, address, word, is_automatic=False)
    return message


def _post(complaint: Complaint, message: Message, address: str, word: Words, *, is_automatic: bool) -> None:
    """Put a letter into the outbox with a key of its own in its link. The kept message does not have the key."""
    key = tokens.human_secret()
    words = word(replace(_facts(complaint), secret=key)).body
    row = outbox.queue(
        message, to=address, purpose=PURPOSES.get(message.kind, message.kind), body=words, is_automatic=is_automatic
    )
    outbox.give_key(row, tokens.digest(tokens.normalise_human_secret(key)))


def _message(complaint: Complaint, kind: str, *, subject: str, text: str, author: Party | None) -> Message:
    return Message.objects.create(
        complaint=complaint,
        direction="out",
        channel="email" if _addresses(complaint) else "portal",
        kind=kind,
        author=author,
        subject=subject,
        text=text,
        at=clock.now(),
        language=complaint.language,
        sender_verdict="internal",
    )


def _addresses(complaint: Complaint) -> list[str]:
    speaker = complaint.representative or complaint.complainant
    return [speaker.email] if speaker.email else []


def _facts(complaint: Complaint) -> texts.ComplaintFacts:
    organisation = Organisation.current()
    return texts.ComplaintFacts(
        reference=complaint.reference or "",
        public_code=complaint.public_code,
        title=complaint.title,
        due_at=complaint.due_at,
        organisation=organisation,
    )
