"""The calendars agree with what others have published, and going there and back is the same day."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shenava.common import dates
from shenava.common.dates import hebrew, jalali

DAYS = st.dates(date(1800, 1, 1), date(2300, 12, 31))
CALENDARS = st.sampled_from(["jalali", "gregorian", "hebrew"])
YEARS = st.integers(1200, 1600)


@pytest.fixture
def known(material: Path) -> list[dict[str, Any]]:
    lines = (material / "dates" / "dates.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def of_kind(known: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    found = [case for case in known if case["kind"] == kind]
    assert found
    return found


def test_published_jalali_days_are_ours(known: list[dict[str, Any]]) -> None:
    cases = of_kind(known, "gregorian_jalali")
    pairs = {case["gregorian"]: tuple(int(part) for part in case["jalali"].split("-")) for case in cases}
    days = {text: date.fromisoformat(text) for text in pairs}
    assert {text: jalali.from_date(day) for text, day in days.items()} == pairs
    assert {text: jalali.to_date(*parts) for text, parts in pairs.items()} == days


def test_published_leap_years_and_month_lengths_are_ours(known: list[dict[str, Any]]) -> None:
    leaps = of_kind(known, "jalali_leap_year")
    assert [case["year"] for case in leaps if jalali.is_leap(case["year"]) != case["leap"]] == []
    months = of_kind(known, "jalali_month_length")
    assert [case for case in months if jalali.month_length(case["year"], case["month"]) != case["days"]] == []


def jalali_exists(year: int, month: int, day: int) -> bool:
    try:
        jalali.to_date(year, month, day)
    except ValueError:
        return False
    return True


def test_days_published_as_impossible_are_refused(known: list[dict[str, Any]]) -> None:
    ours = [case for case in of_kind(known, "jalali_valid") if 1 <= case["jalali"][0] <= 3000]
    assert [case for case in ours if jalali_exists(*case["jalali"]) != case["valid"]] == []


def test_published_hebrew_days_are_ours(known: list[dict[str, Any]]) -> None:
    cases = of_kind(known, "gregorian_hebrew")
    wanted = [tuple(case["hebrew"][part] for part in ("year", "month_nisan1", "day")) for case in cases]
    days = [date.fromisoformat(case["gregorian"]) for case in cases]
    assert [hebrew.from_date(day) for day in days] == wanted
    assert [hebrew.to_date(*parts) for parts in wanted] == days


def test_feasts_of_a_published_year_fall_on_their_hebrew_days(known: list[dict[str, Any]]) -> None:
    feasts = {"Rosh Hashana II": (7, 2), "Tzom Gedaliah": (7, 3), "Yom Kippur": (7, 10), "Pesach I": (1, 15)}
    events = [event for case in of_kind(known, "hebrew_year_events") for event in case["events"]]
    met = [event for event in events if event["desc"] in feasts]
    assert len(met) >= 3
    told = [(event["desc"], hebrew.from_date(date.fromisoformat(event["date"]))[1:]) for event in met]
    assert told == [(event["desc"], feasts[event["desc"]]) for event in met]


@given(DAYS, CALENDARS)
def test_there_and_back_is_the_same_day(day: date, calendar: str) -> None:
    assert dates.from_parts(*dates.parts_of(day, calendar), calendar) == day


@given(DAYS, CALENDARS, st.sampled_from(["fa", "he", "en"]))
def test_what_is_shown_in_figures_is_read_back(day: date, calendar: str, language: str) -> None:
    shown = dates.show_date_short(day, calendar=calendar, language=language)
    assert dates.parse_date(shown, calendar=calendar, language=language) == day


@given(DAYS, st.integers(-600, 600))
def test_months_on_is_the_same_day_of_that_month_or_its_last(day: date, months: int) -> None:
    year, month, number = jalali.from_date(day)
    there = jalali.from_date(jalali.add_months(day, months))
    assert there[0] * 12 + there[1] == year * 12 + month + months
    assert there[2] == min(number, jalali.month_length(there[0], there[1]))


@given(YEARS)
def test_months_seasons_and_years_follow_without_gap(year: int) -> None:
    months = [jalali.month_range(year, month) for month in range(1, 13)]
    seasons = [jalali.quarter_range(year, quarter) for quarter in range(1, 5)]
    assert [first for first, _ in months[1:]] == [last + timedelta(days=1) for _, last in months[:-1]]
    assert seasons == [(months[i][0], months[i + 2][1]) for i in (0, 3, 6, 9)]
    assert jalali.year_range(year) == (months[0][0], months[-1][1]) == (seasons[0][0], seasons[-1][1])
    assert jalali.month_length(year, 12) == (29, 30)[jalali.is_leap(year)]


@given(DAYS, st.integers(0, 60), st.integers(0, 6))
def test_weeks_cover_a_span_and_start_on_their_day(first: date, length: int, starts_on: int) -> None:
    last = first + timedelta(days=length)
    weeks = jalali.weeks(first, last, starts_on=starts_on)
    assert (weeks[0][0], weeks[-1][1]) == (first, last)
    assert [start for start, _ in weeks[1:]] == [end + timedelta(days=1) for _, end in weeks[:-1]]
    assert {start.weekday() for start, _ in weeks[1:]} <= {starts_on}
    assert all((end - start).days < 7 for start, end in weeks)


def test_the_last_day_of_shahrivar_becomes_the_last_of_mehr() -> None:
    assert jalali.add_months(jalali.to_date(1405, 6, 31), 1) == jalali.to_date(1405, 7, 30)
    assert jalali.add_months(jalali.to_date(1403, 12, 30), 12) == jalali.to_date(1404, 12, 29)


@pytest.mark.parametrize(
    ("year", "month", "day", "calendar"),
    [
        (1404, 12, 30, "jalali"),
        (1405, 13, 1, "jalali"),
        (1405, 7, 31, "jalali"),
        (0, 1, 1, "jalali"),
        (9999, 1, 1, "jalali"),
        (2026, 2, 29, "gregorian"),
        (5786, 13, 1, "hebrew"),
        (5787, 9, 31, "hebrew"),
        (1, 1, 1, "hebrew"),
    ],
)
def test_a_day_that_is_not_in_the_calendar_is_refused(year: int, month: int, day: int, calendar: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        dates.from_parts(year, month, day, calendar)
