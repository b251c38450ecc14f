"""Which programs use one data folder: noted in a file, one at a time, and forgotten once they are gone."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from shenava.operations.binaries import NoPostgresError

PATIENCE = 90


def join(home: Path) -> None:
    """Note that this program uses the folder. Call it within `alone`."""
    _note(home, living(home) | {mark_of(os.getpid())})


def leave(home: Path) -> bool:
    """Forget this program; True if it was the last. Call it within `alone`."""
    left = living(home) - {mark_of(os.getpid())}
    _note(home, left)
    return not left


def living(home: Path) -> set[str]:
    """The programs on this folder that still live, each as `pid@start`: a pid alone may have been given anew."""
    place = home / "programs"
    noted = place.read_text().split() if place.exists() else []
    return {mark for mark in noted if mark == mark_of(int(mark.partition("@")[0]))}


def mark_of(pid: int) -> str:
    """A running program and when it started, in the system's ticks; empty if there is none."""
    if not Path("/proc/self/stat").exists():
        return f"{pid}@-" if _is_there(pid) else ""
    try:
        state, *rest = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return ""
    return "" if state in "ZX" else f"{pid}@{rest[18]}"


def runs_on(folder: Path, pid: int) -> bool:
    """Does a program with this number live, and has it been started on this folder?"""
    with suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)  # as the first process of a container orphans are ours to bury
    told = _command_of(pid)
    return bool(mark_of(pid)) and (told is None or os.fsencode(folder) in told.split(b"\0"))


def is_ending(pid: int) -> bool:
    """Has this program been killed and is not gone yet? Its memory goes first, and its command line with that."""
    return _command_of(pid) == b"" and bool(mark_of(pid))


def _command_of(pid: int) -> bytes | None:
    """How a program was started; None where nobody can say."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return None


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """One program at a time starts, stops or counts. The lock ends with its holder, however that ends."""
    with (home / "lock").open("w") as file:
        deadline = time.monotonic() + PATIENCE
        while not _locked(file.fileno()):
            if time.monotonic() > deadline:
                raise NoPostgresError(f"Another program holds {home} for more than a minute.")
            time.sleep(0.1)
        yield


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except ProcessLookupError:
        return False
    return True


def _note(home: Path, marks: set[str]) -> None:
    (home / "programs").write_text("\n".join(sorted(marks)))
