"""Days out of iCalendar files: whole days are read, what is not understood is refused by its line."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from shenava.deadlines.ical import RefusedLineError, Why, read_days
from shenava.deadlines.models import Calendar
from tests.world import World, log_in

FIRST, LAST = date(2026, 1, 1), date(2029, 12, 31)


def event(*lines: str) -> str:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR", ""])


def read(*lines: str) -> dict[date, str]:
    return read_days(event(*lines), FIRST, LAST)


def test_a_day_is_read_with_its_name_folded_and_escaped() -> None:
    found = read("DTSTART;VALUE=DATE:20260321", r"SUMMARY:Nowruz\, the new", " Day")
    assert found == {date(2026, 3, 21): "Nowruz, the newDay"}


def test_several_days_end_before_the_day_that_is_named_last() -> None:
    found = read("DTSTART:20260321", "DTEND:20260324", "SUMMARY:Nowruz")
    assert list(found) == [date(2026, 3, 21), date(2026, 3, 22), date(2026, 3, 23)]


@pytest.mark.parametrize(
    ("rule", "years"),
    [
        ("FREQ=YEARLY", [2027, 2028, 2029]),
        ("FREQ=YEARLY;COUNT=2", [2027, 2028]),
        ("FREQ=YEARLY;INTERVAL=1;UNTIL=20280501", [2027, 2028]),
    ],
)
def test_a_day_comes_every_year(rule: str, years: list[int]) -> None:
    assert [day.year for day in read("DTSTART:20270501", f"RRULE:{rule}")] == years


def test_what_was_called_off_or_lies_elsewhere_is_no_day() -> None:
    assert read("DTSTART:20260321", "STATUS:CANCELLED") == {}
    assert read("DTSTART:20360321") == {}


@pytest.mark.parametrize(
    ("lines", "number", "why"),
    [
        (["DTSTART:20260321T080000Z"], 4, Why.TIMED),
        (["DTSTART:20261321"], 4, Why.NO_DATE),
        (["DTSTART:soon"], 4, Why.NO_DATE),
        (["SUMMARY:Nowruz"], 3, Why.NO_DATE),
        (["DTSTART:20260321", "DTEND:20260320"], 5, Why.BACKWARD),
        (["DTSTART:20260321", "DTEND:20270321"], 5, Why.TOO_LONG),
        (["DTSTART:20260321", "RRULE:FREQ=MONTHLY"], 5, Why.REPEATED),
        (["DTSTART:20260321", "RRULE:FREQ=YEARLY;BYDAY=2MO"], 5, Why.REPEATED),
        (["DTSTART:20260321", "EXDATE:20270321"], 5, Why.REPEATED),
        (["DTSTART:20260321", "no colon here"], 5, Why.UNREADABLE),
        (["BEGIN:VALARM"], 5, Why.UNENDED),
    ],
)
def test_what_is_not_understood_is_refused_by_its_line(lines: list[str], number: int, why: Why) -> None:
    with pytest.raises(RefusedLineError) as refused:
        read(*lines)
    assert (refused.value.number, refused.value.why) == (number, why)


@pytest.mark.parametrize("text", ["", "hello", "BEGIN:VEVENT", "\x00", "BEGIN:VCALENDAR"])
def test_what_is_no_calendar_is_refused(text: str) -> None:
    with pytest.raises(RefusedLineError):
        read_days(text, FIRST, LAST)


@given(st.text(max_size=200))
def test_nothing_else_comes_of_any_text(text: str) -> None:
    with pytest.raises(RefusedLineError):
        read_days(event("DTSTART:2026" + text.replace("\n", " ") + "?"), FIRST, LAST)


def upload(world: World, text: bytes) -> tuple[int, str]:
    dara, pk = log_in(Client(), world.administrator), world.organisation.calendar.pk
    file = SimpleUploadedFile("days.ics", text)
    answer = dara.post(f"/desk/calendars/{pk}/import/", {"file": file}, follow=True)
    return answer.status_code, answer.content.decode()


def test_the_administrator_takes_days_in_and_those_that_are_there_stay(world: World) -> None:
    calendar = Calendar.objects.get()
    own = calendar.days.create(date=date(2027, 5, 1), name="Stocktaking", intervals=[[480, 720]])
    code, shown = upload(world, event("DTSTART:20270501", "DTEND:20270503", "SUMMARY:Moving").encode())
    assert (code, "1 days were added" in shown) == (200, True)
    assert calendar.days.get(date=date(2027, 5, 2)).name == "Moving"
    own.refresh_from_db()
    assert own.name == "Stocktaking"


def test_a_refused_file_says_its_line_and_adds_nothing(world: World) -> None:
    before = Calendar.objects.get().days.count()
    refused = {
        event("DTSTART:20270501", "RRULE:FREQ=DAILY").encode(): "Line 5: this repetition is not known",
        b"\xff\xfe": "no text in UTF-8",
    }
    for text, reason in refused.items():
        code, shown = upload(world, text)
        assert (code, reason in shown) == (422, True)
    assert Calendar.objects.get().days.count() == before


def test_a_day_of_ones_own_comes_on_the_same_day_of_the_jalali_calendar_for_ten_years(world: World) -> None:
    dara, calendar = log_in(Client(), world.administrator), Calendar.objects.get()
    said = {"date": "1406/07/15", "name": "Founding day", "hours": "08:00-12:00", "every_year": "on"}
    dara.post(f"/desk/calendars/{calendar.pk}/days/", said)
    days = list(calendar.days.filter(name="Founding day").values_list("date", flat=True))
    assert (len(days), days[0], days[1]) == (10, date(2027, 10, 7), date(2028, 10, 6))
    assert calendar.working_calendar().intervals(days[9]) == ((480, 720),)
