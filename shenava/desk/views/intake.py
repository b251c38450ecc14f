"""Registering what staff received, with what is known already of whoever is on the line."""

from __future__ import annotations

import secrets
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shenava.attachments import pending
from shenava.attachments.models import File
from shenava.common import clock
from shenava.common.phones import phone_e164
from shenava.common.text import clean_name
from shenava.complaints import policy
from shenava.complaints.actions import Circumstances, Intake, receive
from shenava.complaints.history import Traces, earlier
from shenava.complaints.personal import forget_intake, intake_draft, keep_intake
from shenava.desk.access import staff_only
from shenava.desk.forms.intake import IntakeForm
from shenava.desk.guide import GUIDE
from shenava.journal.actions import Refused
from shenava.people.models import ContactGroup, Organisation
from shenava.people.parties import Introduction
from shenava.process import drawn
from shenava.ui import notices


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def register(request: Any) -> HttpResponse:
    """Register what was received by telephone, in person, by letter. Half-written ones become drafts."""
    _may_register(request)
    if request.method != "POST":
        return _page(request, _form(initial=_initial(request)))
    form = _form(request.POST)
    if _proof_is_refused(request, form):
        return _page(request, form, status=422)
    if "look" in request.POST:
        return _page(request, _form(initial=_written(request)))
    if "save_draft" in request.POST:
        return _keep(request)
    if not form.is_valid():
        return _page(request, form, status=422)
    return _register(request, form)


@require_safe
@staff_only
def history(request: Any) -> HttpResponse:
    """What is known already, while the name, the number or the serial is being typed."""
    _may_register(request)
    return render(request, "desk/register.html#history", _history(request, request.GET))


def _form(*given: Any, **more: Any) -> IntakeForm:
    """The form, as short as the process in force has it."""
    return IntakeForm(*given, asked=drawn.asked_at_intake(), **more)


def _may_register(request: Any) -> None:
    may = policy.verdict(request.standing, "register", None)
    if not may:
        raise Refused(may, "register")


def _page(request: Any, form: IntakeForm, status: int = 200) -> HttpResponse:
    proof = pending.pending(request, _mark(form), "mandate")
    context = {"form": form, "guide": GUIDE, "proof": proof} | _history(request, form.data or form.initial)
    return render(request, "desk/register.html", context, status=status)


def _proof_is_refused(request: Any, form: IntakeForm) -> bool:
    """Take in the file that proves the mandate; what is refused is told at the field, whatever else was wanted."""
    refused = pending.take_one(request, _mark(form), "mandate") if "on_behalf" in request.POST else ()
    for reason in refused:
        form.add_error("mandate", reason)
    return bool(refused)


def _mark(form: IntakeForm) -> str:
    return str(form["submission"].value() or "")[:64]


def _keep(request: Any) -> HttpResponse:
    keep_intake(request.party, _written(request))
    notices.done(request, _("The draft was kept."))
    return redirect("desk:folder", folder="drafts")


def _written(request: Any) -> dict[str, Any]:
    """Everything that stands in the form, as it was typed; several choices stay several, a file its number."""
    several = {"requested_remedies": request.POST.getlist("requested_remedies")}
    kept = pending.pending(request, _mark(_form(request.POST)), "mandate")
    return {**request.POST.dict(), **several, "mandate": [file.pk for file in kept]}


def _register(request: Any, form: IntakeForm) -> HttpResponse:
    proof = pending.pending(request, _mark(form), "mandate")
    complaint = receive(intake=_intake(form, proof), look=form.look(), solution=form.settled(), by=request.party)
    pending.forget(request, _mark(form), "mandate")
    forget_intake(request.party, _draft(request))
    notices.done(request, _("Registered under number %(number)s.") % {"number": complaint.reference})
    return redirect("desk:complaint", reference=complaint.reference)


def _history(request: Any, given: Any) -> dict[str, Any]:
    organisation = Organisation.current()
    traces = Traces(
        name=clean_name(given.get("name", ""))[:200],
        phone=phone_e164(given.get("phone", "")[:60], organisation.country if organisation else "") or "",
        email=clean_name(given.get("email", "")).lower()[:254],
        serial=clean_name(given.get("serial", ""))[:80],
    )
    return {"earlier": earlier(request.standing, traces), "is_asked": bool(traces.given), "now": clock.now()}


def _initial(request: Any) -> dict[str, Any]:
    mark, kept = secrets.token_urlsafe(24), intake_draft(request.party, _draft(request))
    pending.keep_one(request, mark, "mandate", kept.pop("mandate", []))
    return kept | {"submission": mark}


def _draft(request: Any) -> int:
    number = request.GET.get("draft", "")
    return int(number) if number.isdecimal() and len(number) < 12 else 0


def _intake(form: IntakeForm, proof: list[File]) -> Intake:
    said = form.cleaned_data
    return Intake(
        description=said["description"],
        channel=said["channel"],
        title=said["title"],
        record_type=said["record_type"],
        subject=said["subject"],
        language=get_language() or "en",
        complainant=None if said["is_anonymous"] else _introduction(said),
        **_represented(said, proof),
        product=said["product"],
        serial=said["serial"],
        occurred_on=said["occurred_on"],
        requested_remedies=tuple(said["requested_remedies"]),
        expectation=said["expectation"],
        circumstances=_circumstances(said),
        received_at=form.received_at(),
        unit=said["unit"],
        submission=said["submission"],
    )


def _introduction(said: dict[str, Any]) -> Introduction:
    given = {name: said[name] for name in ("name", "email", "phone", "address")}
    return Introduction(**given, contact_group=said["contact_group"] or ContactGroup.CUSTOMER)


def _represented(said: dict[str, Any], proof: list[File]) -> dict[str, Any]:
    """Who speaks for the complainant, by what right, and what proves it; nothing where nobody does."""
    if not said["on_behalf"]:
        return {}
    who = Introduction(name=said["speaker_name"], email=said["speaker_email"], phone=said["speaker_phone"])
    return {"representative": who, "authority": said["authority"], "mandate": next(iter(proof), None)}


def _circumstances(said: dict[str, Any]) -> Circumstances:
    """What was filled in; what was left empty is as usual."""
    names = ("directness", "source", "expectation_basis", "promised_by", "promised", "got_instead")
    return Circumstances(**{name: said[name] for name in names if said[name]})
