"""My account: how I read, my password, my second factor, where I am logged in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shenava.common import sealed
from shenava.desk.access import staff_only
from shenava.desk.forms.accounts import ChangePasswordForm, EnrolForm, PreferencesForm
from shenava.pages.qr import qr_svg
from shenava.people import actions, login, sessions
from shenava.people.models import LoginSession, Organisation
from shenava.ui import notices


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
        return _page(request, password=form, status=422)
    key = request.session.session_key
    actions.change_password(request.user, password=form.cleaned_data["password"], keep_session=key, by=request.party)
    update_session_auth_hash(request, request.user)
    LoginSession.objects.filter(session_key=key).update(session_key=request.session.session_key)
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
        if login.totp_step(secret, form.cleaned_data["code"]) is not None:
            codes = actions.set_second_factor(request.user, secret=secret, by=request.party)
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
    sessions.end(get_object_or_404(LoginSession, pk=pk, user=request.user))
    return redirect("desk:account")


@require_POST
@staff_only
def end_sessions(request: Any) -> HttpResponse:
    """End one's logins everywhere else."""
    actions.end_own_sessions(request.user, keep_session=request.session.session_key, by=request.party)
    notices.done(request, _("All other browsers were logged out."))
    return redirect("desk:account")


def _page(request: Any, *, password: ChangePasswordForm | None = None, status: int = 200) -> HttpResponse:
    user = request.user
    context = {
        "preferences": PreferencesForm(initial={"language": user.language, "calendar": user.calendar}),
        "password": password or ChangePasswordForm(user=user),
        "sessions": user.login_sessions.order_by("-seen_at"),
        "session_key": request.session.session_key,
        "roles": user.party.grants.select_related("unit__party"),
    }
    return render(request, "desk/account.html", context, status=status)
