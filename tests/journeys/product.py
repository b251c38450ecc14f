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


@dataclass
class Product:
    """One running installation. `output` is what it printed."""

    data: Path
    database: str
    port: int
    processes: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        own = {
            "DATABASE_URL": self.database,
            "SHENAVA_DATA": str(self.data),
            "SHENAVA_PORT": str(self.port),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PYTHONPATH": str(ROOT),
        }
        return {name: value for name, value in os.environ.items() if not name.startswith("SHENAVA_")} | own

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the `shenava` command to its end."""
        command = [sys.executable, "-m", "shenava.operations", *arguments]
        return subprocess.run(
            command, env=self.environment, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
        )

    def python(self, code: str) -> str:
        """Run a few lines inside the program, on its database."""
        begin = "import django; django.setup()\n"
        done = subprocess.run(
            [sys.executable, "-c", begin + code], env=self.environment, cwd=ROOT, capture_output=True, text=True,
            timeout=120, check=True,
        )  # fmt: skip
        return done.stdout.strip()

    @contextmanager
    def started(self) -> Iterator[None]:
        """Running inside, ended after, whatever happens."""
        try:
            self.start()
            yield
        finally:
            self.stop()

    def start(self) -> None:
        """Start web and worker, and wait until the portal answers."""
        command = [sys.executable, "-m", "shenava.operations", "serve", "--migrate", "--with-worker"]
        with (self.data / "output").open("a") as log:
            self.processes.append(
                subprocess.Popen(command, env=self.environment, cwd=ROOT, stdout=log, stderr=log, text=True)
            )
        deadline = time.monotonic() + 60
        while "health" not in self.output and time.monotonic() < deadline:
            time.sleep(0.1)
        with urllib.request.urlopen(f"{self.url}/healthz", timeout=10) as answer:
            assert answer.status == 200, self.output

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
            process.wait(20)


def new_product(folder: Path, name: str) -> Product:
    """An installation with an empty database of its own, not started yet."""
    server = os.environ["DATABASE_URL"]
    parts = urlsplit(server)
    with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
    return product_on(folder, name)


def product_on(folder: Path, name: str) -> Product:
    """An installation on a database that is there already, not started yet."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = urlsplit(os.environ["DATABASE_URL"])
    return Product(folder, urlunsplit(parts._replace(path=f"/{name}")), _free_port())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
