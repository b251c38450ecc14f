"""Worded questions: a long question to the database that is asked often is put into words once.

Django takes longer to word a question of many parts than the database to answer it. So it is worded with stand-ins
for what differs each time, kept by its asker (`lru_cache`), and asked with the values of the moment.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

LATER = datetime(1, 1, 1, tzinfo=UTC)
"""Stands for a moment that is known when it is asked."""
Question = tuple[str, tuple[Any, ...]]


def number(place: int) -> int:
    """What stands for a key: no row has one below nought. `place` counts from 0."""
    return -1 - place


def text(name: str) -> str:
    """What stands for a text: nobody writes this letter, which Unicode leaves to private use."""
    return f"\ue000{name}"


def question(rows: QuerySet[Any, Any]) -> Question:
    """The words of a question, with its stand-ins in their places."""
    sql, params = rows.query.sql_with_params()
    return sql, tuple(params)


def answer(asked: Question, values: Mapping[Any, Any]) -> list[tuple[Any, ...]]:
    """Ask it with these values for the stand-ins."""
    sql, params = asked
    with connection.cursor() as cursor:
        cursor.execute(sql, [values.get(value, value) if isinstance(value, Hashable) else value for value in params])
        return list(cursor.fetchall())
