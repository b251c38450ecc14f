"""Serving: web and worker as children of one process, ended together."""

from __future__ import annotations

import asyncio
import ctypes
import os
import signal
import subprocess
import sys
import time
import urllib.request
from urllib.error import URLError

from django.conf import settings
from procrastinate.contrib.django import app

from config import environment

THREADS = 8
PATIENCE = 30
PR_SET_PDEATHSIG = 1
CONCURRENCY = 4


def serve(*, with_worker: bool) -> int:
    """Start the web server (and the worker), print where things are, and wait. A dead child ends all."""
    env = environment.load()
    children = {"web": _start(_web_command(env))}
    if with_worker:
        children["worker"] = _start([sys.executable, "-m", "shenava.operations", "worker"])
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        _announce(env, children)
        return _wait(children)
    except KeyboardInterrupt:
        return 0
    finally:
        _end(children)


def work() -> int:
    """Run background work and schedules until told to stop."""
    asyncio.run(_work())
    return 0


async def _work() -> None:
    worker_app = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    async with worker_app.open_async():
        await worker_app.run_worker_async(concurrency=CONCURRENCY, delete_jobs="successful", name="shenava")


def _web_command(env: environment.Environment) -> list[str]:
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", env.host, "--port", str(env.port),
        "--workers", "1", "--blocking-threads", str(THREADS), "--no-ws", "--no-access-log", "--log-level", "warning",
        "--backpressure", "256", "config.wsgi:application",
    ]  # fmt: skip


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    """A child that dies with its parent, even if that is killed."""
    libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None

    def tie_to_parent() -> None:
        if libc is not None:
            libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)

    environ = os.environ | {"PYTHONPATH": str(settings.BASE_DIR)}
    return subprocess.Popen(command, env=environ, cwd=settings.BASE_DIR, preexec_fn=tie_to_parent)


def _announce(env: environment.Environment, children: dict[str, subprocess.Popen[bytes]]) -> None:
    here = f"http://{env.host}:{env.port}"
    _wait_for(f"{here}/healthz", children)
    print(
        f"Shenava listens.\n  portal  {here}/\n  desk    {here}/desk/\n  health  {here}/healthz", flush=True
    )
    from shenava.people import first_run  # noqa: PLC0415 -- the program is loaded by now
    from shenava.people.models import Organisation  # noqa: PLC0415

    if Organisation.current() is None:
        print(f"Not set up yet. Open  {here}/desk/set-up/#{first_run.issue_token()}", flush=True)


def _wait_for(url: str, children: dict[str, subprocess.Popen[bytes]]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and all(child.poll() is None for child in children.values()):
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.1)


def _wait(children: dict[str, subprocess.Popen[bytes]]) -> int:
    while True:
        for name, child in children.items():
            if child.poll() is not None:
                print(
                    f"The {name} ended by itself (code {child.returncode}); everything is stopped.",
                    file=sys.stderr,
                )
                return 1
        time.sleep(0.5)


def _end(children: dict[str, subprocess.Popen[bytes]]) -> None:
    for child in children.values():
        if child.poll() is None:
            child.terminate()
    for child in children.values():
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()


def _interrupt(signum: int, frame: object) -> None:
    raise KeyboardInterrupt
