"""Health: what a load balancer or a watchdog asks, before anything else has a look at the request."""

from __future__ import annotations

from collections.abc import Callable

from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

ADDRESS = "/healthz"


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 while the database answers, else 503. Says nothing about anybody."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return JsonResponse({"status": "no database"}, status=503)
    return JsonResponse({"status": "ok"})


class HealthMiddleware:
    """Asked by any host name and without a database, health answers itself: no session, no organisation."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return health(request) if request.path == ADDRESS else self.get_response(request)
