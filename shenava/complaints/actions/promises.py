"""Promises: by when a complaint is acknowledged and answered."""

from __future__ import annotations

from datetime import datetime

from shenava.common import clock
from shenava.complaints.models import Complaint
from shenava.deadlines import clocks
from shenava.deadlines.models import Clock
from shenava.people.parties import calendar_of
from shenava.process.models import WorkItem


def first_promises(complaint: Complaint) -> list[Clock]:
    """What is promised for a complaint just received, and the date by which an answer is, put on it. Nothing is
    kept yet."""
    clocks_of = clocks.first_clocks(
        ("acknowledge", "answer"),
        record_type=complaint.record_type,
        calendar=calendar_of(complaint.unit),
        at=complaint.received_at,
    )
    complaint.due_at = clocks_of["answer"].due_at if "answer" in clocks_of else None
    return list(clocks_of.values())


def keep_first(complaint: Complaint, promised: list[Clock]) -> None:
    """The clocks of a new complaint run from now on."""
    for running in promised:
        running.complaint = complaint
    Clock.objects.bulk_create(promised)


def promise_again(complaint: Complaint) -> datetime | None:
    """A new promise for an answer, after a rejection or a reopening."""
    complaint.due_at = start(complaint, "answer", at=clock.now())
    complaint.responded_at = None
    complaint.save(update_fields=["due_at", "responded_at"])
    return complaint.due_at


def bring_forward(complaint: Complaint) -> datetime | None:
    """What is promised for the record as it is judged now, counted from now, if that is sooner than what was
    promised, or if nothing was; else None. What has been answered or closed is promised nothing new."""
    if complaint.is_closed or complaint.responded_at is not None:
        return None
    due_at = clocks.earlier_promise(
        complaint,
        "answer",
        record_type=complaint.record_type,
        severity=complaint.severity,
        calendar=calendar_of(complaint.unit),
        at=clock.now(),
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


def start(complaint: Complaint, kind: str, *, at: datetime) -> datetime | None:
    """Start one clock by the rule that fits the record best; None where nothing is promised."""
    running = clocks.start_clock(
        complaint,
        kind,
        record_type=complaint.record_type,
        severity=complaint.severity,
        calendar=calendar_of(complaint.unit),
        at=at,
    )
    return running.due_at if running else None


def keep(complaint: Complaint, kind: str) -> None:
    """Stop a clock: what was promised has been done."""
    clocks.stop_clock(complaint, kind, at=clock.now())
