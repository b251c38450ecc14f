"""An upgrade takes the time it needs: no limit of a request holds for it."""

from __future__ import annotations

from argparse import Namespace

import pytest
from django.db import connection

from shenava.operations import commands


@pytest.fixture
def db(own_database: None) -> None:
    """What is migrated is a database of its own."""


def time_limit() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        return str(cursor.fetchone()[0])


@pytest.mark.usefixtures("db")
def test_a_long_migration_is_not_cut_off() -> None:
    assert time_limit() == "30s"
    assert commands.migrate(Namespace()) == 0
    assert time_limit() == "0"
