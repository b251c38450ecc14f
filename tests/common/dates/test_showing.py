"""Dates read as each language writes them, where the reader is; and are read back from what people type."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shenava.common.dates import (
    digits,
    parse_date,
    show_brief,
    show_date,
    show_date_short,
    show_duration,
    show_moment,
    show_time,
    show_weekday,
    year_of,
)

DAY = date(2026, 11, 24)
ZWNJ = "\u200c"


@pytest.mark.parametrize(
    ("calendar", "language", "shown"),
    [
        ("jalali", "fa", "۳ آذر ۱۴۰۵"),
        ("jalali", "en", "3 Azar 1405"),
        ("jalali", "he", "3 באזר 1405"),
        ("gregorian", "fa", "۲۴ نوامبر ۲۰۲۶"),
        ("gregorian", "en", "24 November 2026"),
        ("gregorian", "he", "24 בנובמבר 2026"),
        ("hebrew", "fa", "۱۴ کیسلو ۵۷۸۷"),
        ("hebrew", "en", "14 Kislev 5787"),
        ("hebrew", "he", "י״ד בכסלו תשפ״ז"),
        ("gregorian", "xx", "24 November 2026"),
    ],
)
def test_a_date_is_worded_as_its_language_words_it(calendar: str, language: str, shown: str) -> None:
    assert show_date(DAY, calendar=calendar, language=language) == shown


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(2024, 2, 24), "15 Adar I 5784"),
        (date(2024, 3, 25), "15 Adar II 5784"),
        (date(2025, 3, 15), "15 Adar 5785"),
    ],
)
def test_adar_is_told_apart_only_in_years_of_thirteen_months(day: date, shown: str) -> None:
    assert show_date(day, calendar="hebrew", language="en") == shown


def test_fifteen_and_the_round_year_avoid_the_letters_of_the_name() -> None:
    assert show_date(date(2024, 2, 24), calendar="hebrew", language="he") == "ט״ו באדר א׳ תשפ״ד"
    assert show_date(date(2023, 9, 16), calendar="hebrew", language="he") == "א׳ בתשרי תשפ״ד"


@pytest.mark.parametrize(
    ("calendar", "language", "shown"),
    [
        ("jalali", "fa", "۱۴۰۵/۰۹/۰۳"),
        ("jalali", "en", "1405/09/03"),
        ("gregorian", "en", "2026-11-24"),
        ("gregorian", "fa", "۲۰۲۶/۱۱/۲۴"),
        ("hebrew", "he", "5787/09/14"),
    ],
)
def test_a_date_in_figures_begins_with_the_year(calendar: str, language: str, shown: str) -> None:
    assert show_date_short(DAY, calendar=calendar, language=language) == shown


def test_persian_weekdays_have_the_spelling_of_the_calendar() -> None:
    week = [show_weekday(date(2026, 11, 21) + timedelta(days=n), language="fa") for n in range(7)]
    assert week == ["شنبه", "یکشنبه", "دوشنبه", f"سه{ZWNJ}شنبه", "چهارشنبه", "پنجشنبه", "جمعه"]


def test_weekdays_in_english_and_hebrew() -> None:
    assert show_weekday(DAY, language="en") == "Tuesday"
    assert show_weekday(DAY, language="he") == "יום שלישי"


def test_a_moment_is_shown_where_the_reader_is() -> None:
    moment = datetime(2026, 11, 24, 11, 5, tzinfo=UTC)
    shown = show_moment(moment, calendar="jalali", language="fa", time_zone="Asia/Tehran")
    assert shown == f"سه{ZWNJ}شنبه ۳ آذر ۱۴۰۵، ۱۴:۳۵"
    english = show_moment(moment, calendar="gregorian", language="en", time_zone="Asia/Jerusalem")
    assert english == "Tuesday 24 November 2026, 13:05"
    assert show_time(moment, language="fa", time_zone="Asia/Tehran") == "۱۴:۳۵"


def test_the_evening_before_nowruz_in_utc_is_nowruz_in_tehran() -> None:
    moment = datetime(2026, 3, 20, 20, 45, tzinfo=UTC)
    shown = show_moment(moment, calendar="jalali", language="fa", time_zone="Asia/Tehran")
    assert shown == "شنبه ۱ فروردین ۱۴۰۵، ۰۰:۱۵"


def test_a_moment_is_not_taken_for_a_day() -> None:
    with pytest.raises(TypeError, match="time zone"):
        show_date(datetime(2026, 3, 20, 20, 45, tzinfo=UTC), calendar="jalali", language="fa")


@pytest.mark.parametrize(
    ("length", "english", "persian", "hebrew"),
    [
        (timedelta(), "0 min", "۰ دقیقه", "0 דק׳"),
        (timedelta(minutes=130), "2 h 10 min", "۲ ساعت و ۱۰ دقیقه", "2 שע׳ ו־10 דק׳"),
        (timedelta(hours=-2), "2 h", "۲ ساعت", "2 שע׳"),
        (timedelta(days=1, hours=3, minutes=9), "1 day 3 h", "۱ روز و ۳ ساعت", "1 יום ו־3 שע׳"),
        (timedelta(days=2, minutes=9), "2 days 9 min", "۲ روز و ۹ دقیقه", "2 ימים ו־9 דק׳"),
        (timedelta(days=12, hours=5), "12 days", "۱۲ روز", "12 ימים"),
    ],
)
def test_a_length_of_time_is_told_in_its_largest_units(
    length: timedelta, english: str, persian: str, hebrew: str
) -> None:
    assert [show_duration(length, language) for language in ("en", "fa", "he")] == [english, persian, hebrew]


def test_only_persian_has_digits_of_its_own() -> None:
    assert [digits("a 1405", language) for language in ("fa", "he", "en")] == ["a ۱۴۰۵", "a 1405", "a 1405"]


def test_complaints_are_numbered_by_the_year_of_the_calendar() -> None:
    eve, nowruz = date(2026, 3, 20), date(2026, 3, 21)
    assert (year_of(eve, "jalali"), year_of(nowruz, "jalali")) == (1404, 1405)
    assert year_of(nowruz, "gregorian") == 2026
    assert (year_of(date(2026, 9, 11), "hebrew"), year_of(date(2026, 9, 12), "hebrew")) == (5786, 5787)


@pytest.mark.parametrize(
    "typed",
    [
        "1405/9/3",
        "۱۴۰۵/۰۹/۰۳",
        "٣-٩-١٤٠٥",
        "3.9.1405",
        " ۳ ۹ ۱۴۰۵ ",
        "\u200f1405 / 09 / 03\u200e",
        "1405–09–03",
        "۳ ، ۹ ، ۱۴۰۵",
    ],
)
def test_a_jalali_date_is_read_however_it_is_typed(typed: str) -> None:
    assert parse_date(typed, calendar="jalali", language="fa") == DAY


@pytest.mark.parametrize("typed", ["2026-11-24", "24/11/2026", "24.11.2026"])
def test_a_gregorian_date_is_read_day_first_or_year_first(typed: str) -> None:
    assert parse_date(typed, calendar="gregorian", language="en") == DAY


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "three numbers"),
        ("tomorrow", "three numbers"),
        ("1405/9", "three numbers"),
        ("1405/9/3/1", "three numbers"),
        ("5/9/3", "four digits"),
        ("99/9/3", "four digits"),
        ("140/9/3", "four digits"),
        ("1405/13/1", "month"),
        ("1404/12/30", "day"),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason(typed: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse_date(typed, calendar="jalali", language="fa")


def read(text: str, calendar: str) -> object:
    try:
        return parse_date(text, calendar=calendar)
    except ValueError as refusal:
        return str(refusal)


FIGURES = st.text(st.sampled_from("0123456789۰۱۴۵/-. "), max_size=14)


@given(st.one_of(FIGURES, st.text(max_size=20)), st.sampled_from(["jalali", "gregorian", "hebrew"]))
def test_any_text_is_a_date_or_a_reason(text: str, calendar: str) -> None:
    assert read(text, calendar)


@pytest.mark.parametrize(
    ("at", "language", "shown"),
    [
        (datetime(2026, 11, 24, 11, 5, tzinfo=UTC), "fa", "۱۴:۳۵"),
        (datetime(2026, 11, 23, 11, 5, tzinfo=UTC), "fa", "۲ آذر ۱۴۰۵، ۱۴:۳۵"),
        (datetime(2026, 11, 23, 11, 5, tzinfo=UTC), "en", "2 Azar 1405, 14:35"),
        (datetime(2026, 11, 23, 21, 0, tzinfo=UTC), "en", "00:30"),
    ],
)
def test_a_brief_moment_is_the_time_today_and_the_date_with_it_before(at: datetime, language: str, shown: str) -> None:
    now = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    assert show_brief(at, now=now, calendar="jalali", language=language, time_zone="Asia/Tehran") == shown
