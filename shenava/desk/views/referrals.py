"""What is done to one referral: accept it, answer it, give it back, recall it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from shenava.complaints import actions
from shenava.complaints.actions import Advice, Letter
from shenava.complaints.models import Complaint, Referral
from shenava.desk.access import staff_only
from shenava.desk.asked import FORMS
from shenava.desk.forms.files import taken
from shenava.desk.page import complaint_context
from shenava.desk.views.complaints import find
from shenava.journal.actions import Refused
from shenava.people.models import Party
from shenava.ui import notices
from shenava.ui.twins import first_of_twins, mark_of


class Step(NamedTuple):
    """A verb on a referral: how the form's values become its arguments, and what is said when it is done."""

    verb: Callable[..., Any]
    details: Callable[[dict[str, Any], Party], dict[str, Any]]
    done: Promise


def as_given(said: dict[str, Any], by: Party) -> dict[str, Any]:
    """The form's values are the verb's arguments."""
    return said


def as_advice(said: dict[str, Any], by: Party) -> dict[str, Any]:
    """What somebody says, with the files that came along."""
    words = dict(said)
    return {"advice": Advice(files=taken(words.pop("uploads"), by=by), **words)}


def as_letter(said: dict[str, Any], by: Party) -> dict[str, Any]:
    """What a body replied."""
    return {"letter": Letter(**said)}


STEPS = {
    "acceptance": Step(actions.accept_referral, as_given, _("You have accepted it.")),
    "opinions": Step(actions.give_opinion, as_advice, _("Your opinion was given.")),
    "return": Step(actions.return_referral, as_given, _("It was given back.")),
    "recall": Step(actions.recall, as_given, _("It was recalled.")),
    "reply": Step(actions.record_reply, as_letter, _("The reply was recorded.")),
}


@require_POST
@staff_only
def do(request: Any, reference: str, pk: int, noun: str) -> HttpResponse:
    """Do the verb of this noun to the referral. A refused form comes back with everything that was typed."""
    complaint, step = find(request, reference), STEPS.get(noun)
    if step is None:
        raise Http404
    referral = get_object_or_404(Referral, complaint=complaint, pk=pk)
    form = FORMS[noun](request.POST, request.FILES, prefix=f"r{pk}")
    if not form.is_valid():
        return _again(request, complaint, pk, noun, form)
    try:
        _do(request, step, complaint, referral, form.cleaned_data)
    except Refused as refused:
        form.add_error(None, str(refused.reason))
        return _again(request, complaint, pk, noun, form)
    return redirect("desk:complaint", reference=reference)


def _do(request: Any, step: Step, complaint: Complaint, referral: Referral, said: dict[str, Any]) -> None:
    with first_of_twins(mark_of(request)) as is_first:
        if is_first:
            step.verb(complaint, referral=referral, by=request.party, **step.details(said, request.party))
            notices.done(request, step.done)


def _again(request: Any, complaint: Any, pk: int, noun: str, form: forms.Form) -> HttpResponse:
    context = complaint_context(request, complaint, asked_faulty={(pk, noun): form})
    return render(request, "desk/complaint.html", context, status=422)
