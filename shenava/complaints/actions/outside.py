"""Outside: complaints passed to external bodies by letter, and what those reply (A09, D03)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shenava.common import clock
from shenava.complaints import policy
from shenava.complaints.actions.room import action
from shenava.complaints.actions.waiting import go_on, stand_still
from shenava.complaints.facts import ReferredOutside, ReplyRecorded
from shenava.complaints.models import Complaint, Opinion, Referral, ReferralKind
from shenava.deadlines.models import PauseReason
from shenava.journal.actions import Refused
from shenava.journal.recording import record
from shenava.people.models import Party, PartyKind
from shenava.process.models import WorkItem


@dataclass(frozen=True)
class Letter:
    """A letter to a body or from it: its reference, what it says, and by when it wants an answer."""

    reference: str
    text: str
    due_at: datetime | None = None


@action
def refer_outside(complaint: Complaint, *, body: Party, letter: Letter, by: Party) -> Referral:
    """Pass the matter to an external body by letter. We stay answerable, and our time runs, unless its rule waits."""
    if body.kind != PartyKind.AUTHORITY:
        raise Refused(policy.NOT_ELIGIBLE, "refer_outside")
    item = WorkItem.objects.create(
        complaint=complaint,
        holder=body,
        kind=WorkItem.Kind.REFERRAL,
        node=complaint.stage,
        due_at=letter.due_at,
        sent_by=by,
        sent_at=clock.now(),
    )
    referral = Referral.objects.create(
        complaint=complaint,
        item=item,
        to=body,
        kind=ReferralKind.OUTSIDE,
        directive=letter.text,
        letter_reference=letter.reference,
    )
    record(complaint, ReferredOutside(referral=referral.pk, body=body.pk, due_at=letter.due_at), by=by)
    stand_still(complaint, PauseReason.OUTSIDE, by=by)
    return referral


@action
def record_reply(complaint: Complaint, *, referral: Referral, letter: Letter, by: Party) -> Opinion:
    """Write down what the body replied; the matter lies with us again."""
    current = complaint.referrals.select_related("item").get(pk=referral.pk)
    if current.kind != ReferralKind.OUTSIDE or not current.is_open:
        raise Refused(policy.DEALT_WITH, "record_reply")
    now, item = clock.now(), current.item
    reply = Opinion.objects.create(referral=current, text=letter.text, by=by, at=now)
    item.answered_at = item.closed_at = now
    item.save(update_fields=["answered_at", "closed_at"])
    current.reply_reference = letter.reference
    current.save(update_fields=["reply_reference"])
    record(complaint, ReplyRecorded(referral=current.pk, opinion=reply.pk, body=current.to_id), by=by)
    go_on(complaint, PauseReason.OUTSIDE, by=by)
    return reply
