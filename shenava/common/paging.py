"""Paging by key: the next page begins after the last row shown, however deep it lies."""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Model, Q, QuerySet

LONGEST_CURSOR = 2000
BIGGEST = 2**63
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")


@dataclass(frozen=True)
class Page:
    """Some rows, where the next ones begin (None at the end), and how many there are, as far as was counted."""

    items: list[Any]
    next_cursor: str | None
    count: int = 0


def page_by_key(
    queryset: QuerySet[Any],
    *,
    order: tuple[str, ...] = ("-id",),
    after: str | None = None,
    size: int = 50,
    shown: QuerySet[Any] | None = None,
    count_to: int = 0,
) -> Page:
    """One page in the given order, the last key of which must be unique. Missing values come last.

    The keys are looked for first; the rows of this page alone are then read, as `shown` reads them, with what
    belongs to them. Two queries. A cursor that was tampered with gives the first page. With `count_to` the page
    says how many rows there are from its first one on, counted no further than that.
    """
    keys = _keys(queryset, order, after, max(size + 1, count_to))
    found = {item.pk: item for item in (queryset if shown is None else shown).filter(pk__in=keys[:size])}
    items = [found[key] for key in keys[:size] if key in found]
    more = len(keys) > size and bool(items)
    return Page(items, _encode(items[-1], order) if more else None, min(len(keys), count_to))


def _keys(queryset: QuerySet[Any], order: tuple[str, ...], after: str | None, most: int) -> list[Any]:
    ordered = queryset.order_by(*[_term(queryset, key) for key in order])
    place = _decode(after, len(order))
    keys: list[Any] = []
    for stretch in [ordered] if place is None else _behind(ordered, order, place):
        if len(keys) < most:
            keys += stretch.values_list("pk", flat=True)[: most - len(keys)]
    return keys


def _term(queryset: QuerySet[Any], key: str) -> Any:
    """Where nothing can be missing, plainly: only so is an index of the same order walked."""
    if not _can_miss(queryset, key):
        return key
    column = F(key.removeprefix("-"))
    return column.desc(nulls_last=True) if key.startswith("-") else column.asc(nulls_last=True)


def _behind(queryset: QuerySet[Any], order: tuple[str, ...], place: list[Any]) -> list[QuerySet[Any]]:
    """What comes after a place, in stretches to be walked in turn: an index is walked from there on, and what has
    no value for the first key is only looked for behind all that has."""
    name, value = order[0].removeprefix("-"), place[0]
    without = queryset.filter(**{f"{name}__isnull": True}) if _can_miss(queryset, order[0]) else queryset.none()
    try:
        if value is None:
            return [without.filter(_after(order[1:], place[1:]))]
        way = "lte" if order[0].startswith("-") else "gte"
        return [queryset.filter(Q(**{f"{name}__{way}": value}), _after(order, place, missing=False)), without]
    except (ValidationError, ValueError, TypeError):
        return [queryset]


def _can_miss(queryset: QuerySet[Any], key: str) -> bool:
    name = key.removeprefix("-")
    fields = {field.attname: field for field in queryset.model._meta.concrete_fields}
    return name not in fields or fields[name].null


def _after(order: tuple[str, ...], place: list[Any], *, missing: bool = True) -> Q:
    """What stands behind these values; `missing`: also what has none for the first of them."""
    if not order:
        return Q(pk__in=[])
    name, value = order[0].removeprefix("-"), place[0]
    if value is None:
        return Q(**{f"{name}__isnull": True}) & _after(order[1:], place[1:])
    further = Q(**{f"{name}__{'lt' if order[0].startswith('-') else 'gt'}": value})
    if missing:
        further |= Q(**{f"{name}__isnull": True})
    return further | (Q(**{name: value}) & _after(order[1:], place[1:]))


def _encode(item: Model, order: tuple[str, ...]) -> str:
    values = [getattr(item, key.removeprefix("-")) for key in order]
    return base64.urlsafe_b64encode(json.dumps(values, default=str).encode()).decode().rstrip("=")


def _decode(cursor: str | None, length: int) -> list[Any] | None:
    if not cursor or len(cursor) > LONGEST_CURSOR:
        return None
    try:
        found = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        return None
    fits = isinstance(found, list) and len(found) == length
    return found if fits and all(_is_plain(value) for value in found) else None


def _is_plain(value: Any) -> bool:
    """A value that the database can compare: it takes no NUL, no half surrogate pair, no endless number."""
    if isinstance(value, str):
        return _UNSTORABLE.search(value) is None
    return value is None or (isinstance(value, int | float) and abs(value) < BIGGEST)
