"""The embedded PostgreSQL: found again after a crash, shared by two programs, closed to everybody else.

The binaries of a wheel (or of the machine) are run directly. As root they run as a system user of their
own, with everything below /var/lib/shenava; permissions elsewhere are never touched.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from shenava.operations import binaries
from shenava.operations.binaries import NoPostgresError

SYSTEM_USER = "shenava"
LONGEST_SOCKET = 90
SETTINGS = (
    "listen_addresses = ''",
    "max_connections = 60",
    "shared_buffers = '128MB'",
    "password_encryption = 'scram-sha-256'",
    "log_timezone = 'UTC'",
    "timezone = 'UTC'",
)
__all__ = ["NoPostgresError", "Server", "ensure_running", "release"]


class Server:
    """One embedded server: its folders, and who it runs as."""

    def __init__(self, data_dir: Path) -> None:
        self.home = data_dir
        self.data = data_dir / "postgres"
        self.password_file = data_dir / "postgres.password"
        self.socket = _socket_dir(data_dir)
        self.as_root = os.geteuid() == 0
        self.bin = binaries.find(for_user=SYSTEM_USER if self.as_root else None)

    @property
    def url(self) -> str:
        """How the program connects: through the socket, with the password of this installation."""
        password = self.password_file.read_text().strip()
        return f"postgresql://shenava:{password}@/shenava?host={quote(str(self.socket), safe='')}"

    def run(self, tool: str, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run one of PostgreSQL's tools as the user who owns the data."""
        command: Sequence[str] = [str(self.bin / tool), *arguments]
        if self.as_root:
            command = [
                "setpriv",
                f"--reuid={SYSTEM_USER}",
                f"--regid={SYSTEM_USER}",
                "--clear-groups",
                *command,
            ]
        environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "HOME": str(self.home)}
        return subprocess.run(
            command, check=check, text=True, capture_output=True, env=environment, cwd="/", timeout=120
        )

    def initialise(self) -> None:
        """Make the data folder, once."""
        self._own_folders()
        if (self.data / "PG_VERSION").exists():
            return
        shutil.rmtree(self.data, ignore_errors=True)
        self._write(self.password_file, secrets.token_urlsafe(24))
        self.run(
            "initdb", "-D", str(self.data), "-U", "shenava", "--pwfile", str(self.password_file),
            "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C",
        )  # fmt: skip
        settings = [*SETTINGS, f"unix_socket_directories = '{self.socket}'", "unix_socket_permissions = 0700"]
        with (self.data / "postgresql.conf").open("a") as file:
            file.write("\n".join(["", *settings, ""]))

    def is_running(self) -> bool:
        """Does a server run on this folder?"""
        return self.run("pg_ctl", "status", "-D", str(self.data), check=False).returncode == 0

    def start(self) -> None:
        """Start the server and wait until it answers. A stale pid file is none of its business."""
        log = self.home / "postgres.log"
        options = f"-c unix_socket_directories='{self.socket}'"
        done = self.run(
            "pg_ctl",
            "start",
            "-w",
            "-t",
            "60",
            "-D",
            str(self.data),
            "-l",
            str(log),
            "-o",
            options,
            check=False,
        )
        if done.returncode and not self.is_running():
            tail = log.read_text(errors="replace")[-600:] if log.exists() else done.stderr
            raise NoPostgresError(f"PostgreSQL did not start; its log ({log}) says: {tail}")

    def stop(self) -> None:
        """Stop the server; sessions are ended."""
        self.run("pg_ctl", "stop", "-w", "-m", "fast", "-D", str(self.data), check=False)

    def ensure_database(self) -> None:
        """Make the program's database, once."""
        base = self.url.replace("/shenava?", "/postgres?")
        asked = self.run("psql", base, "-Atc", "SELECT 1 FROM pg_database WHERE datname = 'shenava'")
        if not asked.stdout.strip():
            self.run("psql", base, "-c", "CREATE DATABASE shenava")

    def _own_folders(self) -> None:
        folders = [self.home, self.socket]
        if self.as_root:
            _ensure_system_user()
            folders += [folder for folder in self.home.parents if folder.name == "shenava" and folder.parent == VAR_LIB]
        for folder in folders:
            _make(folder)
            if self.as_root:
                shutil.chown(folder, SYSTEM_USER, SYSTEM_USER)

    def _write(self, place: Path, text: str) -> None:
        with os.fdopen(os.open(place, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as file:
            file.write(text)
        if self.as_root:
            shutil.chown(place, SYSTEM_USER, SYSTEM_USER)


VAR_LIB = Path("/var/lib")


def ensure_running(data_dir: Path) -> str:
    """The address of the server on this folder; started if need be. Shared with other programs on it.

    Raises NoPostgresError with one sentence.
    """
    server = Server(_place(data_dir))
    _make(server.home)
    with _locked(server.home):
        server.initialise()
        if not server.is_running():
            server.start()
        server.ensure_database()
        _note_users(server.home, _users(server.home) | {_mark(os.getpid())})
    return server.url


def release(data_dir: Path) -> bool:
    """This program needs the server no more; the last one stops it. True if it was stopped."""
    home = _place(data_dir)
    with _locked(home):
        left = _users(home) - {_mark(os.getpid())}
        _note_users(home, left)
        if left:
            return False
        Server(home).stop()
    return True


def _place(data_dir: Path) -> Path:
    """As root, below /var/lib/shenava, wherever the folder was wished."""
    if os.geteuid() != 0 or VAR_LIB / "shenava" in data_dir.parents:
        return data_dir
    return VAR_LIB / "shenava" / sha256(str(data_dir.absolute()).encode()).hexdigest()[:8]


def _socket_dir(home: Path) -> Path:
    if len(str(home / "run")) <= LONGEST_SOCKET:
        return home / "run"
    mark = sha256(str(home).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"shenava-{os.geteuid()}-{mark}"


def _make(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def _ensure_system_user() -> None:
    known = subprocess.run(["id", SYSTEM_USER], capture_output=True, check=False).returncode == 0
    if not known:
        command = [
            "useradd",
            "--system",
            "--user-group",
            "--no-create-home",
            "--shell",
            "/usr/sbin/nologin",
            SYSTEM_USER,
        ]
        subprocess.run(command, check=True, capture_output=True)


def _users(home: Path) -> set[str]:
    """The programs on this folder that still live, each as `pid@start`: a pid alone may have been given anew."""
    place = home / "programs"
    noted = place.read_text().split() if place.exists() else []
    return {mark for mark in noted if mark == _mark(int(mark.partition("@")[0]))}


def _mark(pid: int) -> str:
    """A running program and when it started, in the system's ticks; empty if there is none."""
    if not Path("/proc/self/stat").exists():
        return f"{pid}@-" if _is_there(pid) else ""
    try:
        state, *rest = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return ""
    return "" if state in "ZX" else f"{pid}@{rest[18]}"


def _is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except ProcessLookupError:
        return False
    return True


def _note_users(home: Path, marks: set[str]) -> None:
    (home / "programs").write_text("\n".join(sorted(marks)))


@contextmanager
def _locked(home: Path) -> Iterator[None]:
    """One program at a time starts, stops or counts."""
    with (home / "lock").open("w") as file:
        deadline = time.monotonic() + 90
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise NoPostgresError(f"Another program holds {home} for more than a minute.") from None
                time.sleep(0.1)
        yield
