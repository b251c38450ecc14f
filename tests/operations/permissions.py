"""Who may do what on the disk, looked at from outside."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

NOBODY = 65534
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can try it as somebody else")


def as_nobody(code: str) -> subprocess.CompletedProcess[str]:
    """Run a line of Python (it has os and socket) as a user who owns nothing."""
    begin = f"import os, socket; os.setgroups([]); os.setgid({NOBODY}); os.setuid({NOBODY}); "
    return subprocess.run(
        [sys.executable, "-I", "-S", "-c", begin + code], cwd="/", capture_output=True, text=True, timeout=30,
        check=False,
    )  # fmt: skip


def permissions_below(folder: Path, *, deep: bool = True) -> dict[Path, tuple[int, int, int]]:
    """Mode, owner and group of a folder, of all above it and of what lies in it."""
    within = folder.rglob("*") if deep else folder.glob("*")
    places = [folder, *folder.parents, *within]
    return {place: (found.st_mode, found.st_uid, found.st_gid) for place in places for found in [place.lstat()]}
