"""One complaint as its complainant sees it: where it stands, what was said, what one can do."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shenava.attachments import pending
from shenava.complaints import actions, policy
from shenava.complaints.models import Channel, Complaint
from shenava.complaints.preconditions import is_under_review
from shenava.journal.actions import Refused
from shenava.pages.timeline import public_timeline
from shenava.people.models import Party
from shenava.people.standing import standing_of
from shenava.portal.access import followed
from shenava.portal.forms import AdditionForm, AnswerForm, ReasonForm
from shenava.ui import notices
from shenava.ui.reader import reader_of
from shenava.ui.twins import first_of_twins, mark_of

VERBS = ("add_information", "record_acceptance", "record_rejection", "withdraw", "reopen", "ask_review")


@require_safe
@followed
def show(request: HttpRequest, complaint: Complaint) -> HttpResponse:
    """The page of a complaint for its complainant."""
    return _page(request, complaint, {})


@require_POST
@followed
def add(request: HttpRequest, complaint: Complaint) -> HttpResponse:
    """Take in further information, with files."""
    form = AdditionForm(request.POST, auto_id="addition_%s")
    mark = str(request.POST.get("submission", ""))[:64]
    problems = pending.take_pending(request, mark)
    if problems or not form.is_valid():
        return _page(request, complaint, {"addition": form}, problems=problems, status=422)
    addition = actions.Addition(
        text=form.cleaned_data["text"],
        channel=Channel.PORTAL,
        files=tuple(pending.pending(request, mark)),
    )
    pending.forget(request, mark)
    return _done(request, complaint, "add_information", {"addition": addition}, _("Thank you. It was added."))


@require_POST
@followed
def accept(request: HttpRequest, complaint: Complaint) -> HttpResponse:
    """The complainant accepts the response."""
    form = AnswerForm(request.POST, auto_id="answer_%s")
    if not form.is_valid():
        return _page(request, complaint, {"answer": form}, status=422)
    return _done(request, complaint, "record_acceptance", form.cleaned_data, _("Thank you. Your complaint is closed."))


@require_POST
@followed
def reject(request: HttpRequest, complaint: Complaint) -> HttpResponse:
    """The complainant rejects the response and says why."""
    message = _("We are sorry that the answer did not help. We look into it again.")
    return _with_reason(request, complaint, "record_rejection", "rejection", message)


@require_POST
@followed
def withdraw(request: HttpRequest, complaint: Complaint) -> HttpResponse:
    """The complainant takes the complaint back."""
    return _with_reason(request, complaint, "withdraw", "withdrawal", _("Your complaint was withdrawn."))


@require_POST
@followed
def reopen(request: HttpRequest, complaint: Complaint) -> HttpResponse:
    """The complainant comes back to a closed complaint."""
    return _with_reason(request, complaint, "reopen", "reopening", _("Your complaint is open again."))


@require_POST
@followed
def ask_review(request: HttpRequest, complaint: Complaint) -> HttpResponse:
    """The complainant wants somebody else to look at it."""
    message = _(
        "Your request for a review was received. It is looked at anew, wherever possible by somebody who had no part"
        " in our answer."
    )
    return _with_reason(request, complaint, "ask_review", "review", message)


def _with_reason(request: HttpRequest, complaint: Complaint, verb: str, name: str, message: str) -> HttpResponse:
    form = ReasonForm(request.POST, auto_id=f"{name}_%s")
    if not form.is_valid():
        return _page(request, complaint, {name: form}, status=422)
    return _done(request, complaint, verb, form.cleaned_data, message)


def _done(request: HttpRequest, complaint: Complaint, verb: str, details: dict[str, Any], message: str) -> HttpResponse:
    try:
        with first_of_twins(mark_of(request)) as is_first:
            if is_first:
                actions.MENU[verb](complaint, by=_speaker(complaint), **details)
                notices.done(request, message)
    except Refused as refused:
        notices.refused(request, refused.reason)
    return redirect("portal:complaint", code=complaint.public_code)


def _page(
    request: HttpRequest,
    complaint: Complaint,
    forms_with_faults: dict[str, forms.Form],
    *,
    problems: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    shown = _fresh_forms() | forms_with_faults
    mark = str(shown["addition"]["submission"].value() or "")
    context = shown | {
        "complaint": complaint,
        "timeline": public_timeline(complaint, reader_of(request)),
        "questions": complaint.questions.filter(closed_at=None).select_related("message"),
        "may": policy.verdicts(standing_of(_speaker(complaint)), complaint, VERBS),
        "under_review": complaint.reviews.filter(closed_at=None).first() if is_under_review(complaint) else None,
        "files": pending.pending(request, mark),
        "file_problems": problems or [],
        "faulty": next(iter(forms_with_faults), ""),
    }
    return render(request, "portal/complaint.html", context, status=status)


def _fresh_forms() -> dict[str, forms.Form]:
    mark = {"submission": secrets.token_urlsafe(24)}
    return {
        "addition": AdditionForm(initial=mark, auto_id="addition_%s"),
        "answer": AnswerForm(auto_id="answer_%s"),
        "rejection": ReasonForm(auto_id="rejection_%s"),
        "withdrawal": ReasonForm(auto_id="withdrawal_%s"),
        "reopening": ReasonForm(auto_id="reopening_%s"),
        "review": ReasonForm(auto_id="review_%s"),
    }


def _speaker(complaint: Complaint) -> Party:
    return complaint.representative or complaint.complainant
