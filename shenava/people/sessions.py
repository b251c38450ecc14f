"""Login sessions: listed, limited in time, ended from anywhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.contrib.auth import logout
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from shenava.common import clock
from shenava.people.models import LoginSession, User
from shenava.ui.peers import address_of

TOUCH_EVERY = timedelta(minutes=1)


class LoginSessionMiddleware:
    """Lets a login live only as long as its row does, two idle hours and twelve hours at most."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated and not self._lives(request):
            logout(request)
        return self.get_response(request)

    def _lives(self, request: HttpRequest) -> bool:
        now = clock.now()
        row = LoginSession.objects.living().filter(session_key=request.session.session_key).first()
        if row is None:
            return False
        request.login_session = row  # type: ignore[attr-defined]
        if now - row.seen_at > TOUCH_EVERY:
            LoginSession.objects.filter(pk=row.pk).update(seen_at=now)
        return True


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
