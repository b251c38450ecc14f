"""Verbs on a complaint: one address per noun, one form per verb, one answer when it is refused."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shenava.complaints import actions, personal, policy
from shenava.complaints.models import Complaint
from shenava.desk import enclosures
from shenava.desk.access import staff_only
from shenava.desk.deeds import DEEDS, Deed
from shenava.desk.meanwhile import happened_since
from shenava.desk.page import complaint_context
from shenava.desk.views.complaints import find
from shenava.journal.actions import Refused
from shenava.ui import notices
from shenava.ui.twins import first_of_twins, mark_of

WRITTEN = ("response", "note")
NAMES_ANOTHER = {"mark_duplicate": "of", "link": "other"}


@require_POST
@staff_only
def do(request: Any, reference: str, noun: str) -> HttpResponse:
    """Do the verb of this noun. A refused form comes back with everything that was typed."""
    complaint, deed = find(request, reference), DEEDS.get(noun)
    if deed is None:
        raise Http404
    form = deed.bind(complaint, request.POST, by=request.party)
    enclosures.take(request, complaint, noun, form)
    if "keep" in request.POST and deed.writes:
        return _keep(request, complaint, deed, form)
    if not form.is_valid() or not _complete(request, deed, form):
        context = complaint_context(request, complaint, {noun: form})
        return render(request, "desk/complaint.html", context, status=422)
    return _heeding(request, complaint, deed, form)


@require_POST
@staff_only
def flag(request: Any, reference: str) -> HttpResponse:
    """Flag the complaint for one's own follow-up, or take the flag away."""
    personal.toggle_flag(request.party, find(request, reference))
    return redirect("desk:complaint", reference=reference)


@require_POST
@staff_only
def draft(request: Any, reference: str, kind: str) -> HttpResponse:
    """Keep what is being written; colleagues see for two minutes that an answer is on its way."""
    if kind not in WRITTEN:
        raise Http404
    complaint = find(request, reference)
    personal.keep_writing(request.party, complaint, kind, request.POST.get("text", "")[:20_000])
    if kind == "response":
        personal.is_writing(request.party, complaint)
    return HttpResponse(status=204)


@require_POST
@staff_only
def unlink(request: Any, reference: str, other: str) -> HttpResponse:
    """Take a link back."""
    complaint, second = find(request, reference), find(request, other)
    actions.unlink(complaint, other=second, by=request.party)
    notices.done(request, _("The link was taken back."))
    return redirect("desk:complaint", reference=reference)


def _keep(request: Any, complaint: Complaint, deed: Deed, form: forms.Form) -> HttpResponse:
    """Keep it, unless a file was refused: that is told at its field."""
    personal.keep_writing(request.party, complaint, deed.writes, request.POST.get("text", "")[:20_000])
    if "files" in form.errors:
        context = complaint_context(request, complaint, {deed.noun: form})
        return render(request, "desk/complaint.html", context, status=422)
    notices.done(request, _("The draft was kept."))
    return redirect("desk:complaint", reference=complaint.reference)


def _heeding(request: Any, complaint: Complaint, deed: Deed, form: forms.Form) -> HttpResponse:
    """Do it, unless something has happened that whoever wrote has not read."""
    meanwhile = happened_since(request, complaint) if deed.heeds else []
    if meanwhile:
        context = complaint_context(request, complaint, {deed.noun: form}) | {"meanwhile": meanwhile}
        return render(request, "desk/complaint.html", context, status=409)
    return _do(request, complaint, deed, deed.details(form))


def _complete(request: Any, deed: Deed, form: forms.Form) -> bool:
    """Look up the other complaint that is named, as far as this reader may see it."""
    if deed.verb not in NAMES_ANOTHER:
        return True
    visible = Complaint.objects.visible_to(request.standing)
    other = visible.filter(reference=form.cleaned_data.pop("reference")).first()
    if other is None:
        form.add_error("reference", _("There is no complaint with this number within your reach."))
        return False
    form.cleaned_data[NAMES_ANOTHER[deed.verb]] = other
    return True


def _do(request: Any, complaint: Complaint, deed: Deed, details: dict[str, Any]) -> HttpResponse:
    try:
        with first_of_twins(mark_of(request)) as is_first:
            if is_first:
                actions.MENU[deed.verb](complaint, by=request.party, **details)
                notices.done(request, deed.done)
        enclosures.forget(request, complaint, deed.noun)
        if deed.writes:
            personal.forget_writing(request.party, complaint, deed.writes)
            personal.stops_writing(request.party, complaint)
    except Refused as refused:
        notices.refused(request, refused.reason)
        if deed.writes:
            personal.keep_writing(request.party, complaint, deed.writes, details.get("text", ""))
    if not policy.sees(request.standing, complaint):
        return redirect("desk:home")
    return redirect("desk:complaint", reference=complaint.reference)
