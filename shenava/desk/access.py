"""Access to the desk: who is asking, and pages that only some roles may open."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from shenava.journal.actions import Refused, Verdict
from shenava.people.models import Organisation, Role
from shenava.people.standing import standing_of
from shenava.ui.views import form_expired, page_before, typed_texts

View = Callable[..., HttpResponseBase]
NOT_YOURS = Verdict(_("Your role does not include this page."))


def staff_only(view: View) -> View:
    """Pages of the desk: logged in, with a role. The standing is loaded once."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            if Organisation.current() is None:
                return HttpResponseRedirect(reverse("desk:set_up"))
            again = _login_address(request)
            return form_expired(request, again=again) if typed_texts(request) else HttpResponseRedirect(again)
        request.party = request.user.party
        request.user = request.party.user  # the row itself: a verb locks it and reads it anew
        request.standing = standing_of(request.party)
        if not request.standing.is_staff:
            raise Refused(NOT_YOURS, view.__name__)
        return view(request, *args, **kwargs)

    return guarded


def needs(*roles: str) -> Callable[[View], View]:
    """Pages for some roles only."""

    def decorator(view: View) -> View:
        @staff_only
        @wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.standing.has(*roles):
                raise Refused(NOT_YOURS, view.__name__)
            return view(request, *args, **kwargs)

        return guarded

    return decorator


def administrators_only(view: View) -> View:
    """Pages of the administration."""
    return needs(Role.ADMINISTRATOR)(view)


def way_back(request: HttpRequest, otherwise: str) -> str:
    """The page of the desk that a form came from, as it says itself; never anywhere else."""
    wanted: str = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if safe and wanted.startswith("/desk/") else reverse(otherwise)


def _login_address(request: HttpRequest) -> str:
    wanted = request.get_full_path() if request.method == "GET" else page_before(request)
    query = f"?{urlencode({'next': wanted})}" if wanted not in ("/", "/desk/") else ""
    return reverse("desk:login") + query
