"""Taking files in: counted while they stream, safe on the disk before their row is committed."""

from __future__ import annotations

import hashlib
import io
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shenava.attachments.kinds import ACCEPTED, ending_of, recognise
from shenava.attachments.models import File
from shenava.common import clock
from shenava.common.text import clean_name
from shenava.people.models import Party

CHUNK = 256 * 1024
RESERVE_BYTES = 500 * 1024 * 1024
RESERVE_SHARE = 0.05


class OutOfSpace(OSError):
    """The disk has reached its reserve: nothing more is taken in, so that what is here keeps working."""


class TooLarge(ValueError):
    """More bytes came than the limit allows; what had been written is gone again."""


class Written(NamedTuple):
    """What lies on the disk: size in bytes, SHA-256 in hex, content type."""

    size: int
    sha256: str
    content_type: str


def take_in(
    source: bytes | BinaryIO | UploadedFile[Any],
    *,
    name: str,
    by: Party | None = None,
    limit: int | None = None,
) -> File:
    """Store bytes and their row; call it inside the transaction that needs the file.

    `limit` is in bytes (None: settings.MAX_FILE_BYTES, 0: no limit, for mail, which is kept whole).
    Raises TooLarge, OutOfSpace. If the transaction fails, the bytes stay without a row: see `orphans`.
    """
    shown = (clean_name(name) or "file")[:200]
    file = File(key=secrets.token_hex(32), name=shown, taken_at=clock.now(), taken_by=by)
    most = settings.MAX_FILE_BYTES if limit is None else limit
    written = _write(file.path, _chunks(source), most or None, ending_of(shown))
    file.size, file.sha256, file.content_type = written
    try:
        file.save(force_insert=True)
    except BaseException:
        file.path.unlink(missing_ok=True)
        raise
    return file


def discard(file: File) -> None:
    """Remove a row now, and its bytes once the transaction is committed. Raises ProtectedError where it is in use."""
    path = file.path
    file.delete()
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def free_bytes() -> int:
    """Bytes that may still be taken in before the reserve (5 % of the disk, at most 500 MB) is touched."""
    folder = Path(settings.FILES_DIR)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    usage = shutil.disk_usage(folder)
    return usage.free - int(min(RESERVE_BYTES, usage.total * RESERVE_SHARE))


def check_upload(upload: UploadedFile[Any]) -> None:
    """Is this a file the portal accepts? Raises ValidationError with a sentence for the person."""
    name, size = clean_name(upload.name or "") or "?", upload.size or 0
    if size == 0:
        raise ValidationError(_("“%(name)s” is empty."), code="empty", params={"name": name})
    if size > settings.MAX_FILE_BYTES:
        raise ValidationError(
            _("“%(name)s” is larger than %(limit)s MB. Please send a smaller file."),
            code="too_large",
            params={"name": name, "limit": settings.MAX_FILE_BYTES // (1024 * 1024)},
        )
    found = recognise(upload.file, ending_of(name))  # type: ignore[arg-type]
    upload.seek(0)
    if found not in ACCEPTED:
        raise ValidationError(
            _("“%(name)s” is not a kind of file we accept. Please send documents, pictures, sound or video."),
            code="type",
            params={"name": name},
        )


def check_uploads(uploads: Sequence[UploadedFile[Any]]) -> None:
    """The same for all files of a form. Raises one ValidationError that names everything amiss."""
    errors: list[ValidationError] = []
    if len(uploads) > settings.MAX_FILES:
        too_many = _("These are %(count)s files; at most %(limit)s can be sent at once.")
        params = {"count": len(uploads), "limit": settings.MAX_FILES}
        errors.append(ValidationError(too_many, code="too_many", params=params))
    for upload in uploads[: settings.MAX_FILES]:
        try:
            check_upload(upload)
        except ValidationError as error:
            errors.append(error)
    if errors:
        raise ValidationError(errors)


def orphans(older_than_seconds: int = 86_400) -> Iterator[Path]:
    """Bytes without a row, left by a transaction that failed; young ones may still get their row."""
    latest = clock.now().timestamp() - older_than_seconds
    for folder in sorted(Path(settings.FILES_DIR).glob("??/??")):
        found = {path.name: path for path in folder.iterdir() if path.stat().st_mtime < latest}
        known = set(File.objects.filter(key__in=found).values_list("key", flat=True))
        yield from (path for key, path in found.items() if key not in known)


def _chunks(source: Any) -> Iterable[bytes]:
    if isinstance(source, UploadedFile):
        return source.chunks(CHUNK)
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    return iter(lambda: stream.read(CHUNK), b"")


def _write(path: Path, chunks: Iterable[bytes], most: int | None, ending: str) -> Written:
    room = free_bytes()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    size, digest = 0, hashlib.sha256()
    try:
        with open(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            for chunk in chunks:
                size += len(chunk)
                _refuse_beyond(size, most, room)
                digest.update(chunk)
                file.write(chunk)
            content_type = recognise(file, ending)
            file.flush()
            os.fsync(file.fileno())
        _sync_folders(path)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Written(size, digest.hexdigest(), content_type)


def _refuse_beyond(size: int, most: int | None, room: int) -> None:
    if most is not None and size > most:
        raise TooLarge(size)
    if size > room:
        raise OutOfSpace(size)


def _sync_folders(path: Path) -> None:
    """A new name is only safe once its folders are on the disk too."""
    for folder in (path.parent, path.parent.parent, path.parent.parent.parent):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
