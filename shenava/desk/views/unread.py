"""Mail that could not be read, and mail that opened no complaint: nothing a person wrote is lost unseen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shenava.common import clock
from shenava.desk.access import needs
from shenava.desk.forms.unread import AsideForm, ByHandForm
from shenava.mailroom import actions
from shenava.mailroom.actions import ByHand
from shenava.mailroom.languages import language_of
from shenava.mailroom.policy import READERS, may
from shenava.mailroom.unread import kept_aside, shown, unreadable
from shenava.messages.models import Raw
from shenava.ui import notices

SHOWN = 100
BEGINNING = 4096


@require_safe
@needs(*READERS)
def folder(request: Any) -> HttpResponse:
    """The folder: what waits, the oldest first, then what was kept aside."""
    context = {
        "waiting": [shown(raw) for raw in unreadable()[:SHOWN]],
        "aside": [shown(raw) for raw in kept_aside()[:SHOWN]],
        "now": clock.now(),
    }
    return render(request, "desk/unread.html", context)


@require_safe
@needs(*READERS)
def show(request: Any, pk: int) -> HttpResponse:
    """One mail: what is known of it, and what can be done."""
    return _page(request, _find(pk))


@require_safe
@needs(*READERS)
def original(request: Any, pk: int) -> HttpResponse:
    """The mail as it came, to be saved, never shown by the browser."""
    response = HttpResponse(bytes(_find(pk).content), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="mail-{pk}.eml"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@require_POST
@needs(*READERS)
def read_again(request: Any, pk: int) -> HttpResponse:
    """Let the program try once more."""
    actions.read_again(_find(pk), by=request.party)
    notices.done(request, _("It will be read again in a moment."))
    return redirect("desk:unread")


@require_POST
@needs(*READERS)
def register(request: Any, pk: int) -> HttpResponse:
    """Make a complaint of it."""
    raw, form = _find(pk), ByHandForm(request.POST)
    if not form.is_valid():
        return _page(request, raw, by_hand=form)
    language = language_of(form.cleaned_data["description"], otherwise=get_language() or "en")
    said = ByHand(**form.cleaned_data, language=language)
    complaint = actions.register_by_hand(raw, said=said, by=request.party)
    notices.done(request, _("Registered under number %(number)s.") % {"number": complaint.reference})
    return redirect("desk:complaint", reference=complaint.reference)


@require_POST
@needs(*READERS)
def set_aside(request: Any, pk: int) -> HttpResponse:
    """It needs no complaint."""
    raw, form = _find(pk), AsideForm(request.POST)
    if not form.is_valid():
        return _page(request, raw, aside=form)
    actions.set_aside(raw, reason=form.cleaned_data["reason"], by=request.party)
    notices.done(request, _("The mail was set aside. It is kept."))
    return redirect("desk:unread")


def _find(pk: int) -> Raw:
    """A mail that waits or was kept aside; what became a complaint is reached there."""
    raw = (unreadable() | kept_aside()).filter(pk=pk).first()
    if raw is None:
        raise Http404
    return raw


def _page(request: Any, raw: Raw, **bound: forms.Form) -> HttpResponse:
    context = {
        "mail": shown(raw),
        "raw": raw,
        "now": clock.now(),
        "beginning": bytes(raw.content[:BEGINNING]).decode("utf-8", "replace"),
        "may": {verb: may(request.party, verb, raw) for verb in actions.ROOM.menu},
        "by_hand": bound.get("by_hand") or ByHandForm(initial=_known(raw)),
        "aside": bound.get("aside") or AsideForm(),
    }
    return render(request, "desk/unread_mail.html", context, status=422 if bound else 200)


def _known(raw: Raw) -> dict[str, str]:
    seen = raw.envelope
    return {
        "title": seen.get("subject", "")[:120],
        "description": raw.message.full_text[:20_000] if raw.message else "",
        "name": seen.get("from_name", "")[:200],
        "email": seen.get("from_email", "")[:254],
    }
