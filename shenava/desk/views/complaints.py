"""One complaint on the desk: its page, and registering a new one."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shenava.common import clock
from shenava.complaints.dossier import open_dossier
from shenava.complaints.models import Complaint
from shenava.complaints.personal import mark_seen, note_look
from shenava.desk.access import staff_only
from shenava.desk.page import complaint_context
from shenava.pages import circulation as ways
from shenava.pages.progress import progress
from shenava.ui.reader import reader_of


def find(request: Any, reference: str) -> Complaint:
    """The complaint as far as this reader may see it; hidden and unknown are the same 404."""
    visible = Complaint.objects.visible_to(request.standing).for_page()
    complaint: Complaint | None = visible.filter(reference=reference).first() if reference.isprintable() else None
    if complaint is None:
        raise Http404
    return complaint


@require_safe
@staff_only
def show(request: Any, reference: str) -> HttpResponse:
    """The page of a complaint. Opening it marks one's own work as seen, and how far one has read."""
    complaint = find(request, reference)
    mark_seen(request.standing, complaint)
    dossier = open_dossier(complaint, request.party)  # before all else: what happens meanwhile is not shown
    note_look(request.party, complaint, seq=dossier.seq)
    return render(request, "desk/complaint.html", complaint_context(request, complaint, dossier=dossier))


@require_safe
@staff_only
def circulation(request: Any, reference: str) -> HttpResponse:
    """The whole way of a complaint: the picture, the table, and how the time adds up."""
    complaint, now = find(request, reference), clock.now()
    open_dossier(complaint, request.party)
    way = {"circulation": ways.circulation(complaint, now), "turns": ways.turns(complaint, now)}
    return render(request, "desk/circulation.html", way | {"complaint": complaint, "now": now})


@require_safe
@staff_only
def process(request: Any, reference: str) -> HttpResponse:
    """Its process: what is done, under way or late, by whom and when; a picture, and the same as a list."""
    complaint, now, reader = find(request, reference), clock.now(), reader_of(request)
    open_dossier(complaint, request.party)
    name = complaint.instance.version.process.name(reader.language)
    context = {"complaint": complaint, "now": now, "name": name, "progress": progress(complaint, reader, now)}
    return render(request, "desk/process.html", context)
