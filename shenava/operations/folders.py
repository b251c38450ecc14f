"""Where the embedded PostgreSQL keeps its things, and who may enter.

As root everything lies below /var/lib/shenava: the folder is root's own, and only what the server itself
writes belongs to the system user who runs it. Permissions elsewhere are never touched.
"""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import tempfile
from hashlib import sha256
from pathlib import Path

from shenava.operations.binaries import NoPostgresError

SYSTEM_USER = "shenava"
ROOTS_OWN = Path("/var/lib/shenava")
LONGEST_SOCKET = 90
ODD = frozenset(",\"'\\")


def home_of(data_dir: Path) -> Path:
    """The folder of the server; as root below /var/lib/shenava, wherever the data were wished."""
    if os.geteuid() != 0 or ROOTS_OWN in data_dir.parents:
        return data_dir
    return ROOTS_OWN / sha256(str(data_dir.absolute()).encode()).hexdigest()[:8]


def socket_of(home: Path) -> Path:
    """The folder of the socket; a plain short name elsewhere where the system or PostgreSQL cannot take this one."""
    if len(str(home / "run")) <= LONGEST_SOCKET and not ODD & set(str(home)):
        return home / "run"
    mark = sha256(str(home).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"shenava-{os.geteuid()}-{mark}"


def prepare(home: Path) -> None:
    """Make the folder of the server. As root it stays root's: the server may pass through, and write nothing."""
    if os.geteuid() != 0:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        return
    _ensure_system_user()
    for folder, group, mode in ((ROOTS_OWN, "root", 0o755), (home, SYSTEM_USER, 0o710)):
        folder.mkdir(parents=True, exist_ok=True, mode=mode)
        shutil.chown(folder, "root", group)
        folder.chmod(mode)


def prepare_for_server(folder: Path) -> None:
    """Make a folder for the server alone. Raises NoPostgresError where somebody else has put something there."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or os.geteuid() not in (0, found.st_uid):
        raise NoPostgresError(f"{folder} belongs to somebody else: remove it, or set SHENAVA_DATA to another folder.")
    give_to_server(folder)
    folder.chmod(0o700)


def give_to_server(place: Path) -> None:
    """What lies here belongs to the user who runs the server."""
    if os.geteuid() == 0:
        shutil.chown(place, SYSTEM_USER, SYSTEM_USER)


def _ensure_system_user() -> None:
    if subprocess.run(["id", SYSTEM_USER], capture_output=True, check=False).returncode == 0:
        return
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode:
        raise NoPostgresError(f"The system user {SYSTEM_USER} could not be made: {made.stderr.strip()}")
