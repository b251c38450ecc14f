"""Incidents: where processes stopped, for the administrator, who mends them without reading the complaints."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from shenava.common.paging import page_by_key
from shenava.complaints import actions
from shenava.desk.access import administrators_only
from shenava.desk.forms.steps import PlaceForm
from shenava.journal.actions import Refused
from shenava.process import incidents
from shenava.process.models import Incident
from shenava.ui import notices
from shenava.ui.reader import reader_of

PAGE = 50
DONE: dict[str, tuple[Callable[..., Incident], Promise]] = {
    "retrial": (actions.retry_step, _("The process tries it again.")),
    "omission": (actions.leave_out_step, _("The process does without it.")),
    "move": (actions.move_step, _("The process was moved on.")),
}


@require_safe
@administrators_only
def show(request: Any) -> HttpResponse:
    """What nobody has seen to yet, the oldest first."""
    page = page_by_key(incidents.unsolved(), order=("at", "id"), after=request.GET.get("after"), size=PAGE)
    language = reader_of(request).language
    shown = [
        {"incident": one, "step": incidents.step_name(one, language), "form": _form(one, language)}
        for one in page.items
    ]
    return render(request, "desk/incidents.html", {"incidents": shown, "next": page.next_cursor})


@require_POST
@administrators_only
def do(request: Any, pk: int, noun: str) -> HttpResponse:
    """Try it again, do without it, or move it on."""
    if noun not in DONE:
        raise Http404
    incident = get_object_or_404(incidents.unsolved(), pk=pk)
    verb, said = DONE[noun]
    form = _form(incident, reader_of(request).language, request.POST)
    if noun == "move" and not form.is_valid():
        notices.refused(request, _("It cannot be moved to that step."))
        return redirect("desk:incidents")
    try:
        verb(incident.complaint, incident=incident, by=request.party, **(form.cleaned_data if noun == "move" else {}))
        notices.done(request, said)
    except Refused as refused:
        notices.refused(request, refused.reason)
    return redirect("desk:incidents")


def _form(incident: Incident, language: str, values: Any = None) -> PlaceForm:
    return PlaceForm(values, places=incidents.places(incident, language), prefix=f"i{incident.pk}")
