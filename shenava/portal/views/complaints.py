"""Complaining: the form and the receipt."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from shenava.attachments import pending
from shenava.common import tokens
from shenava.complaints.actions import Intake, register_once
from shenava.complaints.models import Channel, Complaint
from shenava.pages.qr import qr_svg
from shenava.people.parties import Introduction, system_party
from shenava.portal import receipts
from shenava.portal.access import open_for
from shenava.portal.forms import ComplaintForm


@require_http_methods(["GET", "HEAD", "POST"])
def complain(request: HttpRequest) -> HttpResponse:
    """The complaint form. What was typed and chosen survives every correction."""
    if request.method != "POST":
        form = ComplaintForm(initial={"submission": secrets.token_urlsafe(24)})
        return _page(request, form, [])
    form = ComplaintForm(request.POST)
    mark = str(request.POST.get("submission", ""))[:64]
    problems = pending.take_pending(request, mark)
    for refused in pending.take_one(request, mark, "mandate") if "on_behalf" in request.POST else ():
        form.add_error("mandate", refused)
    if problems or not form.is_valid():
        return _page(request, form, problems, status=422)
    complaint, secret = _register(request, form)
    pending.forget(request, mark, "mandate")
    receipts.put(request, complaint, secret)
    return redirect("portal:receipt", code=complaint.public_code)


@require_safe
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """Number, code, secret, promised date: shown in this browser, for half an hour."""
    found = receipts.get(request, code)
    if found is None:
        return redirect("portal:track")
    complaint, secret = found
    link = tracking_link(complaint, secret)
    context = {"complaint": complaint, "secret": secret, "link": link, "qr": qr_svg(link)}
    return render(request, "portal/receipt.html", context)


def tracking_link(complaint: Complaint, secret: str) -> str:
    """The link of the receipt. The secret is behind the #, which browsers do not send."""
    return f"{settings.BASE_URL}/track/?code={complaint.public_code}#{secret}"


def _page(request: HttpRequest, form: ComplaintForm, problems: list[str], status: int = 200) -> HttpResponse:
    mark = str(form["submission"].value() or "")
    context = {
        "form": form,
        "files": pending.pending(request, mark),
        "proof": pending.pending(request, mark, "mandate"),
        "file_problems": problems,
        "max_files": settings.MAX_FILES,
        "max_file_megabytes": settings.MAX_FILE_BYTES // (1024 * 1024),
    }
    return render(request, "portal/complain.html", context, status=status)


def _register(request: HttpRequest, form: ComplaintForm) -> tuple[Complaint, str]:
    said = form.cleaned_data
    secret = tokens.secret_for(said["submission"], purpose="tracking")
    intake = Intake(
        description=said["description"],
        channel=Channel.PORTAL,
        record_type=said["record_type"],
        subject=said["subject"],
        language=get_language() or "en",
        complainant=_complainant(form),
        **_representing(request, form),
        product=said["product"],
        serial=said["serial"],
        occurred_on=said["occurred_on"],
        requested_remedies=tuple(said["requested_remedies"]),
        expectation=said["expectation"],
        files=tuple(pending.pending(request, said["submission"])),
        submission=said["submission"],
        secret=secret,
    )
    complaint = register_once(intake=intake, by=system_party())
    open_for(request, complaint)
    return complaint, secret


def _complainant(form: ComplaintForm) -> Introduction | None:
    said = form.cleaned_data
    if said["on_behalf"]:
        return Introduction(name=said["behalf_name"])
    return None if said["is_anonymous"] else _introduction(form)


def _representing(request: HttpRequest, form: ComplaintForm) -> dict[str, Any]:
    """Who speaks for the complainant, by what right, and what proves it; nothing where nobody does."""
    said = form.cleaned_data
    if not said["on_behalf"]:
        return {}
    mandate = pending.pending(request, said["submission"], "mandate")
    return {
        "representative": _introduction(form),
        "authority": said["authority"],
        "mandate": next(iter(mandate), None),
    }


def _introduction(form: ComplaintForm) -> Introduction:
    said = form.cleaned_data
    given = {name: said[name] for name in ("name", "email", "phone", "address")}
    return Introduction(**given, language=get_language() or "en")
