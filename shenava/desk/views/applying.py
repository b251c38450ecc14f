"""Promises of open complaints: which of them a rule in force would move, and moving those that are chosen."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shenava.common.dates import digits
from shenava.complaints import actions
from shenava.complaints.models import Complaint
from shenava.complaints.touched import touched_by
from shenava.desk.access import needs
from shenava.desk.forms.applying import ApplyForm, WhichForm
from shenava.journal.actions import Refused
from shenava.people.models import Role
from shenava.ui import notices
from shenava.ui.reader import reader_of


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Role.COMPLAINTS_MANAGER)
def open_promises(request: Any) -> HttpResponse:
    """Choose a promise, see what it would move, and move what is ticked; nothing moves unseen."""
    if request.method == "POST":
        return _apply(request)
    which = WhichForm(request.GET or None)
    return _page(request, which, ApplyForm())


def _apply(request: Any) -> HttpResponse:
    which, form = WhichForm(request.POST), ApplyForm(request.POST)
    chosen = [one for one in request.POST.getlist("complaint") if "\x00" not in one]
    if not (which.is_valid() and form.is_valid()) or not chosen:
        return _page(request, which, form, status=422)
    rule, refused = which.cleaned_data["rule"], 0
    complaints = list(Complaint.objects.visible_to(request.standing).filter(reference__in=chosen).order_by("pk"))
    for complaint in complaints:
        try:
            actions.apply_promise(complaint, rule=rule, reason=form.cleaned_data["reason"], by=request.party)
        except Refused:
            refused += 1
    language = reader_of(request).language
    done, left = digits(len(complaints) - refused, language), digits(refused, language)
    notices.done(request, _("{done} promises were moved, {left} were not.").format(done=done, left=left))
    return redirect("desk:open_promises")


def _page(request: Any, which: WhichForm, form: ApplyForm, *, status: int = 200) -> HttpResponse:
    rule = which.cleaned_data.get("rule") if which.is_valid() else None
    touched = touched_by(rule, request.standing) if rule else []
    context = {"which": which, "form": form, "rule": rule, "touched": touched}
    return render(request, "desk/applying.html", context, status=status)
