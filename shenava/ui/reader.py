"""The reader: in which language, calendar, time zone and theme a page is shown."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.module_loading import import_string

from shenava.common.remembering import remembering

if TYPE_CHECKING:
    from shenava.people.models import Organisation

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
THEMES = ("auto", "light", "dark")
CALENDARS = {"fa": "jalali", "he": "gregorian", "en": "gregorian"}
_current: ContextVar[Reader | None] = ContextVar("reader", default=None)


@dataclass(frozen=True)
class Reader:
    """How somebody reads."""

    language: str = "en"
    calendar: str = "gregorian"
    time_zone: str = "UTC"
    theme: str = "auto"

    @property
    def direction(self) -> str:
        """rtl or ltr."""
        return "rtl" if self.language in ("fa", "he") else "ltr"


class ReaderMiddleware:
    """Finds out how the reader reads: his own choice, then this browser's, then the organisation's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.organisation: Callable[[], Organisation | None] = import_string(settings.ORGANISATION)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with remembering():
            return self._answer(request)

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        reader = self._reader(request)
        request.reader = reader  # type: ignore[attr-defined]
        token = _current.set(reader)
        try:
            with translation.override(reader.language), timezone.override(ZoneInfo(reader.time_zone)):
                response = self.get_response(request)
        finally:
            _current.reset(token)
        response.headers.setdefault("Content-Language", reader.language)
        return response

    def _reader(self, request: HttpRequest) -> Reader:
        organisation, user = self.organisation(), request.user
        request.organisation = organisation  # type: ignore[attr-defined]
        home = organisation.language if organisation else settings.LANGUAGE_CODE
        language = (
            getattr(user, "language", "")
            or _known(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""), LANGUAGES)
            or (_wanted(request) if user.is_anonymous else "")
            or home
        )
        calendar = getattr(user, "calendar", "") or _calendar(language, organisation)
        theme = getattr(user, "theme", "") or _known(request.COOKIES.get("theme", ""), THEMES) or "auto"
        return Reader(language, calendar, organisation.time_zone if organisation else "UTC", theme)


def _calendar(language: str, organisation: Organisation | None) -> str:
    if organisation is not None and organisation.language == language:
        return organisation.calendar_kind
    return CALENDARS.get(language, "gregorian")


def _wanted(request: HttpRequest) -> str:
    """The browser's language, if it asks for one of ours before anything else."""
    accepted = request.META.get("HTTP_ACCEPT_LANGUAGE", "")[:200]
    first = accepted.split(",")[0].split(";")[0].strip().lower().split("-")[0]
    return _known({"iw": "he"}.get(first, first), LANGUAGES)


def _known(value: str, choices: tuple[str, ...]) -> str:
    return value if value in choices else ""


def reader_of(request: HttpRequest) -> Reader:
    """The reader of this request."""
    found: Reader = getattr(request, "reader", None) or Reader()
    return found


def current_reader() -> Reader:
    """The reader of the page that is being made; a plain one outside of a request."""
    return _current.get() or Reader(language=translation.get_language() or "en")


def current_calendar() -> str:
    """The calendar of the page that is being made."""
    return current_reader().calendar
