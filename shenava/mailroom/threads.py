"""Threads: which complaint a mail belongs to, and whether its sender may add to it (security: X-01, X-02)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from shenava.common.text import fold
from shenava.complaints.models import Complaint
from shenava.mailroom.reading import Reading
from shenava.messages.models import Message, Outgoing
from shenava.messages.outbox import one_address
from shenava.messages.references import Reference, complaint_of
from shenava.people.models import Party

NUMBER = re.compile(r"(?<!\d)\d{4}-\d{6,9}(?!\d)")
CODE = re.compile(r"(?<![A-Z0-9])[2-9A-HJKMNP-TV-Z]{10}(?![A-Z0-9])")
MOST_NUMBERS = 5
MOST_IDS = 50


@dataclass(frozen=True)
class Thread:
    """The complaint that a mail speaks of. `speaker` is the complainant or representative who wrote it, by
    address; None: a stranger, whose mail is kept there only because he holds a mail of ours."""

    complaint: Complaint
    speaker: Party | None


def thread_of(reading: Reading) -> Thread | None:
    """Signed references lead to the complaint whoever writes; numbers, codes and ids of earlier mail only
    where the sender's address is that of its complainant or representative."""
    reference = signed_reference(reading)
    if reference is not None and reference.complaint_id is not None:
        complaint = _complaints().filter(pk=reference.complaint_id).first()
        if complaint is not None:
            return Thread(complaint, speaker(complaint, reading))
    for complaint in _named(reading) if reading.sender_is_clear else []:
        found = speaker(complaint, reading)
        if found is not None:
            return Thread(complaint, found)
    return None


def signed_reference(reading: Reading) -> Reference | None:
    """The mail of ours that this one answers, proven by its signature."""
    return complaint_of([f"<{reading.in_reply_to}>", " ".join(f"<{one}>" for one in reading.references)])


def bounced_mail(reading: Reading) -> Outgoing | None:
    """The mail of ours that a delivery report is about."""
    original = reading.bounce.original_message_id if reading.bounce else None
    reference = complaint_of([f"<{(original or '').strip('<>')}>"]) or signed_reference(reading)
    return Outgoing.objects.filter(pk=reference.outgoing_id).first() if reference else None


def speaker(complaint: Complaint, reading: Reading) -> Party | None:
    """Who of the complainant's side has this sender's address; nobody where the sender is unclear."""
    if not reading.sender_is_clear or not reading.from_email:
        return None
    address = one_address(reading.from_email)
    sides = (complaint.representative, complaint.complainant)
    return next((party for party in sides if party and party.email and one_address(party.email) == address), None)


def _complaints() -> QuerySet[Complaint]:
    return Complaint.objects.select_related("complainant", "representative")


def _named(reading: Reading) -> list[Complaint]:
    """Complaints whose number or code stands in the subject, then those whose mail is answered."""
    subject = fold(reading.subject)
    numbers = NUMBER.findall(subject)[:MOST_NUMBERS]
    codes = CODE.findall(subject.upper())[:MOST_NUMBERS]
    found = list(_complaints().filter(Q(reference__in=numbers) | Q(public_code__in=codes)))
    ids = [f"<{one}>" for one in (reading.in_reply_to, *reversed(reading.references[-MOST_IDS:])) if one]
    heard = Message.objects.incoming().filter(message_id__in=ids, complaint__isnull=False, is_automatic=False)
    return found + list(_complaints().filter(pk__in=heard.values("complaint"))[:MOST_NUMBERS])
