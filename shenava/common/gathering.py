"""Gathering: the rows of many small tables in one statement, for a page that would else ask each of them."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, models
from django.db.models import Model, QuerySet, Value
from django.db.models.functions import JSONArray


@dataclass(frozen=True)
class Gathering:
    """Several questions in one statement. Wording it takes longer than answering it, so that one which is asked
    often is worded once, about stand-ins, for which the real ones are put in each time."""

    questions: Sequence[QuerySet[Any, Any]]
    sql: str
    values: tuple[Any, ...]

    def rows(self, instead: Mapping[Any, Any] | None = None) -> list[list[Any]]:
        """The rows of each question, in its own order; `instead` says what stands for what."""
        named = instead or {}
        found: list[list[Any]] = [[] for _ in self.questions]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [named.get(one, one) if isinstance(one, Hashable) else one for one in self.values])
            for place, values in cursor:
                found[place].append(_row(self.questions[place].model, json.loads(values)))
        return [_in_order(question, rows) for question, rows in zip(self.questions, found, strict=True)]


def gathering(*asked: QuerySet[Any, Any]) -> Gathering:
    """These questions in one statement.

    A question may filter and be ordered by its own columns; what it would join or prefetch is not brought along.
    """
    parts = [_part(place, question) for place, question in enumerate(asked)]
    sql, values = parts[0].union(*parts[1:], all=True).query.sql_with_params()
    return Gathering(asked, sql, tuple(values))


def attach(rows: Iterable[Model], name: str, found: dict[int, Any]) -> None:
    """Give each row what its foreign key `name` points to, where it was found."""
    for row in rows:
        field: Any = row._meta.get_field(name)
        other = found.get(getattr(row, field.attname))
        if other is not None or getattr(row, field.attname) is None:
            field.set_cached_value(row, other)


def keep(row: Model, name: str, rows: list[Any]) -> None:
    """Let `row.<name>.all()` answer with these rows, as if they had been prefetched; each knows what it belongs to."""
    kept = getattr(row, name).all()
    kept._result_cache, kept._prefetch_done = rows, True
    row.__dict__.setdefault("_prefetched_objects_cache", {})[name] = kept
    back: Any = row._meta.get_field(name)
    if back.one_to_many:
        for one in rows:
            back.field.set_cached_value(one, row)


def _part(place: int, question: QuerySet[Any, Any]) -> Any:
    columns = [field.attname for field in question.model._meta.concrete_fields]
    return question.order_by().values_list(Value(place), JSONArray(*columns))


def _row(model: type[Model], values: list[Any]) -> Model:
    fields = model._meta.concrete_fields
    read = [_value(field, value) for field, value in zip(fields, values, strict=True)]
    return model.from_db(None, [field.attname for field in fields], read)


def _value(field: Any, value: Any) -> Any:
    """As the field itself would have read it; what is JSON has been taken apart already."""
    if isinstance(field, models.JSONField):
        return value
    if hasattr(field, "from_db_value"):
        return field.from_db_value(value, None, connection)
    return field.to_python(value)


def _in_order(question: QuerySet[Any, Any], rows: list[Any]) -> list[Any]:
    for name in reversed([*(question.query.order_by or question.model._meta.ordering), "pk"]):
        rows.sort(key=lambda row: getattr(row, name.lstrip("-")), reverse=name.startswith("-"))
    return rows
