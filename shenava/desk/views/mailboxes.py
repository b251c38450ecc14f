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
from shenava.messages.models import Mailbox, Outgoing, OutgoingState
from shenava.messages.probing import Trial, try_receiving, try_sending
from shenava.ui import notices

PASSWORDS = ("imap_password", "smtp_password")


@require_safe
@administrators_only
def mailboxes(request: Any) -> HttpResponse:
    """All mailboxes, and mail that needs somebody."""
    stuck = Outgoing.objects.stuck().select_related("message__complaint").order_by("-pk")
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
            if "try" in request.POST:
                _tell(request, _tried(saved))
            return redirect("desk:mailbox", pk=saved.pk)
        except ValidationError as refused:
            form.add_error(None, refused)
    context = {"form": form, "mailbox": found}
    return render(request, "desk/mailbox.html", context, status=422 if form.is_bound else 200)


@require_POST
@administrators_only
def trial(request: Any, pk: int) -> HttpResponse:
    """Try a mailbox out: which step fails, if one does."""
    found = get_object_or_404(Mailbox, pk=pk)
    _tell(request, _tried(found))
    return redirect("desk:mailbox", pk=pk)


@require_POST
@administrators_only
def resend(request: Any, pk: int) -> HttpResponse:
    """Send a stuck mail after all."""
    actions.resend(get_object_or_404(Outgoing.objects.stuck(), pk=pk), by=request.party)
    notices.done(request, _("The mail is on its way again."))
    return redirect("desk:mailboxes")


@require_POST
@administrators_only
def give_up(request: Any, pk: int) -> HttpResponse:
    """Leave a stuck mail unsent."""
    actions.give_up(get_object_or_404(Outgoing.objects.stuck(), pk=pk), by=request.party)
    notices.done(request, _("The mail stays unsent."))
    return redirect("desk:mailboxes")


def _form(request: Any, found: Mailbox | None) -> forms.Form:
    initial = {}
    if found is not None:
        names = [name for name in MailboxForm.base_fields if name not in PASSWORDS]
        initial = {name: getattr(found, name) for name in names}
    return MailboxForm(request.POST if request and request.method == "POST" else None, initial=initial)


def _tried(found: Mailbox) -> list[tuple[str, Trial]]:
    """What there is to try, and how it went."""
    receiving = [(_("Fetching mail"), try_receiving(found))] if found.imap_host else []
    return receiving + ([(_("Sending mail"), try_sending(found))] if found.smtp_host else [])


def _tell(request: Any, trials: list[tuple[str, Trial]]) -> None:
    for what, trial in trials:
        if trial:
            notices.done(request, _("%(what)s works.") % {"what": what})
        else:
            told = {"what": what, "step": trial.step_name, "reason": f"\u2068{trial.reason}\u2069"}
            notices.refused(request, _("%(what)s failed at %(step)s: %(reason)s") % told)
    if not trials:
        notices.refused(request, _("There is nothing to try yet: name a server for fetching or for sending."))


def _save(form: forms.Form, found: Mailbox | None, by: Any) -> Mailbox:
    said = {name: value for name, value in form.cleaned_data.items() if value not in (None, "")}
    said |= {name: form.cleaned_data[name] for name in ("imap_host", "smtp_host", "imap_user", "smtp_user")}
    fields = actions.MailboxFields(**said | {"never_sends": bool(found and found.never_sends)})
    if found is None:
        return actions.add_mailbox(fields=fields, by=by)
    return actions.change_mailbox(found, fields=fields, by=by)
