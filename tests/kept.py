"""The cast as rows: arranged through its verbs once in a run, put in again for every test by one statement."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection, transaction

from tests.world import World

ALL_ROWS = """SELECT coalesce(json_agg(t), '[]')::text FROM "{0}" t"""
PUT_IN = """INSERT INTO "{0}" SELECT * FROM json_populate_recordset(NULL::"{0}", %s::json);"""


@dataclass(frozen=True)
class Kept:
    """Every row that the cast consists of, by table, and the cast as the test holds it."""

    rows: dict[str, str]
    world: bytes

    def again(self) -> World:
        """The same cast, on a database without one. Its numbers are nobody else's: a sequence never goes back."""
        with connection.cursor() as cursor:
            cursor.execute("".join(PUT_IN.format(table) for table in self.rows), list(self.rows.values()))
        return pickle.loads(self.world)


def keep(build: Callable[[], World]) -> Kept:
    """Build the cast, remember it, and leave the database as it was."""
    with transaction.atomic():
        before = _rows()
        world = build()
        after = _rows()
        transaction.set_rollback(True)
    return Kept({table: rows for table, rows in after.items() if rows != before[table]}, pickle.dumps(world))


def _rows() -> dict[str, str]:
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(ALL_ROWS.format(table))
            found[table] = cursor.fetchone()[0]
    return found
