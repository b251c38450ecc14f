"""Two who set the installation up at one moment: one does, the other is told, and nothing is there twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from shenava.complaints.models import Category
from shenava.deadlines.models import Calendar
from shenava.people import first_run
from shenava.people.models import Organisation, Unit, User
from tests.desk.getting_in import NEW

PAGE = "/desk/set-up/"


@pytest.fixture
def db(own_database: None) -> None:
    """It commits, so it has a database of its own."""


def test_two_who_set_up_at_once_make_one_organisation(db: None, settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    said = {
        "token": first_run.issue_token(), "name": "Nemune", "country": "IR", "language": "en",
        "calendar_kind": "gregorian", "time_zone": "Asia/Tehran", "unit": "Office", "administrator": "Dara",
        "password": NEW,
    }  # fmt: skip
    gate = Barrier(2)

    def set_up(email: str) -> int:
        gate.wait()
        try:
            return Client().post(PAGE, said | {"email": email}).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(set_up, ["one@example.com", "two@example.com"]))
    assert answers[0] == 302
    assert answers[1] in (404, 422)
    assert (Organisation.objects.count(), Unit.objects.count(), User.objects.count()) == (1, 1, 1)
    assert Calendar.objects.count() == 1
    codes = list(Category.objects.values_list("code", flat=True))
    assert len(codes) == len(set(codes)) > 0
