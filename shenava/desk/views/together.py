"""One verb for several complaints: a loop over the one, and for each what became of it."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from shenava.complaints import actions, personal
from shenava.complaints.models import Complaint
from shenava.desk.access import staff_only, way_back
from shenava.desk.deeds import DEEDS, Deed
from shenava.desk.forms.complaints import AssignForm, ReferForm
from shenava.journal.actions import Refused
from shenava.ui.twins import first_of_twins, mark_of

MOST = 200
FLAGS = Deed("flags", "flag", _("Flag"), _("It is flagged for your follow-up."), "bookmark")
TOGETHER = {noun: DEEDS[noun] for noun in ("assignments", "referrals")} | {"flags": FLAGS}


class Outcome(NamedTuple):
    """What became of one complaint: done, or the reason why not."""

    complaint: Complaint
    reason: Promise | str = ""


@require_POST
@staff_only
def do(request: Any, noun: str) -> HttpResponse:
    """Ask for what the verb needs, then do it to each chosen complaint; what was refused can be tried again."""
    deed = TOGETHER.get(noun)
    if deed is None:
        raise Http404
    chosen = _chosen(request)
    if "ask" in request.POST or not chosen:
        return _page(request, deed, chosen, _form(deed))
    form = _form(deed, request.POST)
    if not form.is_valid():
        return _page(request, deed, chosen, form, status=422)
    outcomes = [_one(request, deed, complaint, form) for complaint in chosen]
    refused = [outcome.complaint for outcome in outcomes if outcome.reason]
    return _page(request, deed, refused, form, outcomes=outcomes)


def _chosen(request: Any) -> list[Complaint]:
    visible = Complaint.objects.visible_to(request.standing).for_page()
    wanted = request.POST.getlist("complaint")[:MOST]
    return list(visible.filter(reference__in=[one for one in wanted if "\x00" not in one]).order_by("reference"))


def _form(deed: Deed, values: Any = None) -> forms.Form:
    more: dict[str, Any] = {"complaint": None} if deed.form in (AssignForm, ReferForm) else {}
    return deed.form(values, **more)


def _one(request: Any, deed: Deed, complaint: Complaint, form: forms.Form) -> Outcome:
    if deed is FLAGS:
        personal.flag(request.party, complaint)
        return Outcome(complaint)
    try:
        with first_of_twins(mark_of(request, complaint.pk)) as is_first:
            if is_first:
                actions.MENU[deed.verb](complaint, by=request.party, **deed.details(form))
    except Refused as refused:
        return Outcome(complaint, refused.reason)
    return Outcome(complaint)


def _page(
    request: Any,
    deed: Deed,
    chosen: list[Complaint],
    form: forms.Form,
    *,
    outcomes: list[Outcome] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "deed": deed,
        "chosen": chosen,
        "form": form,
        "outcomes": outcomes,
        "done_count": sum(not outcome.reason for outcome in outcomes or ()),
        "back": way_back(request, "desk:home"),
    }
    return render(request, "desk/together.html", context, status=status)
