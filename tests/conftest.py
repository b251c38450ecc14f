"""What all tests share: the database, the cast, the folder of real test material."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.test import Client

from shenava.journal import unchanged

ROOT = Path(__file__).resolve().parent.parent
MATERIAL = ROOT.parent / "shared" / "data"


hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")


def pytest_configure() -> None:
    """Without a DATABASE_URL the tests bring up a PostgreSQL of their own."""
    if "DATABASE_URL" not in os.environ:
        from django.db import connection

        from config.settings import database
        from shenava.operations import postgres

        os.environ["DATABASE_URL"] = postgres.ensure_running(ROOT / "var" / "tests")
        connection.settings_dict.update(database(os.environ["DATABASE_URL"]))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browsers come last: their driver keeps a loop running in this thread, which a database of Django's refuses.

    A file with them comes last as a whole: where several processes test at once, each takes files one by one.
    """
    with_browser = {item.path for item in items if "browser" in getattr(item, "fixturenames", ())}
    items.sort(key=lambda item: item.path in with_browser)


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """What a test changed in the set-up is rolled back without a fact, so it is kept for no other test."""
    yield
    unchanged.ask_anew()


@pytest.fixture(scope="session")
def material() -> Path:
    """The folder of real test material; tests that need it are skipped where it is absent."""
    if not MATERIAL.is_dir():
        pytest.skip("the folder of real test material is not beside this checkout")
    return MATERIAL


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a database with all tables and nobody in it, to be copied."""
    from tests.journeys.product import new_product

    product = new_product(tmp_path_factory.mktemp("tables"), "shenava_tables")
    assert product.run("migrate").returncode == 0
    return product.database_name


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A database for one test that commits, copied from the test database and dropped at its end.

    Emptying the shared one is not possible: the journal refuses it, as it should. A module of such
    tests says so by a fixture `db` of its own, which asks for this one.
    """
    from django.db import connection

    shared = connection.settings_dict["NAME"]
    assert shared.startswith("test_"), "ask for this by a fixture named db, so that a test database is made"
    own = f"{shared}_own"
    with django_db_blocker.unblock():
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{own}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{own}" TEMPLATE "{shared}"')
        connection.settings_dict["NAME"] = own
        yield
        connection.close()
        connection.settings_dict["NAME"] = shared
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{own}" WITH (FORCE)')


@pytest.fixture(scope="session")
def cast(django_db_setup: None, django_db_blocker: Any):  # type: ignore[no-untyped-def]
    """The named cast as rows, for every test that asks for the world."""
    from tests.kept import keep
    from tests.world import build

    with django_db_blocker.unblock():
        return keep(build)


@pytest.fixture
def world(cast, db: None):  # type: ignore[no-untyped-def]
    """The named cast, fresh for every test."""
    return cast.again()


@pytest.fixture
def login(client: Client):  # type: ignore[no-untyped-def]
    """Log a party in: `login(world.sara)` gives a client."""
    from tests.world import log_in

    def as_party(party: Any) -> Client:
        return log_in(client, party)

    return as_party


@pytest.fixture(autouse=True)
def files_of_the_test(settings, tmp_path: Path) -> Iterator[None]:  # type: ignore[no-untyped-def]
    """Files that a test takes in go to a folder of its own."""
    settings.FILES_DIR = tmp_path / "files"
    yield
