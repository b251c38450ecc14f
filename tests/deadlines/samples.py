"""Calendars as tests know them, and strategies that make others."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from shenava.deadlines.working_time import Interval, WorkingCalendar

NINE_TO_FIVE = ((9 * 60, 17 * 60),)
SPLIT = ((8 * 60, 12 * 60), (13 * 60, 17 * 60))
OFFICE = WorkingCalendar("UTC", dict.fromkeys(range(5), NINE_TO_FIVE))
TEHRAN = WorkingCalendar(
    "Asia/Tehran",
    {**dict.fromkeys((5, 6, 0, 1, 2), ((480, 960),)), 3: ((480, 780),)},
    {date(2026, 3, 21): (), date(2026, 3, 22): ((600, 720),)},
)
JERUSALEM = WorkingCalendar("Asia/Jerusalem", {**dict.fromkeys((6, 0, 1, 2, 3), SPLIT), 4: ((480, 780),)})
ZONES = ["UTC", "Asia/Tehran", "Asia/Jerusalem", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]

intervals = st.lists(st.integers(0, 1440), max_size=6, unique=True).map(
    lambda ends: tuple(zip(sorted(ends)[::2], sorted(ends)[1::2], strict=False))
)
working_day = intervals.filter(lambda found: sum(closes - opens for opens, closes in found) >= 30)
moments = st.datetimes(datetime(1990, 1, 1), datetime(2030, 1, 1)).map(  # noqa: DTZ001 -- made aware here
    lambda moment: moment.replace(tzinfo=UTC, microsecond=0)
)
lengths = st.integers(0, 60 * 200).map(lambda minutes: timedelta(minutes=minutes))


@st.composite
def calendars(draw: st.DrawFn) -> WorkingCalendar:
    """Any week with some work on two days at least, any zone, some days that differ."""
    week: dict[int, tuple[Interval, ...]] = {day: draw(intervals) for day in range(7)}
    week[draw(st.integers(0, 6))] = draw(working_day)
    week[2] = draw(working_day)
    days = draw(st.dictionaries(st.dates(date(1990, 1, 1), date(2030, 1, 1)), intervals, max_size=3))
    return WorkingCalendar(draw(st.sampled_from(ZONES)), week, days)
