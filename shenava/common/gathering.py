"""Gathering: the rows of many small tables in one statement, for a page that would else ask each of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection, models
from django.db.models import Model, QuerySet, Value
from django.db.models.functions import JSONArray


def gather(*asked: QuerySet[Any, Any]) -> list[list[Any]]:
    """The rows of each question, in its own order, all by one statement.

    A question may filter and be ordered by its own columns; what it would join or prefetch is not brought along.
    """
    rows: list[list[Any]] = [[] for _ in asked]
    parts = [_part(place, question) for place, question in enumerate(asked)]
    for place, values in parts[0].union(*parts[1:], all=True):
        rows[place].append(_row(asked[place].model, values))
    return [_in_order(question, found) for question, found in zip(asked, rows, strict=True)]


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
