"""Letters: what the complainant is sent, worded in the complaint's language, put into the outbox."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from shenava.attachments.models import File
from shenava.common import clock
from shenava.complaints.models import Complaint
from shenava.messages import outbox, texts
from shenava.messages.models import Message
from shenava.people.models import Organisation, Party


def send_acknowledgement(complaint: Complaint) -> Message | None:
    """Queue the acknowledgement; None where the complainant left no address to write to."""
    wording = texts.acknowledgement(_facts(complaint), language=complaint.language)
    return _send(complaint, wording, kind="acknowledgement", author=None, is_automatic=True)


def send_response(complaint: Complaint, *, text: str, files: tuple[File, ...], by: Party) -> Message:
    """Write the response; it is queued for the complainant's address and always shown on the portal."""
    wording = texts.response(_facts(complaint), text=text, language=complaint.language)
    message = _say(complaint, wording, text, kind="response", by=by)
    message.files.add(*files)
    return message


def send_correction(complaint: Complaint, *, text: str, files: tuple[File, ...], by: Party) -> Message:
    """Write the response that counts instead of the one given before."""
    wording = texts.correction(_facts(complaint), text=text, language=complaint.language)
    message = _say(complaint, wording, text, kind="response", by=by)
    message.files.add(*files)
    return message


def send_last_call(complaint: Complaint, *, ends_at: datetime) -> Message | None:
    """Tell a silent complainant that we wait for a word, and till when."""
    wording = texts.last_call(_facts(complaint), ends_at=ends_at, language=complaint.language)
    return _send(complaint, wording, kind="information", author=None, is_automatic=True)


def send_question(complaint: Complaint, *, text: str, by: Party) -> Message:
    """Ask the complainant something, by mail and on the portal."""
    wording = texts.question(_facts(complaint), text=text, language=complaint.language)
    return _say(complaint, wording, text, kind="information", by=by)


def send_new_deadline(complaint: Complaint, *, reason: str, by: Party) -> Message:
    """Tell the complainant by when we answer now, and why."""
    wording = texts.new_deadline(_facts(complaint), reason=reason, language=complaint.language)
    return _say(complaint, wording, reason, kind="information", by=by)


def _say(complaint: Complaint, wording: texts.Wording, text: str, *, kind: str, by: Party) -> Message:
    """Keep somebody's words as a message; what is queued says around them what has to be said."""
    message = _message(complaint, kind, subject=wording.subject, text=text, author=by)
    purpose = "response" if kind == "response" else "notice"
    for address in _addresses(complaint):
        outbox.queue(message, to=address, purpose=purpose, body=wording.body, is_automatic=False)
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


def _send(
    complaint: Complaint, wording: texts.Wording, *, kind: str, author: Party | None, is_automatic: bool
) -> Message | None:
    addresses = _addresses(complaint)
    if not addresses:
        return None
    message = _message(complaint, kind, subject=wording.subject, text=wording.body, author=author)
    for address in addresses:
        purpose = kind if kind == "acknowledgement" else "notice"
        outbox.queue(message, to=address, purpose=purpose, body=wording.body, is_automatic=is_automatic)
    return message


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
