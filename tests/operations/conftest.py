"""Installations of their own: data folder, embedded PostgreSQL, port; nothing is left of them."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from shenava.operations.folders import home_of
from tests.journeys.product import Product, free_port, new_product


@contextmanager
def installation(folder: Path) -> Iterator[Product]:
    """An installation with an embedded database, not started yet."""
    folder.mkdir(parents=True, exist_ok=True)
    product = Product(folder, "", free_port())
    try:
        yield product
    finally:
        for process in product.processes:
            process.kill()
            process.wait()
        end_server(home_of(folder))
        shutil.rmtree(home_of(folder), ignore_errors=True)


def end_server(home: Path) -> None:
    """End the server on this folder, whoever has left it running."""
    with suppress(FileNotFoundError, ProcessLookupError):
        os.kill(postmaster(home), signal.SIGKILL)


def postmaster(home: Path) -> int:
    """The number of the server's process."""
    return int((home / "postgres" / "postmaster.pid").read_text().partition("\n")[0])


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Product]:
    """An empty installation on an embedded PostgreSQL."""
    with installation(tmp_path / "data") as product:
        yield product


@pytest.fixture
def ready(tmp_path: Path, tables: str) -> Iterator[Product]:
    """An installation with all tables on a database of the tests' server, and nobody in it."""
    product = new_product(tmp_path / "data", "shenava_operations", like=tables)
    yield product
    product.stop()


@pytest.fixture
def peopled(ready: Product) -> Product:
    """The same with the named cast and one complaint in handling."""
    ready.python("from tests.world import build; build().taken()")
    return ready
