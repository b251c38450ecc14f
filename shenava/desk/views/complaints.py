"""One complaint on the desk: its page, and registering a new one."""

from __future__ import annotations

import secrets
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shenava.common import clock
from shenava.complaints import policy
from shenava.complaints.actions import Intake, register_once
from shenava.complaints.models import Complaint
from shenava.complaints.personal import forget_intake, intake_draft, keep_intake, note_look
from shenava.desk.access import staff_only
from shenava.desk.forms.complaints import IntakeForm
from shenava.desk.page import complaint_context
from shenava.journal.actions import Refused
from shenava.pages.circulation import circulation as whole_way
from shenava.people.parties import Introduction
from shenava.process.models import WorkItem
from shenava.ui import notices


def find(request: Any, reference: str) -> Complaint:
    """The complaint as far as this reader may see it; hidden and unknown are the same 404."""
    visible = Complaint.objects.visible_to(request.standing).for_page()
    complaint: Complaint | None = visible.filter(reference=reference).first()
    if complaint is None:
        raise Http404
    return complaint


@require_safe
@staff_only
def show(request: Any, reference: str) -> HttpResponse:
    """The page of a complaint. Opening it marks one's own work as seen, and how far one has read."""
    complaint = find(request, reference)
    _mark_seen(request, complaint)
    note_look(request.party, complaint)
    return render(request, "desk/complaint.html", complaint_context(request, complaint))


@require_safe
@staff_only
def circulation(request: Any, reference: str) -> HttpResponse:
    """The whole way of a complaint: the picture, the table, and how the time adds up."""
    complaint = find(request, reference)
    context = {"complaint": complaint, "circulation": whole_way(complaint, clock.now()), "now": clock.now()}
    return render(request, "desk/circulation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def register(request: Any) -> HttpResponse:
    """Register what was received by telephone, in person, by letter. Half-written ones become drafts."""
    may = policy.verdict(request.standing, "register", None)
    if not may:
        raise Refused(may, "register")
    if request.method != "POST":
        return render(request, "desk/register.html", {"form": IntakeForm(initial=_initial(request))})
    form = IntakeForm(request.POST)
    if "save_draft" in request.POST:
        keep_intake(request.party, request.POST.dict())
        notices.done(request, _("The draft was kept."))
        return redirect("desk:folder", folder="drafts")
    if not form.is_valid():
        return render(request, "desk/register.html", {"form": form}, status=422)
    complaint = register_once(intake=_intake(form), by=request.party)
    forget_intake(request.party, _draft(request))
    notices.done(request, _("Registered under number %(number)s.") % {"number": complaint.reference})
    return redirect("desk:complaint", reference=complaint.reference)


def _initial(request: Any) -> dict[str, Any]:
    return intake_draft(request.party, _draft(request)) | {"submission": secrets.token_urlsafe(24)}


def _draft(request: Any) -> int:
    number = request.GET.get("draft", "")
    return int(number) if number.isdecimal() and len(number) < 12 else 0


def _mark_seen(request: Any, complaint: Complaint) -> None:
    mine = WorkItem.objects.open().held_by(request.standing.ids)
    mine.filter(complaint=complaint, seen_at=None).update(seen_at=clock.now())


def _intake(form: IntakeForm) -> Intake:
    said = form.cleaned_data
    who = Introduction(name=said["name"], email=said["email"], phone=said["phone"])
    return Intake(
        description=said["description"],
        channel=said["channel"],
        title=said["title"],
        record_type=said["record_type"],
        subject=said["subject"],
        language=get_language() or "en",
        complainant=None if said["is_anonymous"] else who,
        product=said["product"],
        serial=said["serial"],
        occurred_on=said["occurred_on"],
        requested_remedies=tuple(said["requested_remedies"]),
        expectation=said["expectation"],
        unit=said["unit"],
        submission=said["submission"],
    )
