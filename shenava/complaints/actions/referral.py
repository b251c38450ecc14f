"""Referral: others are asked to act or to advise, and answer. Each one is a work item beside the process."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shenava.attachments.models import File
from shenava.common import clock
from shenava.complaints import policy
from shenava.complaints.actions.holding import let_read
from shenava.complaints.actions.room import action
from shenava.complaints.actions.waiting import go_on
from shenava.complaints.facts import OpinionGiven, ReferralAccepted, ReferralRecalled, ReferralReturned, Referred
from shenava.complaints.models import Complaint, Opinion, Referral, ReferralKind, Urgency
from shenava.deadlines.models import PauseReason
from shenava.journal.actions import Refused
from shenava.journal.recording import record
from shenava.people.models import Party
from shenava.people.standing import standing_of
from shenava.process.models import WorkItem


@dataclass(frozen=True)
class Commission:
    """What is asked for: `directive` in words, by when, how urgent, and whether only the two of them read it."""

    kind: str
    directive: str
    due_at: datetime | None = None
    urgency: str = Urgency.NORMAL
    is_confidential: bool = False


@dataclass(frozen=True)
class Advice:
    """What somebody who was asked says; `is_shareable` if the complainant may be told."""

    text: str
    recommendation: str = ""
    is_shareable: bool = False
    files: tuple[File, ...] = ()


@action
def refer(complaint: Complaint, *, to: Party, commission: Commission, by: Party) -> Referral:
    """Ask another person or unit to act or to advise. The owner stays answerable; the customer's deadline stands."""
    if commission.kind == ReferralKind.OUTSIDE or to.pk in {by.pk, *complaint.excluded} or not policy.can_hold(to):
        raise Refused(policy.NOT_ELIGIBLE, "refer")
    item = _send(complaint, to, commission, by)
    referral = Referral.objects.create(
        complaint=complaint,
        item=item,
        to=to,
        kind=commission.kind,
        directive=commission.directive,
        urgency=commission.urgency,
        is_confidential=commission.is_confidential,
    )
    let_read(complaint, to)
    fact = Referred(referral=referral.pk, to=to.pk, kind=commission.kind, due_at=item.due_at)
    record(complaint, fact, by=by)
    return referral


@action
def accept_referral(complaint: Complaint, *, referral: Referral, by: Party) -> Referral:
    """Take on what was asked: from now on it lies with one person. A copy is put away as read."""
    referral = _allowed("accept_referral", complaint, referral, by)
    item, now = referral.item, clock.now()
    item.holder = by
    item.seen_at, item.accepted_at = item.seen_at or now, now
    if referral.kind == ReferralKind.COPY:
        item.closed_at = now
    item.save(update_fields=["holder", "seen_at", "accepted_at", "closed_at"])
    let_read(complaint, by)
    record(complaint, ReferralAccepted(referral=referral.pk), by=by)
    return referral


@action
def return_referral(complaint: Complaint, *, referral: Referral, reason: str, by: Party) -> Referral:
    """Give it back, with the reason: wrong address, not enough to go by, no time."""
    referral = _allowed("return_referral", complaint, referral, by)
    item, now = referral.item, clock.now()
    item.seen_at = item.seen_at or now
    item.returned_at = item.closed_at = now
    item.save(update_fields=["seen_at", "returned_at", "closed_at"])
    referral.return_reason = reason
    referral.save(update_fields=["return_reason"])
    record(complaint, ReferralReturned(referral=referral.pk), by=by)
    return referral


@action
def recall(complaint: Complaint, *, referral: Referral, reason: str, by: Party) -> Referral:
    """Take back what was asked, with the reason. What nobody has looked at yet goes without a trace in his cartable."""
    referral = _allowed("recall", complaint, referral, by)
    item, now = referral.item, clock.now()
    item.recalled_at = item.closed_at = now
    item.save(update_fields=["recalled_at", "closed_at"])
    referral.recall_reason = reason
    referral.save(update_fields=["recall_reason"])
    record(complaint, ReferralRecalled(referral=referral.pk, was_seen=item.seen_at is not None), by=by)
    if referral.kind == ReferralKind.OUTSIDE:
        go_on(complaint, PauseReason.OUTSIDE, by=by)
    return referral


@action
def give_opinion(complaint: Complaint, *, referral: Referral, advice: Advice, by: Party) -> Opinion:
    """Answer what was asked. Said again later it is a revision: the earlier wording stays on record."""
    referral = _allowed("give_opinion", complaint, referral, by)
    now, last = clock.now(), referral.opinions.last()
    opinion = Opinion.objects.create(
        referral=referral,
        text=advice.text,
        recommendation=advice.recommendation,
        is_shareable=advice.is_shareable,
        by=by,
        at=now,
        revision_of=last,
    )
    opinion.files.add(*advice.files)
    if last is None:
        _answer(referral.item, by, now)
    fact = OpinionGiven(referral=referral.pk, opinion=opinion.pk, is_revision=last is not None)
    record(complaint, fact, by=by)
    return opinion


def _send(complaint: Complaint, to: Party, commission: Commission, by: Party) -> WorkItem:
    """The work as it appears in somebody's cartable."""
    return WorkItem.objects.create(
        complaint=complaint,
        holder=to,
        kind=WorkItem.Kind.COPY if commission.kind == ReferralKind.COPY else WorkItem.Kind.REFERRAL,
        node=complaint.stage,
        parent=_held_by(complaint, by),
        due_at=_due(complaint, commission),
        sent_by=by,
        sent_at=clock.now(),
    )


def _answer(item: WorkItem, by: Party, now: datetime) -> None:
    """Whoever answers has seen and accepted it, at the latest now."""
    item.holder = by
    item.seen_at, item.accepted_at = item.seen_at or now, item.accepted_at or now
    item.answered_at = item.closed_at = now
    item.save(update_fields=["holder", "seen_at", "accepted_at", "answered_at", "closed_at"])


def _allowed(verb: str, complaint: Complaint, referral: Referral, by: Party) -> Referral:
    """The referral as it is now, if this party may do this to it; raises Refused with the reason."""
    current = complaint.referrals.select_related("item").get(pk=referral.pk)
    verdict = policy.verdict_on(standing_of(by), verb, complaint, current)
    if not verdict:
        raise Refused(verdict, verb)
    return current


def _held_by(complaint: Complaint, by: Party) -> WorkItem | None:
    """The work out of which this one is asked: by's own referral, else the complaint's."""
    items = WorkItem.objects.open().filter(complaint=complaint)
    return items.filter(holder=by).order_by("-sent_at").first() or items.filter(kind=WorkItem.Kind.STAGE).first()


def _due(complaint: Complaint, commission: Commission) -> datetime | None:
    """No later than the complaint's own date: whoever asks others keeps the promise all the same."""
    if complaint.due_at is None or complaint.responded_at is not None:
        return commission.due_at
    return min(commission.due_at or complaint.due_at, complaint.due_at)
