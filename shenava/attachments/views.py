"""The one address of this room: it needs no cookie, the signature in it is the permission."""

from __future__ import annotations

import logging

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from shenava.attachments.handout import file_response, open_signed

log = logging.getLogger(__name__)


@require_safe
def file(request: HttpRequest, token: str) -> HttpResponseBase:
    """Hand out the file of a signed address."""
    handed = open_signed(token)
    if handed is None:
        raise Http404
    try:
        return file_response(handed.file)
    except FileNotFoundError as error:
        log.error("the bytes of file %s are missing on the disk", handed.file.pk)
        raise Http404 from error
