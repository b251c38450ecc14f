"""Taking in: complaints by the portal, eight at once against the running product, and the same rows by raw SQL."""

from __future__ import annotations

import http.client
import re
import secrets
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode

import psycopg
from psycopg import sql

from tests.bench.measuring import Line, resident
from tests.journeys.product import Product

AT_ONCE = 8
SECONDS = 10
SAID = "The washing machine shakes badly when it spins.\nI called three times."
TABLES = (
    "people_party", "complaints_complaint", "complaints_issueline", "messages_message", "process_instance",
    "deadlines_clock", "process_workitem", "journal_stream", "journal_entry", "django_session",
)  # fmt: skip


def taking_in(product: Product) -> Iterator[Line]:
    """Posts a second, and the part of raw SQL's speed that they reach."""
    posted = _rate(lambda: _visitor(product))
    raw = _rate(lambda: _writer(product))
    holds = posted >= 80 and posted >= raw / 4
    yield Line("register by portal POST, 8 at once", f"{posted:.0f}/s", f"raw SQL {raw:.0f}/s: {posted / raw:.0%}",
               "≥ 80/s, ≥ 25 % of raw", holds)  # fmt: skip


def at_rest(product: Product, server: int) -> Iterator[Line]:
    """Web, worker and PostgreSQL when nobody asks anything."""
    time.sleep(5)
    program = resident([process.pid for process in product.processes])
    database = resident([server])
    whole = program + database
    yield Line("memory at rest", f"{whole:.0f} MB", f"program {program:.0f}, PostgreSQL {database:.0f}", "≤ 400 MB",
               whole <= 400)  # fmt: skip


def _rate(begin: Callable[[], Callable[[], None]]) -> float:
    """How often eight do it in a second."""
    until = time.perf_counter() + SECONDS

    def repeat(_number: int) -> int:
        deed, done = begin(), 0
        while time.perf_counter() < until:
            deed()
            done += 1
        return done

    before = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as crowd:
        done = sum(crowd.map(repeat, range(AT_ONCE)))
    return done / (time.perf_counter() - before)


def _visitor(product: Product) -> Callable[[], None]:
    """Somebody with the form open, who sends it again and again with a new mark."""
    line = http.client.HTTPConnection("127.0.0.1", product.port, timeout=30)
    line.request("GET", "/complaints/new/")
    answer = line.getresponse()
    page = answer.read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    cookies = "; ".join(cookie.partition(";")[0] for cookie in answer.headers.get_all("Set-Cookie") or [])
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookies}

    def send() -> None:
        said = {
            "csrfmiddlewaretoken": token[1], "submission": secrets.token_urlsafe(24), "description": SAID,
            "record_type": "complaint", "subject": "product", "name": "Mahsa Kianpour", "phone": "09123456789",
        }  # fmt: skip
        line.request("POST", "/complaints/new/", urlencode(said), headers)
        sent = line.getresponse()
        sent.read()
        assert sent.status == 302, sent.status

    return send


def _writer(product: Product) -> Callable[[], None]:
    """The rows of the last complaint that came by the portal, written once more in one transaction."""
    connection = psycopg.connect(product.database)
    inserts = {table: _insert(connection, table) for table in TABLES}
    connection.execute("INSERT INTO complaints_referencecounter (year, last) VALUES (1, 0) ON CONFLICT DO NOTHING")
    connection.commit()

    def write() -> None:
        made: dict[str, Any] = {}
        for table, statement in inserts.items():
            mark = secrets.token_hex(8)
            values = {
                "mark": mark[:10],
                "party": made.get("people_party"),
                "complaint": made.get("complaints_complaint"),
                "stream": made.get("journal_stream"),
            }
            found = connection.execute(statement, values).fetchall()
            made[table] = found[-1][0]
        connection.execute(JOB)
        connection.execute(NUMBER)
        connection.commit()

    return write


JOB = """INSERT INTO procrastinate_jobs (queue_name, task_name, args, status)
    VALUES ('bench', 'bench.nothing', '{"entry_id": 7}', 'cancelled')"""
NUMBER = "UPDATE complaints_referencecounter SET last = last + 1 WHERE year = 1"
"""A year of its own, so that no number of the product is skipped."""
NEW = {
    "complainant_id": "party", "author_id": "party", "by_id": "party", "complaint_id": "complaint",
    "stream_id": "stream", "public_code": "mark", "name": "mark", "session_key": "mark",
}  # fmt: skip
EMPTY = {"reference", "submission"}


def _insert(connection: psycopg.Connection, table: str) -> sql.Composed:
    """An INSERT that writes a table's newest rows once more, with new keys: those of the newest complaint, or the
    newest one."""
    columns = connection.execute(
        "SELECT column_name, udt_name FROM information_schema.columns WHERE table_name = %s AND column_name <> 'id'",
        [table],
    ).fetchall()
    names = {name for name, _kind in columns}
    by = next(name for name in ("complaint_id", "session_key", "id") if name in names or name == "id")
    order = "expire_date" if by == "session_key" else by
    newest = connection.execute(
        sql.SQL("SELECT {by} FROM {table} ORDER BY {order} DESC LIMIT 1").format(
            by=sql.Identifier(by), order=sql.Identifier(order), table=sql.Identifier(table)
        )
    ).fetchone()
    return sql.SQL(
        "INSERT INTO {table} ({names}) SELECT {cells} FROM {table} WHERE {by} = {newest} RETURNING {by}"
    ).format(
        table=sql.Identifier(table), names=sql.SQL(", ").join(sql.Identifier(name) for name, _kind in columns),
        cells=sql.SQL(", ").join(_cell(name, kind) for name, kind in columns), by=sql.Identifier(by),
        newest=sql.Literal((newest or (0,))[0]),
    )  # fmt: skip


def _cell(name: str, kind: str) -> sql.Composable:
    if name in EMPTY:
        return sql.NULL
    if name in NEW:
        return sql.SQL("{}::{}").format(sql.Placeholder(NEW[name]), sql.SQL(kind))  # type: ignore[arg-type]
    return sql.Identifier(name)
