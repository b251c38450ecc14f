"""The embedded PostgreSQL: found again after a crash, shared by two programs, closed to everybody else.

The binaries of a wheel (or of the machine) are run directly; as root, as a system user of their own.
"""

from __future__ import annotations

import os
import secrets
import shlex
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

from shenava.operations import binaries, programs
from shenava.operations.binaries import NoPostgresError
from shenava.operations.folders import SYSTEM_USER, give_to_server, home_of, prepare, prepare_for_server, socket_of

PATIENCE = 120
LEFTOVERS = ("pre-existing shared memory block", "lock file ")
"""What the log says while a killed server or its sessions are still ending."""
NOBODY = 2**22
"""A number no program ever has: it is one above the system's greatest."""
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "96MB",
    "password_encryption": "scram-sha-256",
    "log_timezone": "UTC",
    "timezone": "UTC",
}
__all__ = ["NoPostgresError", "Server", "ensure_running", "is_embedded", "release", "tend"]


class Server:
    """One embedded server: its folders, and who it runs as."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.data = home / "postgres"
        self.log = home / "postgres.log"
        self.password_file = home / "postgres.password"
        self.socket = socket_of(home)
        self.as_root = os.geteuid() == 0
        self.bin = binaries.find(for_user=SYSTEM_USER if self.as_root else None)

    @property
    def url(self) -> str:
        """How the program connects: through the socket, with the password of this installation."""
        return f"postgresql://shenava:{self.password}@/shenava?{_host(self.socket)}"

    @property
    def password(self) -> str:
        """Made with the data, readable by its owner alone."""
        return self.password_file.read_text().strip()

    def run(self, tool: str, *arguments: str, password: str = "") -> subprocess.CompletedProcess[str]:
        """Run one of PostgreSQL's tools as the user who owns the data, out of reach of our Ctrl-C."""
        environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "HOME": str(self.home)}
        who: dict[str, Any] = {"user": SYSTEM_USER, "group": SYSTEM_USER, "extra_groups": []} if self.as_root else {}
        return subprocess.run(
            [self.bin / tool, *arguments], env=environment | {"PGPASSWORD": password}, cwd="/", check=False,
            text=True, capture_output=True, timeout=PATIENCE, umask=0o077, start_new_session=True, **who,
        )  # fmt: skip

    def initialise(self) -> None:
        """Make the data, once. What a broken first start has left is made anew."""
        for folder in (self.data, self.socket):
            prepare_for_server(folder)
        if (self.data / "PG_VERSION").exists():
            self._refuse_other_version()
            return
        shutil.rmtree(self.data)
        prepare_for_server(self.data)
        self._make_private(self.password_file, secrets.token_urlsafe(24))
        made = self.run(
            "initdb", "-D", str(self.data), "-U", "shenava", "--pwfile", str(self.password_file),
            "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C",
        )  # fmt: skip
        if made.returncode:
            shutil.rmtree(self.data)
            raise NoPostgresError(f"PostgreSQL could not make its data in {self.data}: {made.stderr.strip()[-400:]}")

    def is_running(self) -> bool:
        """Does a server run on this folder? A look at its note, cheap enough for every second."""
        pid = _first_line(self.data / "postmaster.pid")
        return pid is not None and programs.runs_on(self.data, pid)

    def start(self) -> None:
        """Start the server and wait until it answers. A stale pid file is none of its business."""
        if not self.log.exists():
            self._make_private(self.log, "")
        wanted = SETTINGS | {"unix_socket_directories": str(self.socket)}
        options = " ".join(f"-c {name}={shlex.quote(value)}" for name, value in wanted.items())
        deadline = time.monotonic() + PATIENCE
        command = ("start", "-w", "-t", "60", "-D", str(self.data), "-l", str(self.log), "-o", options)
        self._forget_other_program()
        while self.run("pg_ctl", *command).returncode and not self.is_running():
            tail = self.log.read_text(errors="replace")[-600:]
            if not any(said in tail for said in LEFTOVERS) or time.monotonic() > deadline:
                raise NoPostgresError(f"PostgreSQL did not start; its log ({self.log}) says: {tail}")
            time.sleep(0.5)
            self._forget_other_program()

    def _forget_other_program(self) -> None:
        """Where a note names a program that is not the server, PostgreSQL would refuse for ever: it names nobody then.

        After a power cut the number may be another's by now, or a dead server's whom nobody buries. The rest
        of the note stays, PostgreSQL looks there for sessions that still end; so does a server's that is ending.
        """
        for note in (self.data / "postmaster.pid", self.socket / ".s.PGSQL.5432.lock"):
            pid = _first_line(note)
            if pid is not None and not programs.runs_on(self.data, pid) and not programs.is_ending(pid):
                _name_nobody(note)

    def stop(self) -> None:
        """Stop the server; sessions are ended."""
        self.run("pg_ctl", "stop", "-w", "-m", "fast", "-D", str(self.data))

    def ensure_database(self) -> None:
        """Wait until the server has recovered what a crash left, and make the program's database, once."""
        deadline = time.monotonic() + PATIENCE
        while (asked := self._ask("SELECT 1 FROM pg_database WHERE datname = 'shenava'")).returncode:
            if not self.is_running():
                self.start()
            elif time.monotonic() > deadline or "starting up" not in asked.stderr:
                raise NoPostgresError(f"PostgreSQL in {self.home} does not answer: {asked.stderr.strip()[-400:]}")
            time.sleep(0.2)
        if not asked.stdout.strip():
            self._ask("CREATE DATABASE shenava")

    def _ask(self, statement: str) -> subprocess.CompletedProcess[str]:
        where = ("-h", str(self.socket), "-U", "shenava", "-d", "postgres")
        return self.run("psql", "-XAtw", *where, "-c", statement, password=self.password)

    def _refuse_other_version(self) -> None:
        made, here = int((self.data / "PG_VERSION").read_text()), binaries.version_of(self.bin)
        if made != here:
            raise NoPostgresError(
                f"The data in {self.home} are of PostgreSQL {made}, here is {here}: "
                "write an archive with the former program and restore it with this one."
            )

    def _make_private(self, place: Path, text: str) -> None:
        with os.fdopen(os.open(place, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as file:
            file.write(text)
        give_to_server(place)


def ensure_running(data_dir: Path) -> str:
    """The address of the server on this folder; started if need be. Shared with other programs on it.

    Raises NoPostgresError with one sentence.
    """
    server = Server(home_of(data_dir))
    prepare(server.home)
    with programs.alone(server.home):
        server.initialise()
        if not server.is_running():
            server.start()
        server.ensure_database()
        programs.join(server.home)
    return server.url


def release(data_dir: Path) -> bool:
    """This program needs the server no more; the last one stops it. True if it was stopped."""
    home = home_of(data_dir)
    if not (home / "programs").exists():
        return False
    with programs.alone(home):
        was_last = programs.leave(home)
        if was_last:
            Server(home).stop()
    return was_last


def tend(data_dir: Path) -> bool:
    """Start the server again if it was killed; True if it was. Raises NoPostgresError."""
    if Server(home_of(data_dir)).is_running():
        return False
    ensure_running(data_dir)
    return True


def is_embedded(url: str, data_dir: Path) -> bool:
    """Is this the address of the server on this folder, and not of an operator's own?"""
    return url.endswith(_host(socket_of(home_of(data_dir))))


def _host(socket: Path) -> str:
    return f"host={quote(str(socket), safe='')}"


def _first_line(note: Path) -> int | None:
    try:
        return int(note.read_text().partition("\n")[0])
    except (FileNotFoundError, ValueError):
        return None


def _name_nobody(note: Path) -> None:
    """The folder is the server's, who may not lead root elsewhere: no link is followed."""
    with os.fdopen(os.open(note, os.O_RDWR | os.O_NOFOLLOW), "r+") as file:
        rest = file.read().partition("\n")[2]
        file.seek(0)
        file.write(f"{NOBODY}\n{rest}")
        file.truncate()
