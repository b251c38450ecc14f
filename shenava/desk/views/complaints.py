"""One complaint on the desk: its page, and registering a new one."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shenava.common import clock
from shenava.complaints.models import Complaint
from shenava.desk.access import staff_only
from shenava.desk.page import complaint_context
from shenava.pages.circulation import circulation as whole_way
from shenava.pages.circulation import turns
from shenava.process.models import WorkItem


def find(request: Any, reference: str) -> Complaint:
    """The complaint as far as this reader may see it; hidden and unknown are the same 404."""
    visible = Complaint.objects.visible_to(request.standing).for_page()
    complaint: Complaint | None = visible.filter(reference=reference).first()
    if complaint is None:
        raise Http404
    return complaint


@require_safe
@staff_only
def show(request: Any, reference: str) -> HttpResponse:
    """The page of a complaint. Opening it marks one's own work as seen."""
    complaint = find(request, reference)
    _mark_seen(request, complaint)
    return render(request, "desk/complaint.html", complaint_context(request, complaint))


@require_safe
@staff_only
def circulation(request: Any, reference: str) -> HttpResponse:
    """The whole way of a complaint: the picture, the table, and how the time adds up."""
    complaint, now = find(request, reference), clock.now()
    context = {"complaint": complaint, "circulation": whole_way(complaint, now), "turns": turns(complaint, now)}
    return render(request, "desk/circulation.html", context | {"now": now})


def _mark_seen(request: Any, complaint: Complaint) -> None:
    mine = WorkItem.objects.open().held_by(request.standing.ids)
    mine.filter(complaint=complaint, seen_at=None).update(seen_at=clock.now())
