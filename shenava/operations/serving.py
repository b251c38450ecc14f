"""Serving: web and worker as children of one process, ended together; the embedded database is looked after."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path
from urllib.error import HTTPError, URLError

from config import environment
from shenava.operations import postgres, tied

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 120
PATIENCE_FOR_PORT = 5
LAST_WORDS = 10
Children = dict[str, subprocess.Popen[bytes]]


def serve(*, with_worker: bool) -> int:
    """Start the web server (and the worker), print where things are, and wait. A dead child ends all."""
    env = environment.load()
    why_not = _port_or_why_not(env)
    if why_not:
        print(why_not, file=sys.stderr)
        return 1
    children = {"web": _start(_own_command("web"))}
    if with_worker:
        children["worker"] = _start(_own_command("worker"))
    try:
        _announce(env, children)
        return _wait(env, children)
    except KeyboardInterrupt:
        return 0
    finally:
        _end(children)


def done_by_a_child(command: str, *options: str) -> int:
    """Let a sub-command run to its end in a process of its own; its exit code."""
    return subprocess.run(_own_command(command, *options), check=False).returncode


def _own_command(command: str, *options: str) -> list[str]:
    return [sys.executable, "-m", "shenava.operations", command, *options]


def _port_or_why_not(env: environment.Environment) -> str:
    """Empty when the port is free, else one sentence. What a killed program held is free in a moment."""
    family = socket.AF_INET6 if ":" in env.host else socket.AF_INET
    deadline = time.monotonic() + PATIENCE_FOR_PORT
    while True:
        try:
            socket.create_server((env.host, env.port), family=family).close()
            return ""
        except OSError as fault:
            if time.monotonic() > deadline:
                do = "set SHENAVA_HOST or SHENAVA_PORT, or stop what listens there."
                return f"Nothing can listen on {env.host} port {env.port} ({os.strerror(fault.errno or 0)}): {do}"
        time.sleep(0.1)


def _start(command: list[str]) -> subprocess.Popen[bytes]:
    """A child in a group of its own, so that Ctrl-C comes to us alone; it dies with us, even if we are killed."""
    environ = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(tied.command_for(command), env=environ, cwd=ROOT, process_group=0)


def _announce(env: environment.Environment, children: Children) -> None:
    here = env.here
    if not _wait_for(f"{here}/healthz", children):
        print(f"Shenava does not answer well at {here}/healthz; the lines above say why.", file=sys.stderr)
        return
    first = subprocess.run(_own_command("first-address"), check=False, stdout=subprocess.PIPE, text=True)
    address = first.stdout.strip()
    places = f"Shenava listens.\n  portal  {here}/\n  desk    {here}/desk/\n  health  {here}/healthz"
    print("\n".join([places, address]) if address else places, flush=True)


def _wait_for(url: str, children: Children) -> bool:
    """Does it answer well within PATIENCE seconds? A child that ends, or an answer with an error, is a no."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and all(child.poll() is None for child in children.values()):
        try:
            with urllib.request.urlopen(url, timeout=2):
                return True
        except HTTPError:
            return False
        except (URLError, OSError):
            time.sleep(0.1)
    return False


def _wait(env: environment.Environment, children: Children) -> int:
    while True:
        for name, child in children.items():
            if child.poll() is not None:
                ended = f"The {name} ended by itself (code {child.returncode}); everything is stopped."
                print(ended, file=sys.stderr)
                return 1
        _tend_database(env)
        time.sleep(0.5)


def _tend_database(env: environment.Environment) -> None:
    """An embedded server that was killed is started again; web and worker find it by themselves."""
    if postgres.is_embedded(env.database_url, env.data_dir) and postgres.tend(env.data_dir):
        print("The database had ended by itself; it was started again.", file=sys.stderr)


def _end(children: Children) -> None:
    """Ask each group to end, and see to it after LAST_WORDS seconds; nobody interrupts this."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    for child in children.values():
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + LAST_WORDS
    for child in children.values():
        with suppress(subprocess.TimeoutExpired):
            child.wait(max(0.1, deadline - time.monotonic()))
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
