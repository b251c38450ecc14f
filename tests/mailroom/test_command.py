"""`shenava mail`: raw messages from files or a pipe, with exit codes that a mail server understands."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import OperationalError, connection

from shenava.mailroom.command import read_files, take_files
from shenava.messages.models import Mailbox, Raw
from tests.mailroom.letters import letter

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """Two letters on the disk."""
    places = [tmp_path / "one.eml", tmp_path / "two.eml"]
    for number, place in enumerate(places):
        place.write_bytes(letter(message_id=f"<{number}@example.com>"))
    return [str(place) for place in places]


def test_files_are_taken_in_once(mailbox: Mailbox, files: list[str], capsys: Any) -> None:
    assert take_files(files, mailbox.address.upper()) == 0
    assert take_files([files[0]], mailbox.address) == 0
    assert sorted(bytes(raw.content) for raw in mailbox.raws.all()) == [Path(place).read_bytes() for place in files]
    assert capsys.readouterr().out.splitlines()[2].startswith(f"{files[0]}: ")


def test_a_pipe_is_taken_in(mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(letter())))
    assert take_files(["-"]) == 0
    assert Raw.objects.get().mailbox is None


def test_a_file_that_is_not_there_stops_no_other(mailbox: Mailbox, files: list[str], capsys: Any) -> None:
    assert take_files(["/nowhere/x.eml", *files], mailbox.address) == 1
    assert Raw.objects.count() == 2
    assert "/nowhere/x.eml" in capsys.readouterr().err


def test_an_unknown_mailbox_takes_nothing(mailbox: Mailbox, files: list[str], capsys: Any) -> None:
    assert take_files(files, "nobody@arman.example") == 1
    assert "nobody@arman.example" in capsys.readouterr().err
    assert not Raw.objects.exists()


def test_without_a_database_the_mail_server_shall_try_later(mailbox: Mailbox, files: list[str], capsys: Any) -> None:
    def away(execute: Any, sql: str, *rest: Any) -> Any:
        if "messages_raw" in sql:
            raise OperationalError("the server is gone")
        return execute(sql, *rest)

    with connection.execute_wrapper(away):
        assert take_files(files) == 75
    assert not Raw.objects.exists()


@pytest.mark.parametrize(("deed", "code"), [("take", 75), ("read", 0)])
def test_a_database_that_does_not_answer_bounces_no_mail(
    deed: str, code: int, files: list[str], tmp_path: Path
) -> None:
    environment = os.environ | {
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "SHENAVA_DATA": str(tmp_path), "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    command = [sys.executable, "-m", "shenava.operations", "mail", deed, "--mailbox", "care@arman.example", *files]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == code, done.stderr


def test_reading_shows_what_was_understood_and_keeps_nothing(db: None, files: list[str], capsysbinary: Any) -> None:
    assert read_files([*files, "/nowhere/x.eml"]) == 1
    shown = [json.loads(line) for line in capsysbinary.readouterr().out.splitlines()]
    assert [(one["file"], one["subject"], one["from_email"]) for one in shown] == [
        (place, "Broken machine", "mahsa@example.com") for place in files
    ]
    assert not Raw.objects.exists()


def test_real_letters_are_read_one_line_each(material: Path, capsysbinary: Any) -> None:
    places = [str(place) for place in sorted((material / "emails" / "zammad").iterdir())[:20]]
    assert len(places) == 20
    assert read_files(places) == 0
    lines = capsysbinary.readouterr().out.splitlines()
    assert [json.loads(line)["file"] for line in lines] == places
