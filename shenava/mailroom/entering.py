"""Entering: a mail that was read becomes what it is: a report, an automatic mail, an addition, a complaint."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from shenava.common.text import clean, clean_name, shorten
from shenava.complaints.actions import Addition, Intake, add_information, register_once
from shenava.journal.actions import Refused
from shenava.mailroom.judging import problem_of, verdict
from shenava.mailroom.keeping import Kept, Standing, bracketed, keep, language
from shenava.mailroom.reading import Reading
from shenava.mailroom.threads import Thread, bounced_mail, signed_reference, thread_of
from shenava.messages.fate import DELAYED, note_bounce
from shenava.messages.mail import is_address
from shenava.messages.models import Mailbox, Message, MessageKind, Raw, RawState, SenderVerdict
from shenava.messages.outbox import one_address
from shenava.people.parties import Introduction, system_party, unit_for

COPIES_WITHIN = timedelta(days=30)
LONGEST = 100_000
BOUNCE_KINDS = {"hard": "permanent", "soft": "temporary"}
EXCERPT = 500
MOST_SHOWN = 20_000


def enter(raw: Raw, reading: Reading) -> None:
    """Do what this mail asks for and write on its row what became of it. Call inside a transaction that
    has locked the row; an error undoes everything."""
    raw.envelope = raw.envelope | seen(reading)
    problem = problem_of(reading)
    if problem:
        raw.envelope |= {"text": shorten(clean(reading.text), MOST_SHOWN)}
        _end(raw, RawState.FAILED, problem=problem)
    elif _is_copy(raw, reading):
        _end(raw, RawState.IGNORED, problem="copy")
    elif reading.bounce is not None:
        _enter_bounce(raw, reading)
    elif reading.automatic or reading.list or _is_our_own(reading):
        _enter_automatic(raw, reading)
    else:
        _enter_words(raw, reading)


def seen(reading: Reading) -> dict[str, str]:
    """What lists show of a mail without reading it again."""
    return {
        "message_id": bracketed(reading.message_id),
        "from_name": clean_name(reading.from_name)[:EXCERPT],
        "from_email": clean_name(reading.from_email)[:EXCERPT],
        "subject": clean_name(reading.subject)[:EXCERPT],
    }


def _end(raw: Raw, state: RawState, *, message: Message | None = None, problem: str = "") -> None:
    raw.state, raw.problem, raw.lease_until = state, problem[:1000], None
    raw.message = message or raw.message
    raw.save(update_fields=["state", "problem", "lease_until", "message", "envelope"])


def _is_copy(raw: Raw, reading: Reading) -> bool:
    """The same mail again, by another way or to another address of ours: the same bytes, or the same
    Message-ID, sender and subject within 30 days.

    Two copies read at the same moment wait for each other here.
    """
    message_id = bracketed(reading.message_id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [message_id or raw.sha256])
    entered = Raw.objects.filter(Q(message__isnull=False) | Q(state=RawState.FAILED)).exclude(pk=raw.pk)
    if entered.filter(sha256=raw.sha256).exists():
        return True
    alike = entered.filter(
        envelope__from_email=raw.envelope["from_email"],
        envelope__subject=raw.envelope["subject"],
        received_at__range=(raw.received_at - COPIES_WITHIN, raw.received_at + COPIES_WITHIN),
    )
    unread = alike.filter(state=RawState.FAILED, envelope__message_id=message_id)
    return bool(message_id) and (alike.filter(message__message_id=message_id).exists() or unread.exists())


def _is_our_own(reading: Reading) -> bool:
    """One of our mailboxes as the sender: a loop or a forgery, never a complaint."""
    own = Mailbox.objects.values_list("address", flat=True)
    return one_address(reading.from_email) in {one_address(address) for address in own}


def _enter_bounce(raw: Raw, reading: Reading) -> None:
    """A report of a mail that did not arrive. It opens nothing and lies with the complaint that the mail was
    about; an undeliverable acknowledgement alarms."""
    outgoing, bounce = bounced_mail(reading), reading.bounce
    complaint = outgoing.complaint if outgoing else None
    kept = keep(raw, reading, Standing(verdict(reading, raw.mailbox), complaint=complaint, is_automatic=True))
    if outgoing is not None and bounce is not None:
        is_delayed = bool(bounce.recipients) and all(one.action == DELAYED for one in bounce.recipients)
        kind = DELAYED if is_delayed else BOUNCE_KINDS.get(bounce.kind, "temporary")
        reason = clean(bounce.diagnostic or bounce.reason or "")
        if note_bounce(outgoing, kind=kind, status=clean(bounce.status or ""), reason=reason):
            app.configure_task("complaints.alarm_undelivered", queue="follow").defer()
    _end(raw, RawState.IGNORED, message=kept.message, problem="automatic")


def _enter_automatic(raw: Raw, reading: Reading) -> None:
    """Kept and visible; opens nothing and is answered by nobody."""
    thread = thread_of(reading) if signed_reference(reading) else None
    standing = Standing(
        verdict(reading, raw.mailbox), complaint=thread.complaint if thread else None, is_automatic=True
    )
    _end(raw, RawState.IGNORED, message=keep(raw, reading, standing).message, problem="automatic")


def _enter_words(raw: Raw, reading: Reading) -> None:
    """Somebody says something: to a complaint there is, else it is a new one.

    A stranger's words are kept with the complaint as unverified and without an author: they give him no access.
    """
    thread, believed = thread_of(reading), verdict(reading, raw.mailbox)
    author = thread.speaker if thread else None
    if thread and author is None and believed == SenderVerdict.VERIFIED:
        believed = SenderVerdict.UNVERIFIED
    kept = keep(raw, reading, Standing(believed, author=author, kind=MessageKind.ADDITION))
    if thread is None or not _added(thread, kept):
        _register(raw, reading, kept)
    _end(raw, RawState.READ, message=kept.message)


def _added(thread: Thread, kept: Kept) -> bool:
    """Further information for a complaint; False where it takes nothing more."""
    addition = Addition(text=kept.message.text, channel="email", files=kept.files, message=kept.message)
    try:
        add_information(thread.complaint, addition=addition, by=system_party())
    except Refused:
        return False
    return True


def _register(raw: Raw, reading: Reading, kept: Kept) -> None:
    """A new complaint. Who writes is not tied to anybody known; an unclear sender gets no automatic answer."""
    complaint = register_once(intake=_intake(raw, reading, kept), by=system_party())
    message = kept.message
    message.complaint, message.author, message.kind = complaint, complaint.complainant, MessageKind.COMPLAINT
    message.save(update_fields=["complaint", "author", "kind"])


def _intake(raw: Raw, reading: Reading, kept: Kept) -> Intake:
    email = reading.from_email if reading.sender_is_clear and _can_be_written_to(reading.from_email) else ""
    spoken = language(reading)
    with translation.override(spoken):
        wordless = _("A mail without words")
    return Intake(
        description=shorten(kept.message.full_text or kept.message.subject or wordless, LONGEST),
        title=kept.message.subject or clean_name(kept.message.text.partition("\n")[0]) or wordless,
        channel="email",
        language=spoken,
        complainant=Introduction(name=(reading.from_name or reading.from_email)[:200], email=email, language=spoken),
        received_at=raw.received_at,
        unit=unit_for(raw.mailbox.unit if raw.mailbox else None),
        files=kept.files,
        message=kept.message,
        submission=f"mail:{raw.sha256}",
    )


def _can_be_written_to(email: str) -> bool:
    return is_address(email) and len(email) <= 254
