"""What lies in an archive: dump, key, files, and the manifest at the end that knows their hashes."""

from __future__ import annotations

import hashlib
import io
import os
import tarfile
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath
from typing import IO, Any

DUMP, KEY, FILES, MANIFEST = "database.dump", "keys/secret.key", "files", "manifest.json"
BLOCK = 1024 * 1024


class PackError(ValueError):
    """The archive holds what no archive of ours holds."""


class Hashed:
    """A stream whose bytes are hashed as they are read."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self._digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        block = self._source.read(size)
        self._digest.update(block)
        return block

    @property
    def hexdigest(self) -> str:
        """SHA-256 of what was read so far."""
        return self._digest.hexdigest()


def pack(target: Any, members: Iterable[tuple[str, Path]], manifest: Callable[[dict[str, str]], str]) -> dict[str, str]:
    """Write all members and, last, the manifest made of their hashes; gives the hashes."""
    hashes: dict[str, str] = {}
    with tarfile.open(fileobj=target, mode="w|", format=tarfile.PAX_FORMAT) as tar:
        for name, path in members:
            with path.open("rb") as source:
                hashed = Hashed(source)
                tar.addfile(_entry(name, os.fstat(source.fileno()).st_size), hashed)
            hashes[name] = hashed.hexdigest
        text = manifest(hashes).encode()
        tar.addfile(_entry(MANIFEST, len(text)), io.BytesIO(text))
    return hashes


def unpack(source: Any, folder: Path | None) -> dict[str, str]:
    """Read all members to the very end, into a folder or nowhere; gives their hashes without the manifest's."""
    hashes: dict[str, str] = {}
    with tarfile.open(fileobj=source, mode="r|") as tar:
        for member in tar:
            _refuse_stranger(member)
            hashes[member.name] = _copy(tar.extractfile(member), folder and folder / member.name)
    while source.read(BLOCK):
        pass
    if hashes.pop(MANIFEST, None) is None:
        raise PackError("The archive has no manifest.")
    return hashes


def hash_of(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    return entry


def _refuse_stranger(member: tarfile.TarInfo) -> None:
    parts = PurePosixPath(member.name).parts
    ours = member.name in (DUMP, KEY, MANIFEST) or (parts[:1] == (FILES,) and len(parts) > 1)
    if not member.isreg() or not ours or ".." in parts:
        raise PackError(f"The archive holds {member.name!r}, which does not belong there.")


def _copy(source: IO[bytes] | None, target: Path | None) -> str:
    hashed = Hashed(source or io.BytesIO())
    if target is None:
        while hashed.read(BLOCK):
            pass
        return hashed.hexdigest
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        while block := hashed.read(BLOCK):
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    return hashed.hexdigest
