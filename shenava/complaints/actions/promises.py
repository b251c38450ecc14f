"""Promises: by when a complaint is acknowledged, assessed, answered and closed, and its complainant told of it."""

from __future__ import annotations

from datetime import datetime

from shenava.common import clock
from shenava.complaints.models import Complaint
from shenava.deadlines import clocks
from shenava.deadlines.models import Clock, ClockKind
from shenava.people.parties import calendar_of, jurisdiction_of
from shenava.process.models import WorkItem

ANSWERED = (ClockKind.UPDATE, ClockKind.ANSWER, ClockKind.LEGAL)
"""What an answer keeps, and what is promised anew where it does not stand."""


def about(complaint: Complaint) -> clocks.About:
    """What the promises for a complaint depend on."""
    return clocks.About(complaint.record_type, complaint.severity, complaint.channel, jurisdiction_of(complaint.unit))


def first_promises(complaint: Complaint) -> list[Clock]:
    """What is promised for a complaint just received, and the date by which an answer is, put on it. Nothing is
    kept yet."""
    clocks_of = clocks.first_clocks(
        ClockKind.values, about(complaint), calendar=calendar_of(complaint.unit), at=complaint.received_at
    )
    complaint.due_at = clocks_of["answer"].due_at if "answer" in clocks_of else None
    return list(clocks_of.values())


def keep_first(complaint: Complaint, promised: list[Clock]) -> None:
    """The clocks of a new complaint run from now on."""
    for running in promised:
        running.complaint = complaint
    Clock.objects.bulk_create(promised)


def promise_again(complaint: Complaint) -> datetime | None:
    """A new promise for an answer, after a rejection or a reopening; the complainant hears of it as was agreed."""
    begun = start(complaint, ANSWERED)
    complaint.due_at = begun["answer"].due_at if "answer" in begun else None
    complaint.responded_at = None
    complaint.save(update_fields=["due_at", "responded_at"])
    _promise_update(complaint)
    return complaint.due_at


def bring_forward(complaint: Complaint) -> datetime | None:
    """What is promised for the record as it is judged now, counted from now, if that is sooner than what was
    promised, or if nothing was; else None. What has been answered or closed is promised nothing new."""
    if complaint.is_closed or complaint.responded_at is not None:
        return None
    due_at = clocks.earlier_promise(
        complaint, "answer", about(complaint), calendar=calendar_of(complaint.unit), at=clock.now()
    )
    if due_at is not None:
        put_due(complaint, due_at)
    return due_at


def promise_for(complaint: Complaint, due_at: datetime) -> None:
    """Promise another date: the running clock ends then."""
    clocks.move(complaint, "answer", due_at)
    put_due(complaint, due_at)


def put_due(complaint: Complaint, due_at: datetime) -> None:
    """The date that is promised from now on, also where the complaint lies in a cartable."""
    complaint.due_at = due_at
    complaint.save(update_fields=["due_at"])
    WorkItem.objects.open().filter(complaint=complaint, kind=WorkItem.Kind.STAGE).update(due_at=due_at)


def start(complaint: Complaint, kinds: tuple[str, ...]) -> dict[str, Clock]:
    """Start the clocks of these kinds by the rules that fit the record best; none where nothing is promised."""
    return clocks.start_clocks(complaint, kinds, about(complaint), calendar=calendar_of(complaint.unit), at=clock.now())


def keep(complaint: Complaint, *kinds: str) -> None:
    """Stop clocks: what was promised has been done, and nobody need be told any more that time runs out."""
    now = clock.now()
    clocks.stop_clocks(complaint, kinds, at=now)
    told = WorkItem.objects.open().filter(kind=WorkItem.Kind.TASK, escalations__clock__kind__in=kinds)
    told.filter(complaint=complaint).update(closed_at=now)


def heard_from_us(complaint: Complaint) -> None:
    """A person has said something to the complainant: the first contact is made, and the time till the next word
    begins anew."""
    if complaint.is_closed:
        return
    keep(complaint, ClockKind.CONTACT)
    owes_word = complaint.clocks.open().filter(kind=ClockKind.UPDATE).exists()
    if owes_word and _promise_update(complaint) is None:
        start(complaint, (ClockKind.UPDATE,))


def promise_update(complaint: Complaint) -> datetime | None:
    """By when the complainant hears next, as was agreed with him; None where he wants no word."""
    keep(complaint, ClockKind.UPDATE)
    return _promise_update(complaint)


def _promise_update(complaint: Complaint) -> datetime | None:
    """What was agreed with the complainant goes before the rules."""
    agreed = complaint.update_agreements.last()
    if agreed is None:
        return None
    if not agreed.every_days:
        keep(complaint, ClockKind.UPDATE)
        return None
    running = clocks.start_agreed(
        complaint, ClockKind.UPDATE, days=agreed.every_days, calendar=calendar_of(complaint.unit), at=clock.now()
    )
    return running.due_at


def legal_date(complaint: Complaint) -> datetime | None:
    """By when the law wants an answer, where a clock of the law runs."""
    dates = complaint.clocks.open().filter(kind=ClockKind.LEGAL).values_list("due_at", flat=True)
    return dates.first()
