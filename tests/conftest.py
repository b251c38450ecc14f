"""What all tests share: the database, the cast, the folder of real test material."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

ROOT = Path(__file__).resolve().parent.parent
MATERIAL = ROOT.parent / "shared" / "data"


def pytest_configure() -> None:
    """Without a DATABASE_URL the tests bring up a PostgreSQL of their own."""
    if "DATABASE_URL" not in os.environ:
        from shenava.operations import postgres

        os.environ["DATABASE_URL"] = postgres.ensure_running(ROOT / "var" / "tests")


@pytest.fixture(scope="session")
def material() -> Path:
    """The folder of real test material; tests that need it are skipped where it is absent."""
    if not MATERIAL.is_dir():
        pytest.skip("the folder of real test material is not beside this checkout")
    return MATERIAL


@pytest.fixture
def world(db: None):  # type: ignore[no-untyped-def]
    """The named cast, fresh for every test."""
    from tests.world import build

    return build()


@pytest.fixture
def login(client: Client):  # type: ignore[no-untyped-def]
    """Log a party in: `login(world.sara)` gives a client."""

    def as_party(party: object) -> Client:
        client.force_login(party.user)  # type: ignore[attr-defined]
        return client

    return as_party


@pytest.fixture(autouse=True)
def files_of_the_test(settings, tmp_path: Path) -> Iterator[None]:  # type: ignore[no-untyped-def]
    """Files that a test takes in go to a folder of its own."""
    settings.FILES_DIR = tmp_path / "files"
    yield
