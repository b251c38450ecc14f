"""What tests ask about a complaint, in one place: its journal, its work, everything that must not change."""

from __future__ import annotations

from typing import Any

from shenava.complaints.models import Closure, Complaint, IssueLine, Note, Response
from shenava.deadlines.models import Clock
from shenava.journal.models import Entry
from shenava.messages.models import Message, Outgoing
from shenava.process.models import WorkItem

RECORDS = (Closure, IssueLine, Message, Note, Response, WorkItem, Clock)


def kinds(complaint: Complaint) -> list[str]:
    """The facts of a complaint in order, without their prefix."""
    entries = Entry.objects.filter(stream__name=complaint.journal_stream).order_by("seq")
    return [entry.kind.removeprefix("complaint.") for entry in entries]


def everything(complaint: Complaint) -> dict[str, Any]:
    """The row, its records and its journal, to be compared before and after."""
    records = {
        model.__name__: list(model.objects.filter(complaint=complaint).order_by("pk").values()) for model in RECORDS
    }
    row = Complaint.objects.filter(pk=complaint.pk).values().get()
    return records | {"row": row, "facts": kinds(complaint), "mail": Outgoing.objects.count()}


def open_holders(complaint: Complaint) -> list[str]:
    """In whose cartables it lies now."""
    return [str(item.holder) for item in WorkItem.objects.open().filter(complaint=complaint).order_by("pk")]


def running(complaint: Complaint) -> list[str]:
    """The kinds of its clocks that run."""
    return sorted(complaint.clocks.open().values_list("kind", flat=True))
