"""The ladder: what happens by itself as the time of a promise is used up."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shenava.deadlines import actions
from shenava.deadlines.models import Rung
from shenava.desk.access import administrators_only
from shenava.desk.forms.escalation import RungForm
from shenava.ui import notices


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def new_rung(request: Any) -> HttpResponse:
    """Another rung."""
    form = RungForm(request.POST or None)
    if form.is_valid():
        try:
            actions.add_rung(**form.cleaned_data, by=request.party)
            notices.done(request, _("The rung was added."))
            return redirect("desk:calendars")
        except ValidationError as refused:
            form.add_error(None, refused)
    context = {"form": form, "title": _("New rung"), "back": "desk:calendars", "submit": _("Save")}
    return render(request, "desk/form.html", context, status=422 if form.is_bound else 200)


@require_POST
@administrators_only
def withdraw(request: Any, pk: int) -> HttpResponse:
    """Nothing happens at this place any more."""
    rung = get_object_or_404(Rung, pk=pk, is_active=True)
    try:
        actions.withdraw_rung(rung, by=request.party)
        notices.done(request, _("The rung was taken out."))
    except ValidationError as refused:
        notices.refused(request, " ".join(refused.messages))
    return redirect("desk:calendars")
