"""Pages that belong to no door: language, theme, and what is said when something goes wrong."""

from __future__ import annotations

import secrets
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from shenava.ui.reader import LANGUAGES, THEMES

YEAR = 365 * 24 * 3600
PROSE = frozenset({"text", "description", "expectation", "reasons"})


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Read on in another language; logged-in users have it in their account too."""
    language = request.POST.get("language", "")
    response = HttpResponseRedirect(_back(request))
    if language in LANGUAGES:
        _keep(response, settings.LANGUAGE_COOKIE_NAME, language)
        if request.user.is_authenticated:
            request.user.prefer(language=language)
    return response


@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Light, dark, or as the device has it."""
    theme = request.POST.get("theme", "")
    response = HttpResponseRedirect(_back(request))
    if theme in THEMES:
        _keep(response, "theme", theme)
        if request.user.is_authenticated:
            request.user.prefer(theme="" if theme == "auto" else theme)
    return response


def _keep(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=YEAR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE)


def _back(request: HttpRequest) -> str:
    target = request.POST.get("next") or "/"
    allowed = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return _here(urlsplit(target)) if allowed else "/"


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The request made no sense."""
    return render(request, "ui/errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Refused, with the reason where it is one of ours."""
    reason = getattr(exception, "reason", "")
    return render(request, "ui/errors/403.html", {"reason": reason}, status=403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was opened too long ago or in another session; nothing is lost, the way back is shown."""
    return form_expired(request, again=page_before(request))


def form_expired(request: HttpRequest, *, again: str) -> HttpResponse:
    """Give back what was typed, and the way to where it can be sent: `again` is an address of ours."""
    context = {"typed": typed_texts(request), "again": again}
    return render(request, "ui/errors/csrf.html", context, status=403)


def typed_texts(request: HttpRequest) -> list[str]:
    """The longer texts of a form that was sent, so that they can be copied."""
    fields = request.POST.items() if request.method == "POST" else ()
    return [str(value) for name, value in fields if name in PROSE and str(value).strip()]


def page_before(request: HttpRequest) -> str:
    """The page the form stood on: many addresses take a form and show nothing themselves."""
    try:
        parts = urlsplit(request.headers.get("Referer", ""))
    except ValueError:  # no address at all, such as http://[::1
        return "/"
    return _here(parts) if parts.netloc == request.get_host() else "/"


def _here(parts: SplitResult) -> str:
    """An address on this host whatever its path begins with: //elsewhere would be another host."""
    return parts._replace(scheme="", netloc="", path="/" + parts.path.lstrip("/\\")).geturl()


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Unknown and hidden look the same."""
    return render(request, "ui/errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke: a number for the person, the details in the log. Needs no database."""
    return HttpResponse(render_to_string("ui/errors/500.html", {"number": secrets.token_hex(4)}), status=500)
