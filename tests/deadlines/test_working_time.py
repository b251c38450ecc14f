"""Working time: cases with names, and laws that hold for every calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shenava.deadlines.working_time import (
    HORIZON,
    NeverOpenError,
    WorkingCalendar,
    add_working,
    add_working_days,
    in_order,
    is_open,
    is_working_day,
    last_open,
    next_close,
    next_open,
    working_between,
    working_days_between,
)
from tests.deadlines.samples import JERUSALEM, NINE_TO_FIVE, OFFICE, SPLIT, TEHRAN, calendars, lengths, moments

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CLOSED = WorkingCalendar("UTC", {})


def at(text: str, zone: str = "UTC") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("calendar", "zone", "start", "hours", "due"),
    [
        (OFFICE, "UTC", "2026-11-23T10:00", 3, "2026-11-23T13:00"),
        (OFFICE, "UTC", "2026-11-23T07:00", 3, "2026-11-23T12:00"),
        (OFFICE, "UTC", "2026-11-23T16:00", 3, "2026-11-24T11:00"),
        (OFFICE, "UTC", "2026-11-27T16:00", 3, "2026-11-30T11:00"),
        (OFFICE, "UTC", "2026-11-28T12:00", 40, "2026-12-04T17:00"),
        (TEHRAN, "Asia/Tehran", "2026-11-26T12:00", 2, "2026-11-28T09:00"),  # Thursday is half a day, Friday none
        (TEHRAN, "Asia/Tehran", "2026-03-19T12:30", 1.5, "2026-03-22T11:00"),  # Nowruz closed, then two hours
        (JERUSALEM, "Asia/Jerusalem", "2026-11-26T12:00", 2, "2026-11-26T15:00"),  # over the lunch break
        (JERUSALEM, "Asia/Jerusalem", "2026-11-27T12:00", 2, "2026-11-29T09:00"),  # over the Sabbath
    ],
)
def test_a_budget_of_working_hours_is_used_up(
    calendar: WorkingCalendar, zone: str, start: str, hours: float, due: str
) -> None:
    assert add_working(calendar, at(start, zone), hours * HOUR) == at(due, zone)
    assert working_between(calendar, at(start, zone), at(due, zone)) == hours * HOUR
    assert working_between(calendar, at(due, zone), at(start, zone)) == -hours * HOUR


@pytest.mark.parametrize(
    ("calendar", "start", "days", "due"),
    [
        (OFFICE, "2026-11-23T10:00", 1, "2026-11-24T17:00"),
        (OFFICE, "2026-11-23T23:00", 1, "2026-11-24T17:00"),
        (OFFICE, "2026-11-27T10:00", 1, "2026-11-30T17:00"),
        (OFFICE, "2026-11-28T10:00", 1, "2026-11-30T17:00"),
        (OFFICE, "2026-11-23T10:00", 5, "2026-11-30T17:00"),
        (OFFICE, "2026-11-23T10:00", 0, "2026-11-23T17:00"),
        (OFFICE, "2026-11-28T10:00", 0, "2026-11-30T17:00"),
        (TEHRAN, "2026-11-24T21:00", 1, "2026-11-26T09:30"),  # past midnight in Tehran: received on Wednesday
        (TEHRAN, "2026-11-25T10:00", 1, "2026-11-26T09:30"),
        (TEHRAN, "2026-11-25T10:00", 2, "2026-11-28T12:30"),
        (JERUSALEM, "2026-11-26T10:00", 1, "2026-11-27T11:00"),
        (JERUSALEM, "2026-11-26T10:00", 2, "2026-11-29T15:00"),
    ],
)
def test_so_many_working_days_after_the_day_of_receipt(
    calendar: WorkingCalendar, start: str, days: int, due: str
) -> None:
    assert add_working_days(calendar, at(start), days) == at(due)


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Asia/Jerusalem", date(2026, 3, 27), 23),
        ("Asia/Jerusalem", date(2026, 10, 25), 25),
        ("Asia/Tehran", date(2021, 3, 22), 23),  # the clocks changed at midnight, until 2022
        ("Asia/Tehran", date(2021, 9, 21), 25),
        ("Asia/Tehran", date(2026, 3, 22), 24),
        ("Australia/Lord_Howe", date(2026, 10, 4), 23.5),
    ],
)
def test_a_day_on_which_the_clocks_change_is_as_long_as_it_was(zone: str, day: date, hours: float) -> None:
    always = WorkingCalendar(zone, dict.fromkeys(range(7), ((0, 1440),)))
    midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))
    length = working_between(always, midnight, midnight + DAY)
    real = (midnight + DAY).astimezone(UTC) - midnight.astimezone(UTC)
    assert length == real == hours * HOUR


def test_hours_that_the_change_of_clocks_swallows_are_no_work() -> None:
    night = WorkingCalendar("Asia/Jerusalem", {4: ((2 * 60, 2 * 60 + 30),)})
    assert working_between(night, at("2026-03-27T00:00"), at("2026-03-28T00:00")) == HOUR / 2
    swallowed = WorkingCalendar("Asia/Jerusalem", {4: ((2 * 60 + 15, 3 * 60),)})
    assert working_between(swallowed, at("2026-03-26T12:00"), at("2026-03-28T00:00")) == timedelta(0)
    assert add_working_days(swallowed, at("2026-03-26T12:00"), 1) == at("2026-04-03T00:00")


@pytest.mark.parametrize(
    "question",
    [
        lambda: add_working(CLOSED, at("2026-11-23T10:00"), HOUR),
        lambda: add_working(CLOSED, at("2026-11-23T10:00"), -HOUR),
        lambda: add_working_days(CLOSED, at("2026-11-23T10:00"), 1),
        lambda: add_working_days(CLOSED, at("2026-11-23T10:00"), 365),
        lambda: next_open(CLOSED, at("2026-11-23T10:00")),
        lambda: last_open(CLOSED, at("2026-11-23T10:00")),
        lambda: next_close(CLOSED, at("2026-11-23T10:00")),
    ],
)
def test_a_calendar_without_work_ahead_is_told_and_not_searched_for_ever(question: object) -> None:
    with pytest.raises(NeverOpenError, match="no working hour within 400 days of 2026-11-23"):
        question()  # type: ignore[operator]


def test_work_is_found_within_the_horizon_and_not_beyond() -> None:
    start = at("2026-11-23T10:00")
    near, far = start.date() + (HORIZON - 2) * DAY, start.date() + (HORIZON + 2) * DAY
    assert add_working(WorkingCalendar("UTC", {}, {near: NINE_TO_FIVE}), start, HOUR).date() == near
    with pytest.raises(NeverOpenError):
        add_working(WorkingCalendar("UTC", {}, {far: NINE_TO_FIVE}), start, HOUR)


@pytest.mark.parametrize(
    ("intervals", "fine"),
    [
        ((), True),
        (SPLIT, True),
        (((0, 1440),), True),
        (((480, 720), (720, 900)), True),
        (((480, 720), (700, 900)), False),
        (((780, 900), (480, 720)), False),
        (((480, 480),), False),
        (((480, 1441),), False),
        (((-60, 480),), False),
    ],
)
def test_intervals_are_in_order_or_not(intervals: tuple[tuple[int, int], ...], fine: bool) -> None:
    assert in_order(intervals) is fine


@given(calendars(), moments, lengths, lengths)
def test_the_sum_of_two_budgets_is_one_after_the_other(
    calendar: WorkingCalendar, start: datetime, one: timedelta, other: timedelta
) -> None:
    whole = add_working(calendar, start, one + other)
    parts = add_working(calendar, add_working(calendar, start, one), other)
    assert working_between(calendar, whole, parts) == timedelta(0)
    assert (whole == parts) or other == timedelta(0)


@given(calendars(), moments, lengths)
def test_what_has_passed_until_a_due_date_is_the_budget(
    calendar: WorkingCalendar, start: datetime, amount: timedelta
) -> None:
    due = add_working(calendar, start, amount)
    assert due >= start
    assert working_between(calendar, start, due) == amount
    back = add_working(calendar, due, -amount)
    assert working_between(calendar, back, due) == amount


@given(calendars(), moments, moments, lengths)
def test_who_comes_later_is_not_due_earlier(
    calendar: WorkingCalendar, one: datetime, other: datetime, amount: timedelta
) -> None:
    first, second = sorted([one, other])
    assert add_working(calendar, first, amount) <= add_working(calendar, second, amount)
    assert add_working(calendar, first, amount) <= add_working(calendar, first, amount + HOUR)


@given(calendars(), st.lists(moments, min_size=3, max_size=3).map(sorted))
def test_working_time_adds_up_over_a_moment_between(calendar: WorkingCalendar, three: list[datetime]) -> None:
    first, middle, last = (three[0], min(three[1], three[0] + 90 * DAY), min(three[2], three[0] + 180 * DAY))
    whole = working_between(calendar, first, last)
    assert whole == working_between(calendar, first, middle) + working_between(calendar, middle, last)
    assert timedelta(0) <= whole <= last - first


@given(calendars(), moments)
def test_a_day_that_is_closed_has_no_working_time(calendar: WorkingCalendar, moment: datetime) -> None:
    local = moment.astimezone(ZoneInfo(calendar.time_zone)).date()
    holiday = WorkingCalendar(calendar.time_zone, calendar.hours, {**calendar.exceptions, local: ()})
    midnight = datetime(local.year, local.month, local.day, tzinfo=ZoneInfo(calendar.time_zone))
    assert working_between(holiday, midnight, midnight + DAY) == timedelta(0)
    assert not is_working_day(holiday, local)
    assert not is_open(holiday, moment)
    assert add_working(holiday, moment, HOUR / 4).astimezone(midnight.tzinfo).date() > local


@given(calendars(), moments)
def test_opening_and_closing_are_next_to_working_time(calendar: WorkingCalendar, moment: datetime) -> None:
    opened, closed, before = next_open(calendar, moment), next_close(calendar, moment), last_open(calendar, moment)
    assert before <= moment <= opened < closed
    assert is_open(calendar, opened)
    assert is_open(calendar, moment) is (opened == moment)
    assert working_between(calendar, before, opened) == timedelta(0)
    assert working_between(calendar, opened, closed) == closed - opened


@given(calendars(), moments, st.integers(1, 15))
def test_working_days_are_counted_as_they_are_added(calendar: WorkingCalendar, start: datetime, days: int) -> None:
    zone = ZoneInfo(calendar.time_zone)
    due = add_working_days(calendar, start, days)
    last = (due - timedelta(seconds=1)).astimezone(zone).date()
    assert is_working_day(calendar, last)
    assert working_days_between(calendar, start.astimezone(zone).date(), last) >= days
    assert add_working_days(calendar, start, days + 1) > due


@given(calendars(), moments, lengths)
def test_the_zone_in_which_a_moment_is_given_changes_nothing(
    calendar: WorkingCalendar, start: datetime, amount: timedelta
) -> None:
    elsewhere = start.astimezone(ZoneInfo("Asia/Tokyo"))
    due = add_working(calendar, elsewhere, amount)
    assert due == add_working(calendar, start, amount)
    assert due.tzinfo == elsewhere.tzinfo
