"""External bodies: to whom complaints are passed outside the organisation."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shenava.desk.access import administrators_only
from shenava.desk.forms.bodies import BodyForm
from shenava.people import actions
from shenava.people.models import ExternalBody
from shenava.ui import notices
from shenava.ui.twins import once


@require_safe
@administrators_only
def bodies(request: Any) -> HttpResponse:
    """All of them."""
    everyone = ExternalBody.objects.select_related("party").order_by("-is_active", "party__name")
    return render(request, "desk/bodies.html", {"bodies": everyone})


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
@once
def new(request: Any) -> HttpResponse:
    """Add one."""
    form = BodyForm(request.POST or None)
    if form.is_valid():
        actions.add_body(kind=form.cleaned_data["kind"], address=form.as_address(), by=request.party)
        notices.done(request, _("The external body was added."))
        return redirect("desk:bodies")
    return _form(request, form, _("New external body"))


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def body(request: Any, pk: int) -> HttpResponse:
    """Change one."""
    found = get_object_or_404(ExternalBody.objects.select_related("party"), pk=pk)
    form = BodyForm(request.POST or None, initial=BodyForm.known(found))
    if form.is_valid():
        said = form.cleaned_data
        actions.change_body(
            found, kind=said["kind"], address=form.as_address(), is_active=said["is_active"], by=request.party
        )
        notices.done(request, _("Saved."))
        return redirect("desk:bodies")
    return _form(request, form, str(found))


def _form(request: Any, form: BodyForm, title: str) -> HttpResponse:
    context = {"form": form, "title": title, "back": "desk:bodies", "submit": _("Save")}
    return render(request, "desk/form.html", context, status=422 if form.is_bound else 200)
