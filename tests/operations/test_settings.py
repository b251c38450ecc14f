"""Settings: a wrong one is one sentence and a stop; all of them stand in one table."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from config import environment
from config.environment import SettingError
from tests.journeys.product import COMMAND, ROOT

HASHED = """
import django
django.setup()
from django.contrib.auth.hashers import make_password
from shenava.common.tokens import hash_code
print(hash_code("12345678"))
print(make_password("a-long-enough-password"))
"""
OPERATORS_GUIDE = ROOT / "docs" / "operations.md"


def shenava(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    own = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)} | settings
    return subprocess.run(
        [*COMMAND, *arguments], env=own, cwd="/", capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("SHENAVA_PORT", "80 80"),
        ("SHENAVA_PORT", "0"),
        ("SHENAVA_PORT", "65536"),
        ("SHENAVA_PORT", "-1"),
        ("SHENAVA_URL", "complaints.example.com"),
        ("SHENAVA_URL", "ftp://complaints.example.com"),
        ("SHENAVA_TRUSTED_PROXIES", "10.0.0.0/8, proxy"),
        ("SHENAVA_LANGUAGE", "de"),
        ("SHENAVA_MAX_FILE_MB", "many"),
        ("SHENAVA_MAX_UPLOAD_MB", "0"),
        ("SHENAVA_DISK_RESERVE_MB", "1.5"),
        ("SHENAVA_DEBUG", "perhaps"),
        ("SHENAVA_DATA", "/dev/null/data"),
        ("DATABASE_URL", "mysql://somewhere/shenava"),
        ("DATABASE_URL", "postgresql://[half"),
        ("SHENAVA_PROT", "8000"),
        ("SHENAVA_", ""),
    ],
)
def test_a_wrong_or_unknown_setting_is_one_sentence(name: str, wrong: str) -> None:
    with pytest.raises(SettingError) as told:
        environment.load({name: wrong})
    sentence = str(told.value)
    assert sentence.startswith(name)
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_the_command_stops_at_a_wrong_setting_before_it_does_anything(tmp_path: Path) -> None:
    data = tmp_path / "data"
    done = shenava("migrate", SHENAVA_PORT="none", SHENAVA_DATA=str(data))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "SHENAVA_PORT is 'none', but it must be a whole number from 1 to 65535.\n"
    assert not data.exists()


def test_the_command_stops_at_an_unknown_setting() -> None:
    done = shenava("serve", SHENAVA_PROT="1")
    assert done.returncode == 2
    assert done.stderr == ("SHENAVA_PROT is not a setting of Shenava; the settings are listed in docs/operations.md.\n")


def test_a_mail_server_that_hands_mail_over_is_asked_to_keep_it(tmp_path: Path) -> None:
    assert shenava("mail", "take", "-", SHENAVA_PORT="none").returncode == os.EX_TEMPFAIL
    nowhere = f"postgresql://u@/d?host={tmp_path}"
    done = shenava("mail", "take", "-", DATABASE_URL=nowhere, SHENAVA_DATA=str(tmp_path / "data"))
    assert done.returncode == os.EX_TEMPFAIL
    assert done.stderr.startswith("The database refused: ")


def test_a_password_is_never_printed() -> None:
    done = shenava("migrate", DATABASE_URL="postgresql://u:hunter2@[half")
    assert done.returncode == 2
    assert "hunter2" not in done.stdout + done.stderr
    loaded = environment.load({"DATABASE_URL": "postgresql://u:hunter2@h/d", "SHENAVA_BACKUP_PASSPHRASE": "hunter2"})
    assert "hunter2" not in repr(loaded)


def test_in_use_passwords_and_short_codes_are_as_dear_to_guess_as_they_should_be(tmp_path: Path) -> None:
    own = {"SHENAVA_DATA": str(tmp_path), "DATABASE_URL": "postgresql:///none", "PYTHONPATH": str(ROOT)}
    own["DJANGO_SETTINGS_MODULE"] = "config.settings"
    done = subprocess.run([sys.executable, "-c", HASHED], env=own, capture_output=True, text=True, check=True)
    code, password = done.stdout.splitlines()
    assert code.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert password.startswith("argon2$argon2id$v=19$m=102400,t=2,p=8$")


def test_a_database_that_does_not_answer_is_told_at_once(tmp_path: Path) -> None:
    nowhere = f"postgresql://u@/d?host={tmp_path}"
    done = shenava("migrate", DATABASE_URL=nowhere, SHENAVA_DATA=str(tmp_path / "data"))
    assert done.returncode == 1
    assert done.stderr.startswith("The database refused: ")
    assert "shenava doctor" in done.stderr
    assert "Traceback" not in done.stderr


def test_numbers_may_be_written_in_any_digits_and_empty_means_the_default() -> None:
    loaded = environment.load({"SHENAVA_PORT": "۸۰۸۰", "SHENAVA_MAX_FILE_MB": ""})
    assert (loaded.port, loaded.max_file_mb) == (8080, 20)


@pytest.mark.parametrize(
    ("host", "url", "is_local"),
    [
        ("127.0.0.1", "", True),
        ("::1", "", True),
        ("0.0.0.0", "", False),
        ("127.0.0.1", "https://complaints.example.com", False),
        ("10.0.0.7", "http://localhost:8000", False),
    ],
)
def test_only_loopback_without_a_public_address_is_this_machine_alone(host: str, url: str, is_local: bool) -> None:
    assert environment.load({"SHENAVA_HOST": host, "SHENAVA_URL": url}).is_local is is_local


def test_no_command_and_an_unknown_command_are_told_how_it_goes() -> None:
    assert shenava().returncode == 2
    assert "COMMAND" in shenava().stdout
    assert shenava("sevre").returncode == 2


def test_the_operators_guide_holds_exactly_the_settings() -> None:
    guide = OPERATORS_GUIDE.read_text()
    assert environment.table() in guide
    assert set(re.findall(r"SHENAVA_\w+", guide)) <= {one.name for one in environment.SETTINGS}


@pytest.mark.parametrize(
    "command", ["serve", "worker", "migrate", "demo", "mail", "verify", "backup", "restore", "doctor"]
)
def test_the_operators_guide_names_every_command(command: str) -> None:
    assert f"`shenava {command}" in OPERATORS_GUIDE.read_text()
    assert shenava(command, "--help").returncode == 0
