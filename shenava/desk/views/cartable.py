"""The cartable: what lies with me, what I sent, what I follow, what is done."""

from __future__ import annotations

from itertools import groupby
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from shenava.common import clock
from shenava.complaints import personal
from shenava.complaints.cartable import FOLDERS, Desk, Folder, Row, Scope, as_row, following
from shenava.deadlines.clocks import home_calendar
from shenava.deadlines.horizon import Due, due_group, week_begins
from shenava.desk.access import staff_only
from shenava.ui.reader import reader_of

PAGE = 30
HEADINGS = {
    # Translators: headings of the cartable, over what is due by then
    Due.OVERDUE: pgettext_lazy("due", "Overdue"),
    Due.TODAY: pgettext_lazy("due", "Today"),
    Due.WEEK: pgettext_lazy("due", "This week"),
    Due.LATER: pgettext_lazy("due", "Later"),
    Due.NEVER: pgettext_lazy("due", "Without a date"),
}


class Group(NamedTuple):
    """Lines under one heading; the heading is empty where a folder is not grouped."""

    heading: Promise | str
    rows: list[Row]


@require_safe
@staff_only
def home(request: Any) -> HttpResponse:
    """The desk opens on what has been received."""
    return redirect("desk:folder", folder="received")


@require_safe
@staff_only
def folder(request: Any, folder: str) -> HttpResponse:
    """One folder, thirty lines at a time."""
    chosen = FOLDERS.get(folder)
    if chosen is None:
        raise Http404
    desk = Desk(request.standing, _scope(request))
    page = chosen.page(desk, after=request.GET.get("after"), size=PAGE)
    context = {"folder": chosen, "desk": desk, "now": clock.now(), "next": page.next_cursor}
    return render(request, "desk/folder.html", context | _lines(request, chosen, page.items))


@require_safe
@staff_only
def next_one(request: Any, folder: str) -> HttpResponse:
    """On to the next complaint of a folder behind the one given; at its end, back to the folder."""
    chosen = FOLDERS.get(folder)
    if chosen is None or chosen.key == "drafts":
        raise Http404
    found = following(chosen, Desk(request.standing), request.GET.get("after", ""))
    return redirect("desk:complaint", reference=found) if found else redirect("desk:folder", folder=folder)


def _lines(request: Any, folder: Folder, items: list[Any]) -> dict[str, Any]:
    """What lies in the folder, in groups; drafts are a list of their own."""
    if folder.key == "drafts":
        return {"drafts": items}
    rows = [as_row(item) for item in items]
    return {
        "groups": _groups(request, folder, rows) if rows else (),
        "changed": personal.changed_since_look(request.party, [row.complaint for row in rows]),
    }


def _scope(request: HttpRequest) -> str:
    wanted = request.GET.get("scope", "")
    return wanted if wanted in Scope.values else Scope.ALL


def _groups(request: HttpRequest, folder: Folder, rows: list[Row]) -> list[Group]:
    if not folder.is_by_due:
        return [Group("", rows)]
    reader, now, working = reader_of(request), clock.now(), home_calendar()
    begins = week_begins(reader.calendar, reader.language)
    grouped = groupby(rows, lambda row: due_group(row.due_at, now, working, week_begins=begins))
    return [Group(HEADINGS[due], list(lines)) for due, lines in grouped]
