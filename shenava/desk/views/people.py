"""People: who works here, in which roles; invited, sent away, let in again."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shenava.complaints.actions.categories import set_competence
from shenava.complaints.models import Competence
from shenava.desk import gate
from shenava.desk.access import administrators_only
from shenava.desk.forms.administration import DeactivateForm, InviteForm, RoleForm
from shenava.desk.forms.people import CompetenceForm
from shenava.desk.views.work import told
from shenava.people import actions
from shenava.people.models import Invitation, Party, RoleGrant
from shenava.ui import notices
from shenava.ui.twins import once


@require_safe
@administrators_only
def people(request: Any) -> HttpResponse:
    """Everybody with a login, and open invitations."""
    users = Party.objects.filter(user__isnull=False).select_related("user").prefetch_related("grants__unit__party")
    invitations = Invitation.objects.open()
    context = {
        "people": users.order_by("-user__is_active", "name"),
        "invitations": invitations.select_related("unit__party").order_by("-invited_at"),
    }
    return render(request, "desk/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
@once
def invite(request: Any) -> HttpResponse:
    """Invite somebody by mail."""
    form = InviteForm(request.POST or None)
    if form.is_valid():
        try:
            return render(request, "desk/invited.html", {"invitation": _invited(form, request.party)})
        except ValidationError as refused:
            form.add_error(None, refused)
    context = {
        "form": form,
        "title": _("Invite somebody"),
        "back": "desk:people",
        "submit": _("Send the invitation"),
    }
    return render(request, "desk/form.html", context, status=422 if form.is_bound else 200)


def _invited(form: InviteForm, by: Party) -> Invitation:
    with transaction.atomic():
        invitation = actions.invite(**form.cleaned_data, by=by)
        gate.send_invitation(invitation)
    return invitation


@require_POST
@administrators_only
@once
def withdraw_invitation(request: Any, pk: int) -> HttpResponse:
    """An invitation stops working."""
    actions.withdraw_invitation(get_object_or_404(Invitation.objects.open(), pk=pk), by=request.party)
    notices.done(request, _("The invitation was withdrawn."))
    return redirect("desk:people")


@require_safe
@administrators_only
def person(request: Any, pk: int) -> HttpResponse:
    """One person: roles, logins, what can be done."""
    return _page(request, _person(pk))


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def competence(request: Any, pk: int) -> HttpResponse:
    """What somebody knows about, and in which languages: rules choose by it."""
    party = _person(pk)
    form = CompetenceForm(request.POST if request.method == "POST" else None, competence=_competence(party))
    if form.is_valid():
        set_competence(of=party, **form.details(), by=request.party)
        notices.done(request, _("Saved."))
        return redirect("desk:person", pk=pk)
    context = {"form": form, "title": _("Competence of %(name)s") % {"name": party}, "back": "desk:people"}
    return render(request, "desk/form.html", context | {"submit": _("Save")}, status=422 if form.is_bound else 200)


@require_POST
@administrators_only
def grant(request: Any, pk: int) -> HttpResponse:
    """Give a role."""
    party, form = _person(pk), RoleForm(request.POST)
    if not form.is_valid():
        return _page(request, party, {"role_form": form}, status=422)
    return _try(request, party, lambda: actions.grant_role(party, **form.cleaned_data, by=request.party))


@require_POST
@administrators_only
@once
def revoke(request: Any, pk: int, grant_pk: int) -> HttpResponse:
    """Take a role back."""
    party = _person(pk)
    held = get_object_or_404(RoleGrant, pk=grant_pk, party=party)
    return _try(request, party, lambda: actions.revoke_role(party, grant=held, by=request.party))


@require_POST
@administrators_only
def deactivate(request: Any, pk: int) -> HttpResponse:
    """Send somebody away, with a hand-over of open work."""
    party = _person(pk)
    form = DeactivateForm(request.POST, party=party)
    if not form.is_valid():
        return _page(request, party, {"leave_form": form}, status=422)
    return _try(request, party, lambda: actions.deactivate(party, to=form.cleaned_data["to"], by=request.party))


@require_POST
@administrators_only
def do(request: Any, pk: int, verb: str) -> HttpResponse:
    """Verbs that need nothing more: let in again, end logins, reset a lost second factor."""
    party = _person(pk)
    plain = {
        "activation": actions.reactivate,
        "sessions": actions.end_sessions,
        "second-factor": actions.reset_second_factor,
    }
    return _try(request, party, lambda: plain[verb](party, by=request.party))


def _person(pk: int) -> Party:
    return get_object_or_404(Party.objects.select_related("user"), pk=pk, user__isnull=False)


def _competence(party: Party) -> Competence | None:
    return Competence.objects.filter(party=party).prefetch_related("categories").first()


def _try(request: Any, party: Party, verb: Any) -> HttpResponse:
    try:
        verb()
        notices.done(request, _("Done."))
    except ValidationError as refused:
        notices.refused(request, " ".join(refused.messages))
    return redirect("desk:person", pk=party.pk)


def _page(request: Any, party: Party, more: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    context = (
        {
            "person": party,
            "grants": party.grants.select_related("unit__party"),
            "sessions": party.user.login_sessions.living().order_by("-seen_at"),
            "role_form": RoleForm(),
            "leave_form": DeactivateForm(party=party),
            "competence": _competence(party),
        }
        | told(request, party)
        | (more or {})
    )
    return render(request, "desk/person.html", context, status=status)
