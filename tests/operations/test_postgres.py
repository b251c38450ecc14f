"""The embedded PostgreSQL: found again after every death, shared, and nobody else's."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from shenava.operations import binaries, postgres, programs
from shenava.operations.binaries import NoPostgresError
from shenava.operations.folders import SYSTEM_USER, home_of, socket_of
from tests.journeys.product import ROOT
from tests.operations.conftest import end_server, postmaster
from tests.operations.permissions import as_nobody, needs_root, permissions_below

HOLD = (
    "import sys, time; from pathlib import Path; from shenava.operations import postgres;"
    "print(postgres.ensure_running(Path(sys.argv[1])), flush=True); time.sleep(600)"
)

UNBURIED = "import os, time; child = os.fork(); child or os._exit(0); print(child, flush=True); time.sleep(600)"


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    """A data folder of one's own; its server ends with the test."""
    folder = tmp_path / "data"
    yield folder
    end_server(home_of(folder))
    shutil.rmtree(home_of(folder), ignore_errors=True)


def program(data: Path) -> subprocess.Popen[str]:
    """Another program that uses the server on this folder until it is ended."""
    started = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(data)], cwd=ROOT, stdout=subprocess.PIPE, text=True,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert started.stdout is not None
    assert started.stdout.readline().startswith("postgresql://")
    return started


def kill(started: subprocess.Popen[str]) -> None:
    started.kill()
    started.communicate()


def ask(url: str, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True, connect_timeout=5) as connection:
        found = connection.execute(statement)
        return found.fetchall() if found.description else []


def test_what_was_kept_is_found_again_after_the_program_was_killed(data: Path) -> None:
    first = program(data)
    ask(postgres.ensure_running(data), "CREATE TABLE kept AS SELECT 7 AS found")
    server = postmaster(home_of(data))
    kill(first)
    assert ask(postgres.ensure_running(data), "TABLE kept") == [(7,)]
    assert postmaster(home_of(data)) == server


def test_what_was_kept_is_found_again_after_the_database_was_killed(data: Path) -> None:
    ask(postgres.ensure_running(data), "CREATE TABLE kept AS SELECT 7 AS found")
    os.kill(postmaster(home_of(data)), signal.SIGKILL)
    assert ask(postgres.ensure_running(data), "TABLE kept") == [(7,)]


def test_a_server_that_was_killed_is_started_again_by_whoever_tends_it(data: Path) -> None:
    url = postgres.ensure_running(data)
    assert not postgres.tend(data)
    killed = postmaster(home_of(data))
    os.kill(killed, signal.SIGKILL)
    while programs.runs_on(home_of(data) / "postgres", killed):
        time.sleep(0.01)
    assert postgres.tend(data)
    assert ask(url, "SELECT 1") == [(1,)]


def test_a_note_with_the_number_of_another_living_program_hinders_nothing(data: Path) -> None:
    postgres.ensure_running(data)
    notes = [home_of(data) / "postgres" / "postmaster.pid", socket_of(home_of(data)) / ".s.PGSQL.5432.lock"]
    stale = [note.read_text() for note in notes]
    postgres.release(data)
    for note, text in zip(notes, stale, strict=True):
        note.write_text(text.replace(text.partition("\n")[0], str(os.getpid()), 1))
    assert ask(postgres.ensure_running(data), "SELECT 1") == [(1,)]
    assert postmaster(home_of(data)) != os.getpid()


def test_a_dead_server_whom_nobody_buries_hinders_nothing(data: Path) -> None:
    ask(postgres.ensure_running(data), "CREATE TABLE kept AS SELECT 7 AS found")
    note = home_of(data) / "postgres" / "postmaster.pid"
    text = note.read_text()
    os.kill(postmaster(home_of(data)), signal.SIGKILL)
    parent = subprocess.Popen([sys.executable, "-c", UNBURIED], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    unburied = parent.stdout.readline().strip()
    while Path(f"/proc/{unburied}/cmdline").read_bytes():
        time.sleep(0.01)
    note.write_text(text.replace(text.partition("\n")[0], unburied, 1))
    assert ask(postgres.ensure_running(data), "TABLE kept") == [(7,)]
    kill(parent)


def test_two_programs_share_one_server_and_the_last_one_stops_it(data: Path) -> None:
    other = program(data)
    url = postgres.ensure_running(data)
    server = postmaster(home_of(data))
    assert not postgres.release(data)
    assert ask(url, "SELECT 1") == [(1,)]
    kill(other)
    assert postgres.ensure_running(data) == url
    assert postmaster(home_of(data)) == server
    assert postgres.release(data)
    with pytest.raises(psycopg.OperationalError):
        ask(url, "SELECT 1")


def test_who_has_never_started_releases_nothing(data: Path) -> None:
    assert not postgres.release(data)
    assert not home_of(data).exists()


def test_only_the_password_opens_and_there_is_no_door_to_the_network(data: Path) -> None:
    url = postgres.ensure_running(data)
    password = (home_of(data) / "postgres.password").read_text()
    assert ask(url, "SHOW listen_addresses") == [("",)]
    assert {method for (method,) in ask(url, "SELECT auth_method FROM pg_hba_file_rules")} == {"scram-sha-256"}
    for wrong in (url.replace(password, "wrong"), url.replace(f":{password}", "")):
        with pytest.raises(psycopg.OperationalError, match="password"):
            ask(wrong, "SELECT 1")


def test_nothing_of_it_lets_others_in(data: Path) -> None:
    postgres.ensure_running(data)
    home = home_of(data)
    for place in (home / "postgres", socket_of(home), home / "postgres.password", home / "postgres.log"):
        assert stat.S_IMODE(place.stat().st_mode) & 0o077 == 0, place
    socket = socket_of(home) / ".s.PGSQL.5432"
    assert stat.S_IMODE(socket.stat().st_mode) & 0o077 == 0
    assert b"password" not in Path(f"/proc/{postmaster(home)}/cmdline").read_bytes().replace(
        b"password_encryption", b""
    )


@needs_root
def test_other_users_reach_neither_socket_nor_data(data: Path) -> None:
    postgres.ensure_running(data)
    home = home_of(data)
    password = (home / "postgres.password").read_text()
    knock = f"socket.socket(socket.AF_UNIX).connect({str(socket_of(home) / '.s.PGSQL.5432')!r})"
    for deed in (
        knock,
        f"open({str(home / 'postgres.password')!r})",
        f"open({str(home / 'postgres' / 'PG_VERSION')!r})",
        f"os.listdir({str(home)!r})",
    ):
        refused = as_nobody(deed)
        assert refused.returncode == 1
        assert "PermissionError" in refused.stderr
        assert password not in refused.stderr


@needs_root
def test_as_root_it_runs_as_a_user_of_its_own_who_writes_nothing_of_roots(data: Path) -> None:
    postgres.ensure_running(data)
    home = home_of(data)
    assert home.parent == Path("/var/lib/shenava")
    assert Path(f"/proc/{postmaster(home)}").owner() == SYSTEM_USER
    assert {home.owner(), home.parent.owner()} == {"root"}
    assert stat.S_IMODE(home.stat().st_mode) & 0o022 == 0
    assert stat.S_IMODE(home.parent.stat().st_mode) & 0o022 == 0


@needs_root
def test_as_root_no_permission_elsewhere_changes(data: Path) -> None:
    person = data.parent / "home" / "person"
    wished = person / "private" / "shenava"
    wished.mkdir(parents=True)
    (person / ".ssh").mkdir(mode=0o700)
    (person / ".ssh" / "id_ed25519").touch(0o600)
    person.chmod(0o700)
    (person / "private").chmod(0o750)
    before = permissions_below(data.parent) | permissions_below(Path.home(), deep=False)
    try:
        assert ask(postgres.ensure_running(wished), "SELECT 1") == [(1,)]
        assert permissions_below(data.parent) | permissions_below(Path.home(), deep=False) == before
        assert list(wished.iterdir()) == []
    finally:
        end_server(home_of(wished))
        shutil.rmtree(home_of(wished))


def test_the_socket_has_a_short_name_where_the_folders_name_is_long_or_odd(data: Path) -> None:
    for home in (data / ("deep" * 30), data / "a,b"):
        assert socket_of(home).parent != home
        assert len(str(socket_of(home))) < 60
    assert socket_of(data / ("deep" * 30)) != socket_of(data / "a,b")


def test_binaries_of_the_machine_serve_where_the_wheel_is_absent(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    of_the_wheel = binaries.find(for_user=SYSTEM_USER)
    monkeypatch.setattr(binaries, "find_spec", lambda name: None)
    monkeypatch.setenv("PATH", f"{of_the_wheel}{os.pathsep}{os.environ['PATH']}")
    assert binaries.find(for_user=SYSTEM_USER) == of_the_wheel
    assert ask(postgres.ensure_running(data), "SELECT 1") == [(1,)]
    assert str(of_the_wheel) in Path(f"/proc/{postmaster(home_of(data))}/cmdline").read_text()


def test_without_any_postgresql_one_sentence_says_what_to_do(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "find_spec", lambda name: None)
    monkeypatch.setattr(binaries, "MACHINE", data / "nothing")
    monkeypatch.setenv("PATH", str(data / "nothing"))
    with pytest.raises(NoPostgresError, match=r"^PostgreSQL was not found: install it .* or set DATABASE_URL .*\.$"):
        postgres.ensure_running(data)
    assert not home_of(data).exists()


def test_data_of_another_version_are_left_as_they_are(data: Path) -> None:
    postgres.ensure_running(data)
    postgres.release(data)
    version = home_of(data) / "postgres" / "PG_VERSION"
    version.write_text("13\n")
    with pytest.raises(NoPostgresError, match="are of PostgreSQL 13"):
        postgres.ensure_running(data)
    assert version.read_text() == "13\n"


def test_a_first_start_that_broke_off_is_made_anew(data: Path) -> None:
    home = home_of(data)
    (home / "postgres" / "base").mkdir(parents=True)
    assert ask(postgres.ensure_running(data), "SELECT 1") == [(1,)]
