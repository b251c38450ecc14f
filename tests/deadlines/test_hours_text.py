"""Working hours are understood as people write them, in any digits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shenava.deadlines.hours_text import parse_hours, show_hours

MORNING, AFTERNOON = (8 * 60, 12 * 60), (13 * 60, 17 * 60)


@pytest.mark.parametrize(
    "text",
    [
        "08:00-12:00, 13:00-17:00",
        "8:00 - 12:00 , 13:00 - 17:00",
        "8-12, 13-17",
        "8.00-12.00; 13.00-17.00",
        "13:00–17:00, 08:00—12:00",
        "8 to 12 and 13 to 17",
        "۰۸:۰۰-۱۲:۰۰، ۱۳:۰۰-۱۷:۰۰",
        "۸ تا ۱۲ و ۱۳ تا ۱۷",
        "٨:٠٠ تا ١٢:٠٠، ١٣:٠٠ تا ١٧:٠٠",
        "8:00 עד 12:00 ו-13:00 עד 17:00",
        "8:00־12:00, 13:00־17:00",
    ],
)
def test_hours_are_understood_as_people_write_them(text: str) -> None:
    assert parse_hours(text) == (MORNING, AFTERNOON)


@pytest.mark.parametrize("text", ["", "  ", ",", "،"])
def test_nothing_is_no_work(text: str) -> None:
    assert parse_hours(text) == ()


@pytest.mark.parametrize(("text", "closes"), [("20:00-24:00", 1440), ("20:00-00:00", 1440), ("۰-۲۴", 1440)])
def test_midnight_is_the_end_of_the_day(text: str, closes: int) -> None:
    [(_opens, end)] = parse_hours(text)
    assert end == closes


@pytest.mark.parametrize(
    "text",
    [
        "8", "8-", "-12", "12-8", "8-8", "22:00-06:00", "25:00-26:00", "8:60-9:00", "09:00-18:60", "8:00-24:01",
        "8-12, 11-13", "8-12, 8-12", "eight to twelve", "8:00:00-9:00", "8-12-13", "۸ تا", "8-12 13-17", "0x8-12",
    ],
)  # fmt: skip
def test_what_cannot_be_hours_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_hours(text)


@given(st.lists(st.integers(0, 1440), max_size=8, unique=True).map(sorted))
def test_hours_that_are_shown_are_read_back(ends: list[int]) -> None:
    intervals = tuple(zip(ends[::2], ends[1::2], strict=False))
    assert parse_hours(show_hours(intervals)) == intervals
