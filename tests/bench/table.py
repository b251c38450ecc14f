"""The table: every part in turn, its lines as they come."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

from django.conf import settings
from django.db import connection

from shenava.operations.web import look_for_garbage_seldom
from tests.bench import due, filling, reading, stepping, taking_in, watching
from tests.bench.measuring import Line
from tests.journeys.product import Product

BULK = 100_000


def run(product: Product, *, total: int, is_filled: bool, only: set[str], runs: int) -> int:
    """Fill what is not filled, measure what is asked for, print it."""
    settings.ALLOWED_HOSTS = ["*"]
    look_for_garbage_seldom()
    if not is_filled:
        before = time.perf_counter()
        bulk = min(total, BULK)
        filling.fill(bulk, total // bulk)
        print(f"{total:,} complaints filled in within {time.perf_counter() - before:.0f} s", flush=True)
    print(f"{'':1} {'what':44} {'median / p95, or rate':30} {'beside':34} limit")
    for name, lines in _parts(product, runs).items():
        if not only or name in only:
            for line in lines():
                print(_shown(line), flush=True)
    return 0


def _parts(product: Product, runs: int) -> dict[str, Callable[[], Iterator[Line]]]:
    return {
        "folders": reading.folders,
        "lists": reading.lists,
        "overview": reading.overview,
        "page": reading.complaint_page,
        "search": reading.search,
        "journal": reading.journal,
        "process": lambda: chain(stepping.against_spiff(), due.by_the_million(runs)),
        "timers": lambda: due.at_once(product),
        "running": lambda: _running(product),
    }


def _running(product: Product) -> Iterator[Line]:
    """What needs the product as a process: memory at rest first, then the rush."""
    connection.close()
    (product.data / "output").unlink(missing_ok=True)
    with product.started():
        server = _server()
        _wait_for_the_worker()
        yield from taking_in.at_rest(product, server)
        yield from watching.watching(product, server)
        yield from taking_in.taking_in(product)


def _server() -> int:
    """The process of the database server, which is the parent of every session."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        session = cursor.fetchone()[0]
    connection.close()
    return int(Path(f"/proc/{session}/stat").read_text().rpartition(")")[2].split()[1])


def _wait_for_the_worker() -> None:
    """Until it has done what an earlier run left behind, ten minutes at most."""
    for _ in range(600):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM procrastinate_jobs WHERE status = 'todo' AND scheduled_at IS NULL LIMIT 1")
            if cursor.fetchone() is None:
                break
        time.sleep(1)
    connection.close()


def _shown(line: Line) -> str:
    mark = {True: "✓", False: "✗", None: " "}[line.holds]
    return f"{mark} {line.what:44} {line.measured:30} {line.beside:34} {line.limit}"
