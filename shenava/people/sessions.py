"""Login sessions: listed, limited in time, ended from anywhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, logout
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import constant_time_compare

from shenava.common import clock
from shenava.people.models import LoginSession, User
from shenava.ui.peers import address_of

TOUCH_EVERY = timedelta(minutes=1)


class LoginSessionMiddleware:
    """Lets a login live only as long as its row does, two idle hours and twelve hours at most."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if SESSION_KEY in request.session:
            self._look(request)
        return self.get_response(request)

    def _look(self, request: HttpRequest) -> None:
        living = LoginSession.objects.living().select_related("user__party")
        row, now = living.filter(session_key=request.session.session_key).first(), clock.now()
        if row is None:
            if request.user.is_authenticated:
                logout(request)
            return
        if _is_whose(row, request):
            request.user = row.user
        request.login_session = row  # type: ignore[attr-defined]
        if now - row.seen_at > TOUCH_EVERY:
            LoginSession.objects.filter(pk=row.pk).update(seen_at=now)


def _is_whose(row: LoginSession, request: HttpRequest) -> bool:
    """Is this the login of the user whom the session names, with the password of now? It comes with the row then;
    else Django finds out who it is, by its own way."""
    named, known = request.session[SESSION_KEY], request.session.get(HASH_SESSION_KEY, "")
    is_same = row.user.is_active and str(row.user.pk) == str(named)
    return is_same and constant_time_compare(known, row.user.get_session_auth_hash())


def login_of(request: HttpRequest) -> int:
    """The number of this browser's login; 0 where there is none."""
    row: LoginSession | None = getattr(request, "login_session", None)
    return row.pk if row else 0


def begin(request: HttpRequest, user: User, *, before: str | None = None) -> LoginSession:
    """Note a login that has just happened in this browser, in place of the one there was `before`."""
    LoginSession.objects.filter(session_key=before or "").delete()
    if not request.session.session_key:
        request.session.save()
    now = clock.now()
    return LoginSession.objects.create(
        user=user,
        session_key=str(request.session.session_key),
        began_at=now,
        seen_at=now,
        browser=request.META.get("HTTP_USER_AGENT", "")[:200],
        address=address_of(request),
    )


def rename(before: str, after: str) -> None:
    """A browser goes on with a new session key."""
    LoginSession.objects.filter(session_key=before).update(session_key=after)


def end(session: LoginSession) -> None:
    """End one login: its browser is out at the next request."""
    Session.objects.filter(session_key=session.session_key).delete()
    session.delete()


def tidy() -> int:
    """Forget logins and sessions that are over; how many logins."""
    Session.objects.filter(expire_date__lt=clock.now()).delete()
    return LoginSession.objects.over().delete()[0]


def end_all(user: User, *, but: str | None = None) -> int:
    """End all logins of a user, except for the one with this session key; how many."""
    rows = user.login_sessions.exclude(session_key=but or "")
    keys = list(rows.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    rows.delete()
    return len(keys)
