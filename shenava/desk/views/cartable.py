"""The cartable: what lies with me, what I sent, what I follow, what is done."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from shenava.common import clock
from shenava.common.paging import page_by_key
from shenava.complaints.search import FOLDERS, as_row
from shenava.desk.access import staff_only

PAGE = 50


@require_safe
@staff_only
def home(request: Any) -> HttpResponse:
    """The desk opens on what has been received."""
    return redirect("desk:folder", folder="received")


@require_safe
@staff_only
def folder(request: Any, folder: str) -> HttpResponse:
    """One folder, fifty lines at a time."""
    chosen = FOLDERS.get(folder)
    if chosen is None:
        raise Http404
    rows = chosen.rows(request.standing)
    page = page_by_key(rows, order=chosen.order, after=request.GET.get("after"), size=PAGE)
    context = {
        "folder": chosen,
        "now": clock.now(),
        "next": page.next_cursor,
        "drafts": page.items if chosen.key == "drafts" else (),
        "rows": [as_row(item) for item in page.items] if chosen.key != "drafts" else (),
    }
    return render(request, "desk/folder.html", context)
