"""Handing files out: our own idea of their type, never run by a browser, by addresses that soon end."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from django.core import signing
from django.http import FileResponse
from django.urls import reverse
from django.utils.http import content_disposition_header

from shenava.attachments.kinds import ACCEPTED, UNKNOWN
from shenava.attachments.models import File
from shenava.common import clock

LIFETIME = timedelta(minutes=10)
SALT = "shenava.attachments.handout"
POLICY = "sandbox; default-src 'none'"


class Handed(NamedTuple):
    """What a signed address stands for: the file and for whom the address was made."""

    file: File
    audience: str


def signed_path(file: File, audience: str) -> str:
    """An address that hands this file out for 10 minutes. `audience` says who it was made for (`desk:7`).

    Whoever makes the address has asked whether the audience may see the file; the address needs no login.
    """
    ends = int((clock.now() + LIFETIME).timestamp())
    return reverse("attachments:file", args=[signing.dumps([file.pk, audience, ends], salt=SALT)])


def open_signed(token: str) -> Handed | None:
    """The file of a signed address; None when the address is forged, changed, ended or its file gone."""
    try:
        pk, audience, ends = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    if clock.now().timestamp() >= ends:
        return None
    file = File.objects.filter(pk=pk).first()
    return Handed(file, audience) if file else None


def file_response(file: File) -> FileResponse:
    """Stream a file. Only pictures made of pixels are shown in place; all else is saved. Raises
    FileNotFoundError when the disk has lost it."""
    response = FileResponse(file.path.open("rb"))
    response["Content-Type"] = _declared(file.content_type)
    response["Content-Length"] = str(file.size)
    response["Content-Disposition"] = content_disposition_header(not file.is_picture, file.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _declared(content_type: str) -> str:
    known = content_type in ACCEPTED or content_type == "application/zip"
    charset = "; charset=utf-8" if content_type.startswith("text/") else ""
    return content_type + charset if known else UNKNOWN
