"""The product as its users meet it: real processes on a database of their own."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parent.parent.parent
COMMAND = (sys.executable, "-m", "shenava.operations")


@dataclass
class Product:
    """One running installation, on a database of the tests' server or (none named) on its own embedded one."""

    data: Path
    database: str
    port: int
    processes: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def database_name(self) -> str:
        return urlsplit(self.database).path.removeprefix("/")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        own = {
            "SHENAVA_DATA": str(self.data),
            "SHENAVA_PORT": str(self.port),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PYTHONPATH": str(ROOT),
        } | ({"DATABASE_URL": self.database} if self.database else {})
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SHENAVA_")}
        return {name: value for name, value in kept.items() if name != "DATABASE_URL"} | own

    def run(self, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """Run the `shenava` command to its end."""
        return subprocess.run(
            [*COMMAND, *arguments], env=self.environment | settings, cwd=ROOT, capture_output=True, text=True,
            timeout=600, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip

    def python(self, code: str) -> str:
        """Run a few lines inside the program, on its database."""
        done = self.run("manage", "shell", "-v", "0", "-c", code)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    @contextmanager
    def started(self, *options: str) -> Iterator[None]:
        """Running inside, ended after, whatever happens."""
        try:
            self.start(*options)
            yield
        finally:
            self.stop()

    def start(self, *options: str) -> None:
        """Start web and worker, and wait until the portal answers."""
        said = len(self.output)
        self.launch("--with-worker", *options)
        deadline = time.monotonic() + 120
        while "healthz" not in self.output[said:] and self.processes[-1].poll() is None and time.monotonic() < deadline:
            time.sleep(0.1)
        with urllib.request.urlopen(f"{self.url}/healthz", timeout=10) as answer:
            assert answer.status == 200, self.output

    def launch(self, *options: str) -> subprocess.Popen[str]:
        """Start the web, and do not wait."""
        with (self.data / "output").open("a") as log:
            started = subprocess.Popen(
                [*COMMAND, "serve", "--migrate", *options], env=self.environment, cwd=ROOT, stdout=log, stderr=log,
                text=True, stdin=subprocess.DEVNULL,
            )  # fmt: skip
        self.processes.append(started)
        return started

    def children(self) -> dict[str, int]:
        """The processes of the latest start by their names: web and worker."""
        lines = {pid: Path(f"/proc/{pid}/cmdline").read_text() for pid in _children(self.processes[-1].pid)}
        names = {"web": "\0web\0", "worker": "\0worker\0"}
        return {name: pid for name, sign in names.items() for pid, line in lines.items() if sign in line}

    def everybody(self) -> set[int]:
        """All processes of the latest start, children of children too."""
        found = [self.processes[-1].pid]
        for pid in found:
            found += _children(pid)
        return set(found)

    @property
    def output(self) -> str:
        place = self.data / "output"
        return place.read_text() if place.exists() else ""

    def set_up_address(self) -> str:
        """The address with the one-time token that was printed."""
        deadline = time.monotonic() + 20
        found = None
        while found is None and time.monotonic() < deadline:
            found = re.search(r"http\S+/set-up/#\S+", self.output)
            time.sleep(0.1)
        assert found is not None, self.output
        return found.group()

    def stop(self) -> None:
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(60)


def new_product(folder: Path, name: str, *, like: str = "template0") -> Product:
    """An installation with a database of its own, empty or like another, not started yet.

    Where several processes test at once, each has one of this name.
    """
    server = os.environ["DATABASE_URL"]
    name += os.environ.get("PYTEST_XDIST_WORKER", "")
    parts = urlsplit(server)
    with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
    return product_on(folder, name)


def product_on(folder: Path, name: str) -> Product:
    """An installation on a database that is there already, not started yet."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = urlsplit(os.environ["DATABASE_URL"])
    return Product(folder, urlunsplit(parts._replace(path=f"/{name}")), free_port())


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _children(pid: int) -> list[int]:
    threads = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for place in threads for child in place.read_text().split()]
