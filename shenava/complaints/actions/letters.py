"""Letters: what the complainant is sent, worded in the complaint's language, put into the outbox."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from shenava.attachments.models import File
from shenava.common import clock, tokens
from shenava.complaints.actions.promises import heard_from_us
from shenava.complaints.models import Complaint
from shenava.messages import outbox, texts
from shenava.messages.models import Message, Template, TemplateKind
from shenava.people.models import Organisation, Party

PURPOSES = {"information": "notice"}
Words = Callable[[texts.ComplaintFacts], texts.Wording]


def send_acknowledgement(complaint: Complaint) -> Message | None:
    """Queue the acknowledgement; None where the complainant left no address to write to."""
    written = Template.objects.the(TemplateKind.ACKNOWLEDGEMENT, complaint.language)
    own = texts.Wording(written.subject, written.body) if written else None

    def word(facts: texts.ComplaintFacts) -> texts.Wording:
        return texts.acknowledgement(facts, language=complaint.language, own=own)

    return _send(complaint, word, kind="acknowledgement")


def send_response(complaint: Complaint, *, text: str, files: tuple[File, ...], by: Party) -> Message:
    """Write the response; it is queued for the complainant's address and always shown on the portal."""

    def word(facts: texts.ComplaintFacts) -> texts.Wording:
        return texts.response(facts, text=text, has_files=bool(files), language=complaint.language)

    message = _say(complaint, word, text, kind="response", by=by)
    message.files.add(*files)
    return message


def send_correction(complaint: Complaint, *, text: str, files: tuple[File, ...], by: Party) -> Message:
    """Write the response that counts instead of the one given before."""

    def word(facts: texts.ComplaintFacts) -> texts.Wording:
        return texts.correction(facts, text=text, has_files=bool(files), language=complaint.language)

    message = _say(complaint, word, text, kind="response", by=by)
    message.files.add(*files)
    return message


def send_recall(complaint: Complaint, *, reason: str, by: Party) -> Message:
    """Tell the complainant that our response does not count, why, and by when we answer now."""

    def word(facts: texts.ComplaintFacts) -> texts.Wording:
        return texts.recall(facts, reason=reason, language=complaint.language)

    return _say(complaint, word, reason, kind="information", by=by)


def send_last_call(complaint: Complaint, *, ends_at: datetime) -> Message | None:
    """Tell a silent complainant that we wait for a word, and till when."""

    def word(facts: texts.ComplaintFacts) -> texts.Wording:
        return texts.last_call(facts, ends_at=ends_at, language=complaint.language)

    return _send(complaint, word, kind="information")


def send_question(complaint: Complaint, *, text: str, by: Party) -> Message:
    """Ask the complainant something, by mail and on the portal."""

    def word(facts: texts.ComplaintFacts) -> texts.Wording:
        return texts.question(facts, text=text, language=complaint.language)

    return _say(complaint, word, text, kind="information", by=by)


def send_new_deadline(complaint: Complaint, *, reason: str, by: Party) -> Message:
    """Tell the complainant by when we answer now, and why."""

    def word(facts: texts.ComplaintFacts) -> texts.Wording:
        return texts.new_deadline(facts, reason=reason, language=complaint.language)

    return _say(complaint, word, reason, kind="information", by=by)


def send_time_added(complaint: Complaint) -> Message | None:
    """Tell the complainant by when we answer, since the time in which others had the word does not count."""

    def word(facts: texts.ComplaintFacts) -> texts.Wording:
        with translation.override(complaint.language):
            reason = _("The time in which we waited for others does not count.")
        return texts.new_deadline(facts, reason=reason, language=complaint.language)

    return _send(complaint, word, kind="information")


def send_review_received(complaint: Complaint) -> Message | None:
    """Tell the complainant that the request for a review is here, and by when it is answered."""

    def word(facts: texts.ComplaintFacts) -> texts.Wording:
        return texts.review_received(facts, language=complaint.language)

    return _send(complaint, word, kind="information")


def send_information(complaint: Complaint, *, text: str, by: Party) -> Message:
    """Tell the complainant something that asks for no answer; shown on the portal and mailed where we can."""

    def word(facts: texts.ComplaintFacts) -> texts.Wording:
        return texts.information(facts, text=text, language=complaint.language)

    return _say(complaint, word, text, kind="information", by=by)


def send_mandate_withdrawn(complaint: Complaint, *, reason: str, by: Party) -> Message:
    """Tell whoever spoke, and the complainant where we know his address, that the mandate does not count any more."""

    def word(facts: texts.ComplaintFacts) -> texts.Wording:
        return texts.mandate_withdrawn(facts, reason=reason, language=complaint.language)

    message = _say(complaint, word, reason, kind="information", by=by)
    own = complaint.complainant.email
    if own and own not in _addresses(complaint):
        outbox.queue(message, to=own, purpose="notice", body=word(_facts(complaint)).body, is_automatic=False)
    return message


def piece_of_an_answer(complaint: Complaint, template: Template) -> str:
    """Ready-made words with the complaint's own values, for an officer to read and change before they are sent."""
    speaker = complaint.representative or complaint.complainant
    return texts.piece_of_an_answer(
        template.body,
        _facts(complaint),
        name=speaker.name,
        received_at=complaint.received_at,
        language=complaint.language,
    )


def _say(complaint: Complaint, word: Words, text: str, *, kind: str, by: Party) -> Message:
    """Keep somebody's words as a message; what is queued says around them what has to be said."""
    message = _message(complaint, kind, subject=word(_facts(complaint)).subject, text=text, author=by)
    for address in _addresses(complaint):
        _post(complaint, message, address, word, is_automatic=False)
    heard_from_us(complaint)
    return message


def send_alarm(complaint: Complaint, to: Party) -> None:
    """Tell somebody of ours by mail that people may come to harm. It goes out whatever else was sent today."""
    language = to.language or _own_language()
    wording = texts.safety_alarm(_facts(complaint), link=_desk_page(complaint), language=language)
    outbox.queue_mail(wording, to=to.email, purpose="staff_notice", language=language, party=to)


def _desk_page(complaint: Complaint) -> str:
    return f"{settings.BASE_URL}/desk/complaints/{complaint.reference}/"


def _own_language() -> str:
    organisation = Organisation.current()
    return organisation.language if organisation else settings.LANGUAGE_CODE


def _send(complaint: Complaint, word: Words, *, kind: str) -> Message | None:
    """What we say by ourselves; None where the complainant left no address to write to."""
    addresses = _addresses(complaint)
    if not addresses:
        return None
    kept = word(_facts(complaint))
    message = _message(complaint, kind, subject=kept.subject, text=kept.body, author=None)
    for address in addresses:
        _post(complaint, message, address, word, is_automatic=True)
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
