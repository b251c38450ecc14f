"""Mailboxes: how mail comes and goes, and what is stuck."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shenava.desk.access import administrators_only
from shenava.desk.forms.administration import MailboxForm
from shenava.messages import actions
from shenava.messages.models import Mailbox, Outgoing, OutgoingState, Security
from shenava.messages.probing import try_receiving, try_sending
from shenava.ui import notices

STUCK = (OutgoingState.UNCERTAIN, OutgoingState.FAILED, OutgoingState.BOUNCED, OutgoingState.HELD)
PASSWORDS = ("imap_password", "smtp_password")


@require_safe
@administrators_only
def mailboxes(request: Any) -> HttpResponse:
    """All mailboxes, and mail that needs somebody."""
    stuck = Outgoing.objects.filter(state__in=STUCK).select_related("message__complaint").order_by("-pk")
    waiting = Outgoing.objects.filter(state=OutgoingState.DUE).order_by("-pk")
    context = {"mailboxes": Mailbox.objects.order_by("name"), "stuck": stuck[:50], "waiting": waiting[:50]}
    return render(request, "desk/mailboxes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def mailbox(request: Any, pk: int | None = None) -> HttpResponse:
    """Add or change a mailbox, and try it out."""
    found = get_object_or_404(Mailbox, pk=pk) if pk else None
    form = _form(request, found)
    if form.is_valid():
        try:
            saved = _save(form, found, request.party)
            notices.done(request, _("Saved."))
            return redirect("desk:mailbox", pk=saved.pk)
        except ValidationError as refused:
            form.add_error(None, refused)
    context = {"form": form, "mailbox": found, "trials": ()}
    return render(request, "desk/mailbox.html", context, status=422 if form.is_bound else 200)


@require_POST
@administrators_only
def trial(request: Any, pk: int) -> HttpResponse:
    """Try a mailbox out: which step fails, if one does."""
    found = get_object_or_404(Mailbox, pk=pk)
    trials = []
    if found.imap_host:
        trials.append((_("Fetching mail"), try_receiving(found)))
    if found.smtp_host:
        trials.append((_("Sending mail"), try_sending(found)))
    context = {"form": _form(None, found), "mailbox": found, "trials": trials}
    return render(request, "desk/mailbox.html", context)


@require_POST
@administrators_only
def resend(request: Any, pk: int) -> HttpResponse:
    """Send a stuck mail after all."""
    actions.resend(get_object_or_404(Outgoing, pk=pk, state__in=STUCK), by=request.party)
    notices.done(request, _("The mail is on its way again."))
    return redirect("desk:mailboxes")


@require_POST
@administrators_only
def give_up(request: Any, pk: int) -> HttpResponse:
    """Leave a stuck mail unsent."""
    actions.give_up(get_object_or_404(Outgoing, pk=pk, state__in=STUCK), by=request.party)
    notices.done(request, _("The mail stays unsent."))
    return redirect("desk:mailboxes")


def _form(request: Any, found: Mailbox | None) -> forms.Form:
    initial = {}
    if found is not None:
        names = [name for name in MailboxForm.base_fields if name not in PASSWORDS]
        initial = {name: getattr(found, name) for name in names}
    form = MailboxForm(request.POST if request and request.method == "POST" else None, initial=initial)
    for name in ("imap_security", "smtp_security"):
        form.fields[name].choices = Security.choices  # type: ignore[attr-defined]
    return form


def _save(form: forms.Form, found: Mailbox | None, by: Any) -> Mailbox:
    said = {name: value for name, value in form.cleaned_data.items() if value not in (None, "")}
    said |= {name: form.cleaned_data[name] for name in ("imap_host", "smtp_host", "imap_user", "smtp_user")}
    fields = actions.MailboxFields(**said | {"never_sends": bool(found and found.never_sends)})
    if found is None:
        return actions.add_mailbox(fields=fields, by=by)
    return actions.change_mailbox(found, fields=fields, by=by)
