"""The set-up: opened by the token on the console, done once, gone afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from shenava.deadlines.models import Calendar
from shenava.people import first_run
from shenava.people.models import Organisation, Unit, User
from tests.desk.getting_in import NEW
from tests.people.facts import last_fact

PAGE = "/desk/set-up/"


@pytest.fixture
def told(db: None, settings: Any, tmp_path: Path) -> dict[str, str]:
    """What somebody who reads the console writes."""
    settings.DATA_DIR = tmp_path
    return {
        "token": first_run.issue_token(), "name": "شرکت نمونه", "country": "IR", "language": "fa",
        "calendar_kind": "jalali", "time_zone": "Asia/Tehran", "unit": "رسیدگی به شکایات",
        "administrator": "دارا کریمی", "email": "dara@nemune.example", "password": NEW,
    }  # fmt: skip


def test_the_first_administrator_begins_with_calendar_unit_and_promises(told: dict[str, str], client: Client) -> None:
    assert client.get("/desk/").url == PAGE
    assert client.get(PAGE).status_code == 200
    assert client.post(PAGE, told).url == "/desk/mailboxes/new/"
    assert client.get("/desk/mailboxes/new/").status_code == 200
    home, unit = Organisation.objects.get(), Unit.objects.get()
    assert (home.name, str(unit), str(home.calendar)) == ("شرکت نمونه", "رسیدگی به شکایات", "ساعت اداری")
    administrator = User.objects.get()
    assert list(administrator.party.grants.values_list("role", "unit")) == [("administrator", None)]
    assert last_fact()[:2] == ("people.set_up", {"administrator": administrator.party_id})
    client.post("/desk/logout/")
    assert client.post("/desk/login/", {"email": "dara@nemune.example", "password": NEW}).url == "/desk/"


def test_afterwards_the_set_up_is_gone(told: dict[str, str], client: Client) -> None:
    client.post(PAGE, told)
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, told).status_code == 404
    assert not first_run.fits(told["token"])
    assert User.objects.count() == 1


@pytest.mark.parametrize("token", ["", "x", "x" * 43])
def test_without_the_token_nothing_is_set_up(told: dict[str, str], client: Client, token: str) -> None:
    answer = client.post(PAGE, told | {"token": token})
    assert (answer.status_code, 'role="alert"' in answer.content.decode()) == (422, True)
    assert not Organisation.objects.exists()
    assert not Calendar.objects.exists()
    assert first_run.fits(told["token"])


@pytest.mark.parametrize(
    "fault", [{"password": "short"}, {"password": "dara@nemune.example"}, {"email": "x"}, {"name": ""}]
)
def test_what_is_refused_can_be_mended_and_sent_again(
    told: dict[str, str], client: Client, fault: dict[str, str]
) -> None:
    assert client.post(PAGE, told | fault).status_code == 422
    assert not Calendar.objects.exists()
    assert client.post(PAGE, told).status_code == 302


def test_a_newer_token_ends_the_older_and_only_its_hash_is_kept(told: dict[str, str], tmp_path: Path) -> None:
    newer = first_run.issue_token()
    assert first_run.fits(newer)
    assert not first_run.fits(told["token"])
    [kept] = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert newer not in kept.read_text()
    assert kept.stat().st_mode & 0o077 == 0
