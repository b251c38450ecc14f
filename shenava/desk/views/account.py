"""My account: how I read, my password, my second factor, where I am logged in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shenava.common import clock, sealed
from shenava.common.dates import digits
from shenava.desk.access import staff_only
from shenava.desk.forms.accounts import ChangePasswordForm, DeputyForm, EnrolForm, PreferencesForm
from shenava.desk.forms.administration import HandOverForm
from shenava.desk.views.work import handed_over, told
from shenava.pages.qr import qr_svg
from shenava.people import actions, login, sessions
from shenava.people.models import Delegation, LoginSession, Organisation
from shenava.ui import notices
from shenava.ui.reader import reader_of
from shenava.ui.twins import once


@require_safe
@staff_only
def account(request: Any) -> HttpResponse:
    """One's own page."""
    return _page(request)


@require_POST
@staff_only
def preferences(request: Any) -> HttpResponse:
    """Language and calendar."""
    form = PreferencesForm(request.POST)
    if form.is_valid():
        request.user.prefer(**form.cleaned_data)
        notices.done(request, _("Saved."))
    return redirect("desk:account")


@sensitive_post_parameters("old", "password")
@require_POST
@staff_only
def password(request: Any) -> HttpResponse:
    """A new password; other browsers are logged out."""
    form = ChangePasswordForm(request.POST, user=request.user)
    if not form.is_valid():
        return _page(request, {"password": form}, status=422)
    key = request.session.session_key
    actions.change_password(request.user, password=form.cleaned_data["password"], keep_session=key, by=request.party)
    update_session_auth_hash(request, request.user)
    sessions.rename(str(key), str(request.session.session_key))
    notices.done(request, _("Your new password is set. Other browsers were logged out."))
    return redirect("desk:account")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def second_factor(request: Any) -> HttpResponse:
    """Set up an authenticator app: scan, type what it shows, keep the recovery codes."""
    kept = request.session.get("enrolling")
    secret = sealed.open_sealed(kept, purpose="desk.enrol") if kept else login.new_totp_secret()
    request.session["enrolling"] = sealed.seal(secret, purpose="desk.enrol")
    form = EnrolForm(request.POST or None)
    if form.is_valid():
        step = login.totp_step(secret, form.cleaned_data["code"])
        if step is not None:
            codes = actions.set_second_factor(request.user, secret=secret, step=step, by=request.party)
            del request.session["enrolling"]
            return render(request, "desk/recovery_codes.html", {"codes": codes})
        form.add_error("code", _("This code does not fit. Is the clock of the device right?"))
    organisation = Organisation.current()
    address = login.totp_address(request.user, secret, organisation.name if organisation else "Shenava")
    context = {"form": form, "qr": qr_svg(address), "address": address}
    return render(request, "desk/enrol.html", context, status=422 if form.is_bound else 200)


@require_POST
@staff_only
def end_session(request: Any, pk: int) -> HttpResponse:
    """End one login of one's own."""
    actions.end_session(get_object_or_404(LoginSession, pk=pk, user=request.user), by=request.party)
    return redirect("desk:account")


@require_POST
@staff_only
def end_sessions(request: Any) -> HttpResponse:
    """End one's logins everywhere else."""
    actions.end_own_sessions(request.user, keep_session=request.session.session_key, by=request.party)
    notices.done(request, _("All other browsers were logged out."))
    return redirect("desk:account")


@require_POST
@staff_only
@once
def delegate(request: Any) -> HttpResponse:
    """A colleague stands in for a while."""
    form = DeputyForm(request.POST, party=request.party)
    if form.is_valid():
        try:
            starts_at, ends_at = form.period()
            deputy = form.cleaned_data["deputy"]
            actions.delegate(request.party, deputy=deputy, starts_at=starts_at, ends_at=ends_at, by=request.party)
            notices.done(request, _("Your cartable is in good hands for these days."))
            return redirect("desk:account")
        except ValidationError as refused:
            form.add_error("last_day", refused)
    return _page(request, {"deputy_form": form}, status=422)


@require_POST
@staff_only
@once
def end_delegation(request: Any, pk: int) -> HttpResponse:
    """Take the cartable back."""
    actions.end_delegation(get_object_or_404(Delegation, pk=pk, delegator=request.party), by=request.party)
    notices.done(request, _("You look after your cartable yourself again."))
    return redirect("desk:account")


@require_POST
@staff_only
def hand_over(request: Any) -> HttpResponse:
    """Hand over for good what lies with oneself."""
    form = HandOverForm(request.POST, party=request.party)
    if form.is_valid() and handed_over(request, form, request.party):
        return redirect("desk:account")
    return _page(request, {"work_form": form}, status=422)


def _page(request: Any, more: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    user, now = request.user, clock.now()
    left = user.recovery_codes.filter(used_at=None).count()
    context = (
        {
            "preferences": PreferencesForm(initial={"language": user.language, "calendar": user.calendar}),
            "password": ChangePasswordForm(user=user),
            "deputy_form": DeputyForm(party=request.party),
            "deputies": request.party.delegations_given.filter(ends_at__gt=now).select_related("deputy"),
            "work_form": HandOverForm(party=request.party),
            "stands_in_for": request.party.delegations_held.filter(ends_at__gt=now).select_related("delegator"),
            "recovery_codes_left": left,
            "recovery_codes_shown": digits(left, reader_of(request).language),
            "sessions": user.login_sessions.living().order_by("-seen_at"),
            "session_key": request.session.session_key,
            "roles": user.party.grants.select_related("unit__party"),
        }
        | told(request, request.party)
        | (more or {})
    )
    return render(request, "desk/account.html", context, status=status)
