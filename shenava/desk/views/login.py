"""Getting in: password, second factor, lost password, invitation."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth import authenticate
from django.contrib.auth import login as begin_login
from django.contrib.auth import logout as end_login
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from shenava.common import clock
from shenava.desk import gate
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
                return _first_step_done(request, user)
            form.add_error(None, _("E-mail and password do not belong together."))
    return render(request, "desk/login.html", {"form": form}, status=422 if form.is_bound else 200)


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """The code of the second factor, within five minutes of the password."""
    half = request.session.get(HALF)
    if not half or half["until"] < clock.now().timestamp():
        return redirect("desk:login")
    form = SecondFactorForm(request.POST or None)
    if form.is_valid():
        user = User.objects.select_related("party").get(pk=half["user"])
        if not people_login.may_try(f"code:{user.pk}", address_of(request)):
            form.add_error(None, _("Too many attempts. Please try again in a quarter of an hour."))
        elif people_login.second_factor_fits(user, form.cleaned_data["code"]):
            return _come_in(request, user, half["next"])
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
        gate.send_reset(form.cleaned_data["email"], address_of(request))
        return render(request, "desk/reset_sent.html")
    return render(request, "desk/reset_request.html", {"form": form}, status=422 if form.is_bound else 200)


@sensitive_post_parameters("password", "token")
@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: HttpRequest) -> HttpResponse:
    """Choose a new password by the link that was mailed. A second factor is still asked at login."""
    form = NewPasswordForm(request.POST or None)
    if form.is_valid():
        user = gate.user_of_reset(form.cleaned_data["token"], default_token_generator)
        if user is not None:
            actions.change_password(user, password=form.cleaned_data["password"], by=system_party())
            notices.done(request, _("Your new password is set. You can log in with it now."))
            return redirect("desk:login")
        form.add_error(None, _("This link does not work any more. Please ask for a new one."))
    return render(request, "desk/reset.html", {"form": form}, status=422 if form.is_bound else 200)


@sensitive_post_parameters("password", "token")
@require_http_methods(["GET", "HEAD", "POST"])
def accept_invitation(request: HttpRequest) -> HttpResponse:
    """Become a user by an invitation."""
    form = InvitationForm(request.POST or None, initial={"language": request.reader.language})  # type: ignore[attr-defined]
    if form.is_valid():
        said: dict[str, Any] = form.cleaned_data
        invitation = gate.invitation_of(said["token"])
        if invitation is not None:
            user = actions.accept_invitation(
                invitation, name=said["name"], password=said["password"], language=said["language"],
                by=system_party(),
            )  # fmt: skip
            return _come_in(request, user, "")
        form.add_error(None, _("This invitation does not work any more. Please ask for a new one."))
    return render(request, "desk/invitation.html", {"form": form}, status=422 if form.is_bound else 200)


def _first_step_done(request: HttpRequest, user: User) -> HttpResponse:
    wanted = request.POST.get("next") or request.GET.get("next", "")
    if not user.has_second_factor:
        return _come_in(request, user, wanted)
    until = (clock.now() + HALF_LIVES).timestamp()
    request.session[HALF] = {"user": user.pk, "until": until, "next": wanted}
    return redirect("desk:second_factor")


def _come_in(request: HttpRequest, user: User, wanted: str) -> HttpResponse:
    request.session.pop(HALF, None)
    begin_login(request, user, backend="shenava.people.login.PasswordBackend")
    sessions.begin(request, user)
    if wanted and url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        return redirect(wanted)
    return redirect("desk:home")
