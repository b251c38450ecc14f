"""Uploads: what is too large is refused before it is stored."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

TOO_LARGE = 413


class UploadLimitMiddleware:
    """Refuses a request whose announced size is over the limit, and counts the bytes of the others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if _announced(request) > settings.MAX_REQUEST_BYTES:
            return too_large(request)
        request.upload_handlers = [CountingUploadHandler(request)]
        response = self.get_response(request)
        handler = request.upload_handlers[0] if request.upload_handlers else None
        if isinstance(handler, CountingUploadHandler) and handler.overflowed:
            return too_large(request)
        return response


class CountingUploadHandler(TemporaryFileUploadHandler):
    """Writes files to temporary ones, up to the limit of the whole request."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.taken = 0
        self.overflowed = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.taken += len(raw_data)
        if self.taken > settings.MAX_REQUEST_BYTES:
            self.overflowed = True
            raise StopUpload(connection_reset=True)
        return super().receive_data_chunk(raw_data, start)


def too_large(request: HttpRequest) -> HttpResponseBase:
    """The page that says how much may be sent at once."""
    megabytes = settings.MAX_REQUEST_BYTES // (1024 * 1024)
    return render(request, "ui/too_large.html", {"megabytes": megabytes}, status=TOO_LARGE)


def _announced(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
