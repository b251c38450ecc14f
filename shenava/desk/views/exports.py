"""Exports: lists that are written into files in the background, for the one who asked for them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shenava.attachments.handout import file_response
from shenava.complaints import actions, exporting, personal
from shenava.complaints.actions import Wish
from shenava.complaints.models import Export
from shenava.desk.access import staff_only
from shenava.desk.views.lists import filter_form, in_order
from shenava.journal.actions import Refused, Verdict
from shenava.ui import notices
from shenava.ui.reader import reader_of
from shenava.ui.twins import once

NO_LONGER = Verdict(gettext_lazy("Something in this export is no longer within your reach. Ask for the export again."))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
@once
def exports(request: Any) -> HttpResponse:
    """One's own exports and how far they are; asking for one more."""
    if request.method == "POST":
        actions.ask_for_export(wish=_wish(request), by=request.party)
        notices.done(request, _("The export is being made. It appears here when it is ready."))
        return redirect("desk:exports")
    own = exporting.exports_of(request.standing)
    context = {"exports": own, "days": exporting.KEPT.days, "is_moving": any(one.is_unfinished for one in own)}
    return render(request, "desk/exports.html", context)


@require_GET
@staff_only
def download(request: Any, pk: int) -> HttpResponseBase:
    """Hand out one's own export, if everything in it is still within one's reach."""
    found = next((one for one in exporting.exports_of(request.standing) if one.pk == pk), None)
    if found is None or found.file is None:
        raise Http404
    if not exporting.is_readable(found, request.standing):
        raise Refused(NO_LONGER, "download")
    return file_response(found.file)


@require_POST
@staff_only
def cancel(request: Any, pk: int) -> HttpResponse:
    """Stop one's own export that is not ready yet."""
    found = next((one for one in exporting.exports_of(request.standing) if one.pk == pk), None)
    if found is None:
        raise Http404
    actions.cancel_export(found, by=request.party)
    notices.done(request, _("The export was cancelled."))
    return redirect("desk:exports")


def _wish(request: Any) -> Wish:
    form = filter_form(request, QueryDict(request.POST.get("query", "").removeprefix("?")))
    filters = form.filters()
    wanted = request.POST.get("form", "")
    return Wish(
        form=wanted if wanted in Export.Form.values else Export.Form.XLSX,
        filters=filters,
        order=form.paging_order,
        columns=tuple(in_order(set(request.POST.getlist("column")))),
        reader=reader_of(request),
        name=_named(request),
    )


def _named(request: Any) -> str:
    """The name of the view that is exported, if it is one that this reader can choose."""
    wanted = request.POST.get("view", "")
    return next((view.name for view in personal.views(request.party) if str(view.pk) == wanted), "")
