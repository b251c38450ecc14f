"""Headers that every answer carries: nothing private is kept by browsers, proxies or search engines."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase


class PrivateByDefaultMiddleware:
    """Pages are not stored anywhere unless a view says otherwise."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if isinstance(response, HttpResponse):
            response.headers.setdefault("X-Robots-Tag", "noindex")
        return response
