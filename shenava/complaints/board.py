"""The board: how much is open and late at each step of a process, and what waits there the longest, by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from shenava.complaints.filters import STEPS
from shenava.complaints.models import Complaint
from shenava.people.standing import Standing
from shenava.process.models import Process, WorkItem


@dataclass(frozen=True)
class Heap:
    """What is open at one step: how many complaints, how many of them late, and the work that waits the longest.

    Where no work waits, the complainants have the word, the first of them since `since`.
    """

    node: str
    is_beside: bool
    open: int
    late: int
    longest: WorkItem | None
    since: datetime | None


def board(standing: Standing, process: Process, *, now: datetime) -> list[Heap]:
    """The steps at which something within reach is open, the one where it waits the longest first. Three queries.

    A complaint at a stage is late as it is everywhere; a step beside the handling is when its own time is over.
    """
    open_ones = Complaint.objects.visible_to(standing).open().filter(instance__version__process=process).order_by()
    within = Complaint.objects.visible_to(standing).open().order_by().values("pk")
    work = WorkItem.objects.open().filter(STEPS, instance__version__process=process, complaint__in=within)
    oldest = work.select_related("holder", "complaint").order_by("node", "sent_at", "pk").distinct("node")
    longest = {item.node: item for item in oldest}
    heaps = [
        _heap(node, is_beside, row, longest.get(node))
        for is_beside, rows in ((False, _at_stages(open_ones, now)), (True, _beside(work, now)))
        for node, *row in rows
    ]
    return sorted(heaps, key=lambda heap: (heap.since or now, heap.node))


def _heap(node: str, is_beside: bool, row: list[Any], item: WorkItem | None) -> Heap:
    number, late, answered_at = row
    return Heap(node, is_beside, number, late, item, item.sent_at if item else answered_at)


def _at_stages(complaints: QuerySet[Complaint], now: datetime) -> QuerySet[Complaint, tuple[Any, ...]]:
    late = Q(due_at__lt=now, responded_at__isnull=True, due_paused_at__isnull=True)
    counted = complaints.values("stage").annotate(
        number=Count("pk"), tardy=Count("pk", filter=late), since=Min("responded_at")
    )  # fmt: skip
    return counted.values_list("stage", "number", "tardy", "since")


def _beside(work: QuerySet[WorkItem], now: datetime) -> QuerySet[WorkItem, tuple[Any, ...]]:
    counted = work.filter(kind=WorkItem.Kind.TASK).order_by().values("node").annotate(
        number=Count("complaint", distinct=True),
        tardy=Count("complaint", distinct=True, filter=Q(due_at__lt=now)),
        since=Min("sent_at"),
    )  # fmt: skip
    return counted.values_list("node", "number", "tardy", "since")
