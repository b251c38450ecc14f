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
from shenava.people.models import Party

KEY = "pending_files"
MOST_FORMS = 8


def take_pending(request: HttpRequest, submission: str, *, by: Party | None = None) -> list[str]:
    """Take in what came with this request; gives sentences about what was refused.

    Files are bound to the session and to the form's one-time mark; at most MAX_FILES of them.
    """
    kept = _left(request, submission)
    problems: list[str] = []
    for upload in request.FILES.getlist("files"):
        if len(kept) >= settings.MAX_FILES:
            problems.append(_too_many())
            break
        taken, problem = _take(upload, by)
        kept += [taken.pk] if taken else []
        problems += [problem] if problem else []
    _keep(request, submission, kept)
    return problems


def take_one(request: HttpRequest, submission: str, field: str) -> list[str]:
    """As `take_pending`, for a field of one file: a later one takes the place of the first."""
    upload = request.FILES.get(field)
    taken, problem = _take(upload) if upload else (None, "")
    keep_one(request, submission, field, [taken.pk] if taken else _left(request, _mark(submission, field)))
    return [problem] if problem else []


def keep_one(request: HttpRequest, submission: str, field: str, pks: list[int]) -> None:
    """Bind a file that was taken in before to this form."""
    _keep(request, _mark(submission, field), pks)


def pending(request: HttpRequest, submission: str, field: str = "") -> list[File]:
    """The files taken in so far for this form."""
    return list(File.objects.filter(pk__in=_kept(request, _mark(submission, field))).order_by("pk"))


def forget(request: HttpRequest, submission: str, *fields: str) -> None:
    """The form was accepted; its files belong to the complaint now."""
    for field in ("", *fields):
        _keep(request, _mark(submission, field), [])


def _mark(submission: str, field: str) -> str:
    return f"{submission} {field}" if field else submission


def _left(request: HttpRequest, mark: str) -> list[int]:
    removed = set(request.POST.getlist("remove_file"))
    return [pk for pk in _kept(request, mark) if str(pk) not in removed]


def _take(upload: UploadedFile[bytes], by: Party | None = None) -> tuple[File | None, str]:
    try:
        store.check_upload(upload)
        return store.take_in(upload, name=upload.name or "", by=by), ""
    except ValidationError as refused:
        return None, " ".join(refused.messages)


def _too_many() -> str:
    return _("No more than %(count)s files can be sent at once; the others were left out.") % {
        "count": settings.MAX_FILES
    }


def _kept(request: HttpRequest, mark: str) -> list[int]:
    found: Iterable[int] = request.session.get(KEY, {}).get(mark, [])
    return list(found)


def _keep(request: HttpRequest, mark: str, pks: list[int]) -> None:
    if _kept(request, mark) == pks:
        return
    everything = request.session.get(KEY, {})
    everything.pop(mark, None)
    if pks:
        everything[mark] = pks
    request.session[KEY] = dict(list(everything.items())[-MOST_FORMS:])
