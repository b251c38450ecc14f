"""Units and the organisation itself."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shenava.desk.access import administrators_only
from shenava.desk.forms.administration import OrganisationForm, UnitForm
from shenava.people import actions
from shenava.people.models import Organisation, Unit
from shenava.ui import notices
from shenava.ui.twins import once

DETAILS = (
    "name",
    "email",
    "phone",
    "address",
    "language",
    "calendar_kind",
    "time_zone",
    "commitment",
    "intake_unit",
    "fallback_holder",
)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def organisation(request: Any) -> HttpResponse:
    """The organisation's details."""
    found = Organisation.objects.get()
    form = OrganisationForm(request.POST or None, initial={name: getattr(found, name) for name in DETAILS})
    if form.is_valid():
        actions.change_organisation(found, details=form.cleaned_data, by=request.party)
        notices.done(request, _("Saved."))
        return redirect("desk:organisation")
    context = {"form": form, "title": _("Organisation"), "submit": _("Save")}
    return render(request, "desk/form.html", context, status=422 if form.is_bound else 200)


@require_safe
@administrators_only
def units(request: Any) -> HttpResponse:
    """The organisation as a tree."""
    found = list(Unit.objects.select_related("party", "calendar", "fallback_holder").order_by("party__name"))
    children: dict[int | None, list[Unit]] = {}
    for unit in found:
        children.setdefault(unit.parent_id, []).append(unit)
    return render(request, "desk/units.html", {"tree": _branch(None, children)})


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
@once
def open_unit(request: Any) -> HttpResponse:
    """A new unit."""
    form = UnitForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        unit = actions.open_unit(name=said["name"], kind=said["kind"], parent=said["parent"], by=request.party)
        details = {name: said[name] for name in ("calendar", "jurisdiction", "fallback_holder") if said[name]}
        if details:
            actions.change_unit(unit, details=details, by=request.party)
        notices.done(request, _("The unit is open."))
        return redirect("desk:units")
    context = {"form": form, "title": _("New unit"), "back": "desk:units", "submit": _("Open the unit")}
    return render(request, "desk/form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def unit(request: Any, pk: int) -> HttpResponse:
    """Change a unit."""
    found = get_object_or_404(Unit.objects.select_related("party"), pk=pk)
    names = ("kind", "parent", "calendar", "jurisdiction", "fallback_holder", "is_active")
    initial = {"name": found.party.name} | {name: getattr(found, name) for name in names}
    form = UnitForm(request.POST or None, initial=initial, unit=found)
    if form.is_valid():
        try:
            actions.change_unit(found, details=form.cleaned_data, by=request.party)
            notices.done(request, _("Saved."))
            return redirect("desk:units")
        except ValidationError as refused:
            form.add_error(None, refused)
    context = {"form": form, "title": found.party.name, "back": "desk:units", "submit": _("Save")}
    return render(request, "desk/form.html", context, status=422 if form.is_bound else 200)


def _branch(parent: int | None, children: dict[int | None, list[Unit]]) -> list[dict[str, Any]]:
    return [{"unit": unit, "below": _branch(unit.pk, children)} for unit in children.get(parent, [])]
