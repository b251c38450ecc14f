"""Mail that could not be read, and mail that opened no complaint: nothing a person wrote is lost unseen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shenava.common import clock
from shenava.common.paging import page_by_key
from shenava.complaints.models import Complaint
from shenava.desk.access import needs
from shenava.desk.forms.unread import AsideForm, ByHandForm
from shenava.journal.actions import Refused
from shenava.mailroom import actions
from shenava.mailroom.actions import ByHand
from shenava.mailroom.languages import language_of
from shenava.mailroom.policy import READERS, may, within_reach
from shenava.mailroom.unread import kept_aside, shown, unreadable
from shenava.messages.models import Raw
from shenava.ui import notices

PAGE = 50
BEGINNING = 4096


@require_safe
@needs(*READERS)
def folder(request: Any) -> HttpResponse:
    """The folder: what waits, the oldest first, then what was kept aside, the newest first."""
    waiting = page_by_key(
        unreadable(request.standing), order=("received_at", "id"), after=request.GET.get("after"), size=PAGE
    )
    aside = page_by_key(
        kept_aside(request.standing), order=("-received_at", "-id"), after=request.GET.get("before"), size=PAGE
    )
    context = {
        "waiting": shown(waiting.items),
        "next": waiting.next_cursor,
        "aside": shown(aside.items),
        "older": aside.next_cursor,
        "now": clock.now(),
    }
    return render(request, "desk/unread.html", context)


@require_safe
@needs(*READERS)
def show(request: Any, pk: int) -> HttpResponse:
    """One mail: what is known of it, and what can be done."""
    return _page(request, _find(request, pk))


@require_safe
@needs(*READERS)
def original(request: Any, pk: int) -> HttpResponse:
    """The mail as it came, to be saved, never shown by the browser."""
    response = HttpResponse(bytes(_find(request, pk).content), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="mail-{pk}.eml"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@require_POST
@needs(*READERS)
def read_again(request: Any, pk: int) -> HttpResponse:
    """Let the program try once more."""

    def deed(raw: Raw) -> None:
        actions.read_again(raw, by=request.party)
        notices.done(request, _("It will be read again in a moment."))

    return _do(request, pk, deed)


@require_POST
@needs(*READERS)
def register(request: Any, pk: int) -> HttpResponse:
    """Make a complaint of it. A second click leads to the same complaint."""
    form = ByHandForm(request.POST)
    if not form.is_valid():
        return _page(request, _find(request, pk), by_hand=form)
    language = language_of(form.cleaned_data["description"], otherwise=get_language() or "en")
    said = ByHand(**form.cleaned_data, language=language)

    def deed(raw: Raw) -> None:
        complaint = actions.register_by_hand(raw, said=said, by=request.party)
        notices.done(request, _("Registered under number %(number)s.") % {"number": complaint.reference})

    return _do(request, pk, deed)


@require_POST
@needs(*READERS)
def set_aside(request: Any, pk: int) -> HttpResponse:
    """It needs no complaint."""
    form = AsideForm(request.POST)
    if not form.is_valid():
        return _page(request, _find(request, pk), aside=form)

    def deed(raw: Raw) -> None:
        actions.set_aside(raw, reason=form.cleaned_data["reason"], by=request.party)
        notices.done(request, _("The mail was set aside. It is kept."))

    return _do(request, pk, deed)


def _do(request: Any, pk: int, deed: Callable[[Raw], None]) -> HttpResponse:
    """Do it, or say why not: somebody may have been quicker. Then to the complaint it became, else to the folder."""
    raw = get_object_or_404(Raw.objects.filter(within_reach(request.standing)), pk=pk)
    try:
        deed(raw)
    except Refused as refused:
        notices.refused(request, refused.reason)
    visible = Complaint.objects.visible_to(request.standing).filter(messages__raw=pk).first()
    return redirect("desk:complaint", reference=visible.reference) if visible else redirect("desk:unread")


def _find(request: Any, pk: int) -> Raw:
    """A mail that waits or was kept aside; what became a complaint is reached there."""
    here = unreadable(request.standing) | kept_aside(request.standing)
    raw = here.filter(pk=pk).first()
    if raw is None:
        raise Http404
    return raw


def _page(request: Any, raw: Raw, **bound: forms.Form) -> HttpResponse:
    context = {
        "mail": shown([raw])[0],
        "raw": raw,
        "now": clock.now(),
        "words": _words(raw),
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
        "description": _words(raw)[:20_000],
        "name": seen.get("from_name", "")[:200],
        "email": seen.get("from_email", "")[:254],
    }


def _words(raw: Raw) -> str:
    """What could be read of it."""
    return raw.message.full_text if raw.message else raw.envelope.get("text", "")
