"""Pending files: chosen with a form that has still to be corrected, so that nobody chooses twice."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from shenava.attachments import store
from shenava.attachments.models import File

KEY = "pending_files"


def take_pending(request: HttpRequest, submission: str) -> list[str]:
    """Take in what came with this request; gives sentences about what was refused.

    Files are bound to the session and to the form's one-time mark; at most MAX_FILES of them.
    """
    kept = _kept(request, submission)
    removed = set(request.POST.getlist("remove_file"))
    kept = [pk for pk in kept if str(pk) not in removed]
    problems: list[str] = []
    for upload in request.FILES.getlist("files"):
        if len(kept) >= settings.MAX_FILES:
            problems.append(_too_many())
            break
        taken, problem = _take(upload)
        kept += [taken.pk] if taken else []
        problems += [problem] if problem else []
    _keep(request, submission, kept)
    return problems


def pending(request: HttpRequest, submission: str) -> list[File]:
    """The files taken in so far for this form."""
    return list(File.objects.filter(pk__in=_kept(request, submission)).order_by("pk"))


def forget(request: HttpRequest, submission: str) -> None:
    """The form was accepted; its files belong to the complaint now."""
    _keep(request, submission, [])


def _take(upload: UploadedFile[bytes]) -> tuple[File | None, str]:
    try:
        store.check_upload(upload)
        return store.take_in(upload, name=upload.name or ""), ""
    except ValidationError as refused:
        return None, " ".join(refused.messages)


def _too_many() -> str:
    return _("No more than %(count)s files can be sent at once; the others were left out.") % {
        "count": settings.MAX_FILES
    }


def _kept(request: HttpRequest, submission: str) -> list[int]:
    found: Iterable[int] = request.session.get(KEY, {}).get(submission, [])
    return list(found)


def _keep(request: HttpRequest, submission: str, pks: list[int]) -> None:
    everything = request.session.get(KEY, {})
    everything.pop(submission, None)
    if pks:
        everything[submission] = pks
    request.session[KEY] = dict(list(everything.items())[-5:])
