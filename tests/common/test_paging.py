"""Page after page shows every row once, in order, whatever is missing, late or tampered with."""

import base64
import json
from datetime import UTC, datetime, timedelta
from itertools import chain, count
from random import Random

import pytest
from django.db.models import F, QuerySet, Value
from django.db.models.functions import NullIf

from shenava.common.models import Budget
from shenava.common.paging import page_by_key

START = datetime(2026, 11, 24, 12, 0, 0, 123456, tzinfo=UTC)
ORDERS = [
    ("id",),
    ("-id",),
    ("window_start", "id"),
    ("-window_start", "-id"),
    ("size", "id"),
    ("-size", "id"),
    ("-size", "window_start", "-id"),
    ("key", "id"),
]


@pytest.fixture
def rows(db: None) -> "QuerySet[Budget]":
    """Forty rows: many of one moment a microsecond apart, a third without a size."""
    dice, numbers = Random(7), count()
    Budget.objects.bulk_create(
        Budget(
            key=f"{dice.choice('abc')}{next(numbers)}",
            window_start=START + timedelta(microseconds=dice.randrange(4)),
            count=dice.randrange(3),
        )
        for _ in range(40)
    )
    return Budget.objects.annotate(size=NullIf(F("count"), Value(0)))


def walk(rows: "QuerySet[Budget]", order: tuple[str, ...], size: int) -> list[list[int]]:
    page = page_by_key(rows, order=order, size=size)
    pages = [page]
    while pages[-1].next_cursor:
        pages.append(page_by_key(rows, order=order, after=pages[-1].next_cursor, size=size))
    return [[row.pk for row in page.items] for page in pages]


def sorted_keys(rows: "QuerySet[Budget]", order: tuple[str, ...]) -> list[int]:
    terms = [F(key.removeprefix("-")) for key in order]
    directed = [
        term.desc(nulls_last=True) if key.startswith("-") else term.asc(nulls_last=True)
        for key, term in zip(order, terms, strict=True)
    ]
    return [row.pk for row in rows.order_by(*directed)]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("size", [1, 7, 20, 40, 41])
def test_pages_in_a_row_are_the_whole_list_in_order(
    rows: "QuerySet[Budget]", order: tuple[str, ...], size: int
) -> None:
    pages = walk(rows, order, size)
    assert list(chain.from_iterable(pages)) == sorted_keys(rows, order)
    assert {len(page) for page in pages[:-1]} <= {size}
    assert pages[-1]


def test_no_rows_are_one_empty_page(db: None) -> None:
    page = page_by_key(Budget.objects.all())
    assert (page.items, page.next_cursor) == ([], None)


def test_a_row_that_comes_in_before_the_place_shifts_nothing(rows: "QuerySet[Budget]") -> None:
    first = page_by_key(rows, order=("-window_start", "-id"), size=10)
    expected = page_by_key(rows, order=("-window_start", "-id"), after=first.next_cursor, size=10)
    Budget.objects.create(key="new", window_start=START + timedelta(hours=1), count=1)
    second = page_by_key(rows, order=("-window_start", "-id"), after=first.next_cursor, size=10)
    assert [row.pk for row in second.items] == [row.pk for row in expected.items]


def cursor(*values: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode()


BAD = [
    "",
    "x",
    "é",
    "%%%",
    "A" * 5000,
    base64.urlsafe_b64encode(b"[" * 1400).decode(),
    base64.urlsafe_b64encode(b"\xff\xfe").decode(),
    base64.urlsafe_b64encode(b"[NaN, 1]").decode(),
    cursor(10**30, 1),
    cursor(-(2**63), 1),
    cursor(START.isoformat(), 10**30),
    base64.urlsafe_b64encode(b"[1" + b"0" * 1400 + b", 1]").decode(),
    cursor("no date", 1),
    cursor("2026-02-31T00:00:00+00:00", 1),
    cursor({}, 1),
    cursor([], 1),
    cursor(True, 1),
    cursor(START.isoformat()),
    cursor(START.isoformat(), 1, 2),
    cursor(START.isoformat(), "one"),
]


@pytest.mark.parametrize("tampered", BAD)
def test_a_tampered_cursor_gives_the_first_page(rows: "QuerySet[Budget]", tampered: str) -> None:
    order = ("window_start", "id")
    first = page_by_key(rows, order=order, size=5)
    assert page_by_key(rows, order=order, after=tampered, size=5) == first


@pytest.mark.parametrize("value", ["a\x00", "\ud800"])
def test_a_cursor_that_the_database_cannot_store_gives_the_first_page(rows: "QuerySet[Budget]", value: str) -> None:
    first = page_by_key(rows, order=("key", "id"), size=5)
    assert page_by_key(rows, order=("key", "id"), after=cursor(value, 1), size=5) == first


def test_counting_stops_at_the_cap(rows: "QuerySet[Budget]") -> None:
    counted = [page_by_key(rows, size=5, count_to=most).count for most in (12, 40, 100)]
    assert counted == [12, 40, 40]
    assert page_by_key(rows.none(), size=5, count_to=12).count == 0


@pytest.mark.parametrize("order", ORDERS)
def test_the_rows_of_a_page_are_read_as_they_are_shown(rows: "QuerySet[Budget]", order: tuple[str, ...]) -> None:
    shown = rows.annotate(said=F("key"))
    page = page_by_key(rows, order=order, size=7, shown=shown, count_to=20)
    assert [row.said for row in page.items] == [row.key for row in page_by_key(rows, order=order, size=7).items]
    following = page_by_key(rows, order=order, size=7, shown=shown, after=page.next_cursor).items
    assert [row.pk for row in (*page.items, *following)] == sorted_keys(rows, order)[:14]
