"""The horizon: overdue, today, this week or later, by working days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shenava.deadlines.horizon import Due, due_group, week_begins, week_end
from shenava.deadlines.working_time import WorkingCalendar

DAY = ((480, 960),)
IRAN = WorkingCalendar("Asia/Tehran", {5: DAY, 6: DAY, 0: DAY, 1: DAY, 2: DAY}, {date(2026, 11, 30): ()})
TUESDAY = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SATURDAY = 5


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-1, Due.OVERDUE),
        (0.1, Due.TODAY),
        (1, Due.WEEK),  # Wednesday, the last working day of the Iranian week
        (3, Due.WEEK),  # Friday: work for Wednesday
        (4, Due.LATER),  # Saturday begins the next week
    ],
)
def test_work_is_due_by_the_last_working_day_before_its_date(days: float, expected: Due) -> None:
    assert due_group(TUESDAY + timedelta(days=days), TUESDAY, IRAN, week_begins=SATURDAY) == expected


def test_what_falls_due_on_a_holiday_after_today_is_work_for_today() -> None:
    wednesday = TUESDAY + timedelta(days=1)
    friday = wednesday + timedelta(days=2)
    assert due_group(friday, wednesday, IRAN, week_begins=SATURDAY) == Due.TODAY


def test_what_has_no_date_comes_under_a_heading_of_its_own() -> None:
    assert due_group(None, TUESDAY, IRAN) == Due.NEVER


@given(st.lists(st.integers(-400, 4000), min_size=2, max_size=20), st.integers(0, 6))
def test_in_the_order_of_dates_every_group_comes_once(hours: list[int], begins: int) -> None:
    order = list(Due)
    found = [
        order.index(due_group(TUESDAY + timedelta(hours=hour), TUESDAY, IRAN, week_begins=begins))
        for hour in sorted(hours)
    ]
    assert found == sorted(found)


def test_a_calendar_that_never_works_still_answers() -> None:
    closed = WorkingCalendar("UTC", {})
    assert due_group(TUESDAY + timedelta(days=30), TUESDAY, closed) == Due.TODAY


@pytest.mark.parametrize(
    ("kind", "language", "last"),
    [
        ("jalali", "en", date(2026, 11, 27)),
        ("hebrew", "en", date(2026, 11, 28)),
        ("gregorian", "he", date(2026, 11, 28)),
        ("gregorian", "en", date(2026, 11, 29)),
    ],
)
def test_the_week_ends_where_the_reader_has_it_end(kind: str, language: str, last: date) -> None:
    assert week_end(date(2026, 11, 24), week_begins(kind, language)) == last
