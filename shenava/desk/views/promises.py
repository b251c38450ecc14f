"""Promises: by when receipt is acknowledged and an answer is given, for which kind of record."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shenava.common.dates import digits
from shenava.complaints.models import Channel, RecordType, Severity
from shenava.deadlines import actions
from shenava.deadlines.models import PauseReason, PromiseRule
from shenava.desk.access import administrators_only
from shenava.desk.forms.calendars import NewPromiseForm, PromiseForm
from shenava.people.models import Organisation
from shenava.ui import notices
from shenava.ui.reader import current_reader


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def new_promise(request: Any) -> HttpResponse:
    """Promise something for a kind of record or a severity."""
    form = NewPromiseForm(request.POST or None)
    if form.is_valid():
        try:
            actions.add_promise(
                kind=form.cleaned_data["kind"], about=form.about(), terms=form.terms(), by=request.party
            )
            notices.done(request, _("Saved. Promises already made stand."))
            return redirect("desk:calendars")
        except ValidationError as refused:
            form.add_error(None, refused)
    context = {"form": form, "title": _("New promise"), "back": "desk:calendars", "submit": _("Save")}
    return render(request, "desk/form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def promise(request: Any, pk: int) -> HttpResponse:
    """Change how much is promised."""
    rule = get_object_or_404(PromiseRule, pk=pk, is_active=True)
    names = ("amount", "measure", "legal_reference", "pauses_for")
    form = PromiseForm(request.POST or None, initial={name: getattr(rule, name) for name in names})
    if form.is_valid():
        try:
            actions.change_promise(rule, terms=form.terms(), by=request.party)
            notices.done(request, _("Saved. Promises already made stand."))
            return redirect("desk:calendars")
        except ValidationError as refused:
            form.add_error(None, refused)
    context = {"form": form, "told": tell(rule)}
    return render(request, "desk/promise.html", context, status=422 if form.is_bound else 200)


@require_POST
@administrators_only
def withdraw(request: Any, pk: int) -> HttpResponse:
    """Promise nothing special any more."""
    rule = get_object_or_404(PromiseRule, pk=pk, is_active=True)
    try:
        actions.withdraw_promise(rule, by=request.party)
        notices.done(request, _("The promise was withdrawn. Promises already made stand."))
    except ValidationError as refused:
        notices.refused(request, " ".join(refused.messages))
    return redirect("desk:calendars")


def tell(rule: PromiseRule) -> dict[str, Any]:
    """A promise in words: what for, and how long."""
    language = current_reader().language
    about = [str(RecordType(rule.record_type).label) if rule.record_type else _("all records")]
    if rule.severity is not None:
        about.append(_("severity {degree}").format(degree=Severity(rule.severity).label))
    about += [str(Channel(rule.channel).label)] if rule.channel else []
    about += [str(Organisation.Country(rule.jurisdiction).label)] if rule.jurisdiction else []
    length = f"{digits(rule.amount, language)} {rule.unit}"
    waits = [PauseReason(reason).label for reason in rule.pauses_for]
    return {"rule": rule, "about": " · ".join(about), "length": length, "waits": waits}
