"""Intake: how a complaint comes into being."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError

from shenava.attachments.models import File
from shenava.common import clock, tokens
from shenava.common.text import clean, clean_name, shorten
from shenava.complaints.actions.allotting import follow
from shenava.complaints.actions.holding import lay_with
from shenava.complaints.actions.local import local_date
from shenava.complaints.actions.mandate import note_representative
from shenava.complaints.actions.promises import first_promises, keep_first
from shenava.complaints.actions.room import action
from shenava.complaints.actions.routing import put_in_place
from shenava.complaints.facts import Registered
from shenava.complaints.models import Basis, Channel, Complaint, Directness, IssueLine, RecordType, Source, Subject
from shenava.journal.recording import record
from shenava.messages.models import Message
from shenava.people.models import Party, Unit
from shenava.people.parties import Introduction, introduce
from shenava.process import runs

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True)
class Circumstances:
    """How it reached us and what lies behind it: through whom, why a reply is expected, and the gap between
    what was promised (by whom) and what was received."""

    directness: str = Directness.DIRECT
    source: str = Source.CUSTOMER
    expectation_basis: str = Basis.EXPLICIT
    promised_by: str = ""
    promised: str = ""
    got_instead: str = ""


@dataclass(frozen=True)
class Intake:
    """All that is known when a complaint comes in.

    `complainant` of None is an anonymous one. Of a `representative`, `authority` says by what right he speaks, and
    `mandate` is the file that is to prove it. `submission` is the one-time mark of the form that
    brought it: the same mark twice is the same complaint. `secret` opens the tracking page.
    """

    description: str
    channel: str
    title: str = ""
    record_type: str = RecordType.COMPLAINT
    subject: str = Subject.PRODUCT
    language: str = "en"
    complainant: Introduction | Party | None = None
    representative: Introduction | None = None
    authority: str = ""
    mandate: File | None = None
    product: str = ""
    serial: str = ""
    occurred_on: date | None = None
    requested_remedies: tuple[str, ...] = ()
    expectation: str = ""
    circumstances: Circumstances = Circumstances()
    received_at: datetime | None = None
    unit: Unit | None = None
    files: tuple[File, ...] = ()
    message: Message | None = None
    submission: str | None = None
    secret: str = field(default_factory=tokens.human_secret)


@action(creates=True)
def register(*, intake: Intake, by: Party) -> Complaint:
    """Take a complaint in. It gets a number, a holder and a promised date at once, and is never lost."""
    complaint = _drawn_up(intake, by)
    run, promised = runs.opening("register", complaint), first_promises(complaint)
    complaint.stage, complaint.staged_at = runs.stage_of(run), complaint.entered_at
    complaint.save(force_insert=True)
    begun = runs.begin(complaint, run)
    keep_first(complaint, promised)
    _write_words(complaint, intake)
    lay_with(complaint, complaint.owner, by=by)
    record(
        complaint,
        Registered(
            complainant=complaint.complainant_id,
            record_type=complaint.record_type,
            channel=complaint.channel,
            owner=complaint.owner_id,
            due_at=complaint.due_at,
        ),
        by=by,
        is_first=True,
    )
    follow(complaint, begun, by=by)
    note_representative(complaint, proof=intake.mandate, by=by)
    return complaint


def register_once(*, intake: Intake, by: Party) -> Complaint:
    """Register, or find what the same submission has registered already (a double click, a retry)."""
    mark = tokens.digest(intake.submission) if intake.submission else None
    known = Complaint.objects.filter(submission=mark)
    try:
        complaint: Complaint = register(intake=intake, by=by)
        return complaint
    except IntegrityError:
        if mark is None:
            raise
        return known.get()


def _drawn_up(intake: Intake, by: Party) -> Complaint:
    """The complaint before it is kept; its parties are."""
    now = clock.now()
    complainant = _party(intake.complainant)
    complaint = Complaint(
        **_keys(intake),
        **_said(intake),
        complainant=complainant,
        representative=_party(intake.representative) if intake.representative else None,
        received_by=by,
        **asdict(intake.circumstances),
        received_at=intake.received_at or now,
        entered_at=now,
        registered_on=local_date(now),
    )
    put_in_place(complaint, intake.unit, by=by)
    return complaint


def _keys(intake: Intake) -> dict[str, Any]:
    """What finds and opens the complaint from outside. Of the secret and the mark only hashes are kept."""
    return {
        "public_code": "".join(secrets.choice(CODE_LETTERS) for _ in range(10)),
        "secret_hash": tokens.digest(tokens.normalise_human_secret(intake.secret)),
        "submission": tokens.digest(intake.submission) if intake.submission else None,
    }


def _said(intake: Intake) -> dict[str, Any]:
    """What was said, as it is kept: text that the database takes, titles that turn nothing around."""
    description = clean(intake.description)
    return {
        "record_type": intake.record_type,
        "channel": intake.channel,
        "subject": intake.subject,
        "title": shorten(clean_name(intake.title or description.partition("\n")[0]), 120),
        "description": description,
        "language": intake.language,
        "authority": clean_name(intake.authority),
        "product": clean_name(intake.product),
        "serial": clean_name(intake.serial),
        "occurred_on": intake.occurred_on,
        "requested_remedies": list(intake.requested_remedies),
        "expectation": clean(intake.expectation),
    }


def _write_words(complaint: Complaint, intake: Intake) -> None:
    handed = [intake.mandate] if intake.mandate else []
    IssueLine.objects.create(complaint=complaint, position=1, subject=complaint.subject, text=complaint.title)
    complaint.files.add(*intake.files, *handed)
    if intake.message is not None:
        Message.objects.filter(pk=intake.message.pk).update(complaint=complaint, kind="complaint")
        return
    message = Message.objects.create(
        complaint=complaint,
        direction="in",
        channel=complaint.channel,
        kind="complaint",
        author=complaint.complainant,
        text=complaint.description,
        subject=complaint.title,
        at=complaint.received_at,
        language=complaint.language,
        sender_verdict="verified" if complaint.channel not in UNPROVEN else "unverified",
    )
    message.files.add(*intake.files, *handed)


UNPROVEN = frozenset(Channel) - {
    Channel.PHONE, Channel.COMPLAINTS_LINE, Channel.IN_PERSON, Channel.LETTER, Channel.DEALER, Channel.SUPERVISORY_BODY,
}  # fmt: skip


def _party(who: Introduction | Party | None) -> Party:
    return who if isinstance(who, Party) else introduce(who)
