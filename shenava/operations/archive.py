"""Backup and restore: database, files and keys in one sealed archive, and the proof that it came back whole."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from getpass import getpass
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings

from config import environment
from shenava.common import clock
from shenava.operations import dumping, packing
from shenava.operations.binaries import NoPostgresError
from shenava.operations.proof import Manifest, differences, empty_or_why_not, take_stock
from shenava.operations.sealing import SealedReader, SealedWriter, SealError

SHORTEST = 12
NOTE = "last-backup.json"
FAULTS = (SealError, dumping.DumpError, NoPostgresError, packing.PackError, OSError, tarfile.TarError)


class Refused(RuntimeError):
    """Nothing was done; the text says why."""


def backup(file: str) -> int:
    """Write an archive and read it again. 0 when it is whole, 1 with a sentence when not."""
    return _tell(lambda: _backup(Path(file).absolute()), "No backup was written")


def restore(file: str) -> int:
    """Bring an archive into this empty installation and prove it. 0 when everything is proven, else 1."""
    return _tell(lambda: _restore(Path(file).absolute()), "Nothing was restored")


def last_backup() -> dict[str, Any] | None:
    """When and where the last backup went, as this installation remembers it."""
    place = Path(settings.DATA_DIR) / NOTE
    return json.loads(place.read_text()) if place.exists() else None


def _tell(deed: Callable[[], int], failed: str) -> int:
    try:
        return deed()
    except (Refused, *FAULTS) as fault:
        print(f"{failed}. {fault}", file=sys.stderr)
        return 1


def _backup(target: Path) -> int:
    if target.exists():
        raise Refused(f"{target} exists already; name another file.")
    passphrase = _passphrase(twice=True)
    part = target.with_name(target.name + ".part")
    try:
        with _private_folder() as folder, _created(part) as file:
            manifest = _pack(folder, file, passphrase)
            os.fsync(file.fileno())
        _read_again(part, passphrase)
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)
    note = {"at": clock.now().isoformat(), "file": str(target), "bytes": target.stat().st_size}
    (Path(settings.DATA_DIR) / NOTE).write_text(json.dumps(note))
    print(f"Written and read again: {target} ({note['bytes']:,} bytes)\n  {manifest.summary()}")
    for fault in manifest.broken:
        print(f"  The journal was broken already: {fault}", file=sys.stderr)
    return 1 if manifest.broken else 0


def _pack(folder: Path, file: BinaryIO, passphrase: str) -> Manifest:
    """Database first, then files: whatever a row of the dump names lies on the disk by then."""
    with dumping.snapshot() as name:
        stock = take_stock()
        dumping.dump(folder / packing.DUMP, of=name)
    sealed = SealedWriter(file, passphrase)
    hashes = packing.pack(sealed, _members(folder), lambda hashes: stock.with_hashes(hashes).to_json())
    sealed.finish()
    return stock.with_hashes(hashes)


def _members(folder: Path) -> Iterator[tuple[str, Path]]:
    yield packing.DUMP, folder / packing.DUMP
    yield packing.KEY, _key_file()
    files = Path(settings.FILES_DIR)
    for path in sorted(files.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield f"{packing.FILES}/{path.relative_to(files).as_posix()}", path


def _read_again(part: Path, passphrase: str) -> None:
    with part.open("rb") as file:
        packing.unpack(SealedReader(file, passphrase), None)


def _restore(source: Path) -> int:
    why_not = empty_or_why_not()
    if why_not:
        raise Refused(why_not)
    passphrase = _passphrase(twice=False)
    with _private_folder() as folder:
        with source.open("rb") as file:
            hashes = packing.unpack(SealedReader(file, passphrase), folder)
        manifest = Manifest.from_json((folder / packing.MANIFEST).read_text())
        _check(manifest, hashes)
        dumping.clear()
        dumping.restore(folder / packing.DUMP)
        _put_in_place(folder)
    return _prove(manifest)


def _check(manifest: Manifest, hashes: dict[str, str]) -> None:
    if manifest.hashes != hashes:
        raise Refused("The archive does not hold what its manifest says.")
    unknown = sorted(set(manifest.migrations) - dumping.known_migrations())
    if unknown:
        raise Refused(f"The archive comes from a newer Shenava ({unknown[0]} is not known here); update the program.")


def _put_in_place(folder: Path) -> None:
    """The key and the files, each by one renaming."""
    key = _key_file()
    key.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.replace(folder / packing.KEY, key)
    files, came = Path(settings.FILES_DIR), folder / packing.FILES
    if came.exists():
        shutil.rmtree(files, ignore_errors=True)
        os.replace(came, files)


def _prove(manifest: Manifest) -> int:
    files = Path(settings.FILES_DIR)
    with dumping.snapshot():
        found = take_stock()
    places = {packing.KEY: _key_file()}
    places |= {f"{packing.FILES}/{path.relative_to(files).as_posix()}": path for path in files.rglob("*")}
    hashes = {name: packing.hash_of(path) for name, path in places.items() if path.is_file()}
    amiss = differences(manifest, found.with_hashes(hashes | {packing.DUMP: manifest.hashes[packing.DUMP]}))
    if amiss:
        print("Restored, but NOT as it was:", *amiss, sep="\n  ", file=sys.stderr)
        return 1
    print(f"Restored and proven, as of {manifest.created}:\n  {found.with_hashes(hashes).summary()}")
    if set(manifest.migrations) != dumping.known_migrations():
        print("The archive is of an older Shenava: run  shenava migrate  now.")
    return 0


def _key_file() -> Path:
    return Path(settings.DATA_DIR) / packing.KEY


def _passphrase(*, twice: bool) -> str:
    given = environment.load().backup_passphrase
    if not given:
        if not sys.stdin.isatty():
            raise Refused("There is nobody to ask for the passphrase: set SHENAVA_BACKUP_PASSPHRASE.")
        given = getpass("Passphrase of the archive: ")
        if twice and getpass("Once more: ") != given:
            raise Refused("The two passphrases are not the same.")
    if len(given) < SHORTEST:
        raise Refused(f"A passphrase has at least {SHORTEST} characters.")
    return given


@contextmanager
def _private_folder() -> Iterator[Path]:
    """A folder beside the data, for its owner alone, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="archive-", dir=settings.DATA_DIR) as folder:
        yield Path(folder)


@contextmanager
def _created(place: Path) -> Iterator[BinaryIO]:
    with os.fdopen(os.open(place, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
        yield file
