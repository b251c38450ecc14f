"""The list of all complaints within reach, narrowed by filters, in the columns one has chosen."""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from shenava.common import clock
from shenava.common.paging import capped_count, page_by_key
from shenava.complaints import columns, personal
from shenava.desk.access import staff_only, way_back
from shenava.desk.forms.filters import FilterForm
from shenava.process import runs
from shenava.ui.reader import reader_of

PAGE = 50


@require_safe
@staff_only
def show(request: Any) -> HttpResponse:
    """Fifty complaints at a time, with a chip for every filter."""
    form = _form(request)
    zone = timezone.get_current_timezone_name()
    rows = form.filters().rows(request.standing, now=clock.now(), time_zone=zone)
    page = page_by_key(rows, order=form.paging_order, after=request.GET.get("after"), size=PAGE)
    is_more = bool(page.next_cursor) or "after" in request.GET
    chosen = columns.chosen(personal.columns(request.party))
    context = {
        "form": form,
        "chips": [(field, _without(request, field)) for field in form.active],
        "count": capped_count(rows, order=form.paging_order) if is_more else len(page.items),
        "query": _address(request),
        "columns": chosen,
        "all_columns": [(column, column in chosen) for column in columns.COLUMNS.values()],
        "rows": [(complaint, columns.cells(complaint, chosen, reader_of(request))) for complaint in page.items],
        "changed": personal.changed_since_look(request.party, page.items),
        "next": _address(request, after=page.next_cursor) if page.next_cursor else "",
    }
    return render(request, "desk/list.html", context)


@require_safe
@staff_only
def narrow(request: Any) -> HttpResponse:
    """Every question that the list can be asked, with what it has been asked."""
    form = _form(request)
    form.is_valid()
    return render(request, "desk/narrow.html", {"form": form, "query": _address(request)})


@require_POST
@staff_only
def keep_columns(request: Any) -> HttpResponse:
    """Keep the columns that this reader wants to see."""
    wanted = set(request.POST.getlist("column"))
    personal.keep_columns(request.party, [key for key in columns.COLUMNS if key in wanted])
    return redirect(way_back(request, "desk:list"))


def _form(request: HttpRequest) -> FilterForm:
    language = reader_of(request).language
    return FilterForm(request.GET, stages=cache(lambda: runs.stage_choices(language)))


def _without(request: HttpRequest, field: forms.BoundField) -> str:
    return _address(request, leave_out=field.name)


def _address(request: HttpRequest, *, leave_out: str = "", after: str = "") -> str:
    kept = [
        (name, value)
        for name, values in request.GET.lists()
        for value in values
        if value and name not in ("after", leave_out)
    ]
    return "?" + urlencode([*kept, ("after", after)] if after else kept)
