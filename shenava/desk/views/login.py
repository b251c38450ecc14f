"""Getting in: password, second factor, lost password, invitation."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth import authenticate
from django.contrib.auth import login as begin_login
from django.contrib.auth import logout as end_login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from shenava.common import clock
from shenava.desk import gate, jobs
from shenava.desk.forms.accounts import (
    InvitationForm,
    LoginForm,
    NewPasswordForm,
    ResetRequestForm,
    SecondFactorForm,
)
from shenava.people import actions, sessions
from shenava.people import login as people_login
from shenava.people.models import User
from shenava.people.parties import system_party
from shenava.ui import notices
from shenava.ui.peers import address_of

HALF = "half_logged_in"
HALF_LIVES = timedelta(minutes=5)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """E-mail and password."""
    form = LoginForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        if not people_login.may_try(said["email"], address_of(request)):
            form.add_error(None, _("Too many attempts. Please try again in a quarter of an hour."))
        else:
            user = authenticate(request, email=said["email"], password=said["password"])
            if isinstance(user, User):
                people_login.was_right(said["email"], address_of(request))
                return _first_step_done(request, user)
            form.add_error(None, _("E-mail and password do not belong together."))
    return render(request, "desk/login.html", {"form": form}, status=422 if form.is_bound else 200)


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """The code of the second factor, within five minutes of the password."""
    half = request.session.get(HALF) or {}
    user = _half_logged_in(half)
    if user is None:
        return redirect("desk:login")
    form = SecondFactorForm(request.POST or None)
    if form.is_valid():
        if not people_login.may_try(f"code:{user.pk}", address_of(request)):
            form.add_error(None, _("Too many attempts. Please try again in a quarter of an hour."))
        elif people_login.second_factor_fits(user, form.cleaned_data["code"]):
            people_login.was_right(f"code:{user.pk}", address_of(request))
            return come_in(request, user, half["next"])
        else:
            form.add_error("code", _("This code does not fit. Codes change every half minute and work once."))
    return render(request, "desk/second_factor.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """Leave; the browser forgets what it was shown."""
    if request.user.is_authenticated:
        request.user.login_sessions.filter(session_key=request.session.session_key).delete()
    end_login(request)
    response = redirect("desk:login")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def reset_request(request: HttpRequest) -> HttpResponse:
    """Ask for a link to a new password. The answer is the same for every address."""
    form = ResetRequestForm(request.POST or None)
    if form.is_valid():
        if gate.may_ask(address_of(request)):
            jobs.send_reset.defer(user_id=gate.user_at(form.cleaned_data["email"]))
        return render(request, "desk/reset_sent.html")
    return render(request, "desk/reset_request.html", {"form": form}, status=422 if form.is_bound else 200)


@sensitive_post_parameters("password", "token")
@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: HttpRequest) -> HttpResponse:
    """Choose a new password by the link that was mailed. A second factor is still asked at login."""
    form = NewPasswordForm(request.POST or None)
    if form.is_valid():
        user = gate.user_of_reset(form.cleaned_data["token"])
        if user is None:
            form.add_error(None, _("This link does not work any more. Please ask for a new one."))
        elif _password_is_set(form, user):
            notices.done(request, _("Your new password is set. You can log in with it now."))
            return redirect("desk:login")
    return render(request, "desk/reset.html", {"form": form}, status=422 if form.is_bound else 200)


@sensitive_post_parameters("password", "token")
@require_http_methods(["GET", "HEAD", "POST"])
def accept_invitation(request: HttpRequest) -> HttpResponse:
    """Become a user by an invitation."""
    form = InvitationForm(request.POST or None, initial={"language": request.reader.language})  # type: ignore[attr-defined]
    if form.is_valid():
        said: dict[str, Any] = form.cleaned_data
        invitation = gate.invitation_of(said.pop("token"))
        try:
            if invitation is not None:
                return come_in(request, actions.accept_invitation(invitation, **said, by=system_party()), "")
            form.add_error(None, _("This invitation does not work any more. Please ask for a new one."))
        except ValidationError as refused:
            form.add_error(None, refused)
    return render(request, "desk/invitation.html", {"form": form}, status=422 if form.is_bound else 200)


def _first_step_done(request: HttpRequest, user: User) -> HttpResponse:
    wanted = request.POST.get("next") or request.GET.get("next", "")
    if not user.has_second_factor:
        return come_in(request, user, wanted)
    until = (clock.now() + HALF_LIVES).timestamp()
    proof = user.get_session_auth_hash()
    request.session[HALF] = {"user": user.pk, "proof": proof, "until": until, "next": wanted}
    return redirect("desk:second_factor")


def _half_logged_in(half: dict[str, Any]) -> User | None:
    """Who gave the right password within five minutes, if it still is the password and the account is active."""
    if not half or half["until"] < clock.now().timestamp():
        return None
    user = User.objects.select_related("party").filter(pk=half["user"], is_active=True).first()
    fits = user and user.has_second_factor and constant_time_compare(half["proof"], user.get_session_auth_hash())
    return user if fits else None


def _password_is_set(form: NewPasswordForm, user: User) -> bool:
    try:
        actions.reset_password(user, password=form.cleaned_data["password"], by=system_party())
    except ValidationError as refused:
        form.add_error("password", refused)
        return False
    return True


def come_in(request: HttpRequest, user: User, wanted: str) -> HttpResponse:
    """Begin a login that was proven, and go where somebody wanted to, if that is here."""
    request.session.pop(HALF, None)
    before = request.session.session_key
    begin_login(request, user, backend="shenava.people.login.PasswordBackend")
    sessions.begin(request, user, before=before)
    if wanted and url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        return redirect(wanted)
    return redirect("desk:home")
