"""Working time as five other projects count it: every case of the collection, by its operation."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from shenava.deadlines.hours_text import parse_hours
from shenava.deadlines.working_time import (
    WorkingCalendar,
    add_working,
    add_working_days,
    is_open,
    is_working_day,
    last_open,
    next_close,
    next_open,
    working_between,
    working_days_between,
)

Row = dict[str, Any]
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600}
MINUTE = timedelta(minutes=1)
ALWAYS = dict.fromkeys(range(7), ((0, 1440),))
OTHERWISE = {
    "biz/013", "biz/014",  # working days counted backwards by the hour: no promise asks for it
    "working_hours/002",  # from a free day: there the first working day counts as none, with us as the first
}  # fmt: skip


def calendar(row: Row) -> WorkingCalendar:
    told = row["calendar"]
    hours = {WEEKDAYS.index(day): spans(found) for day, found in told["hours"].items()}
    days = {date.fromisoformat(day): () for day in told["holidays"]}
    days |= {date.fromisoformat(day): spans(found) for day, found in told["holiday_hours"].items()}
    return WorkingCalendar(told["time_zone"], ALWAYS if told.get("always_open") else hours, days)


def spans(found: list[list[str]]) -> tuple[tuple[int, int], ...]:
    return parse_hours(", ".join("-".join(span) for span in found))


def at(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def same(row: Row, found: datetime) -> bool:
    """The same moment, or one as good: closing time and the next opening are one boundary."""
    expected, spare = at(row["expected"]), timedelta(seconds=row.get("tolerance_seconds", 0))
    return abs(found - expected) <= spare or working_between(calendar(row), found, expected) == timedelta(0)


def after(row: Row, sign: int = 1) -> bool:
    amount = timedelta(seconds=row["amount"] * SECONDS[row["amount_unit"].partition("_")[2]])
    return same(row, add_working(calendar(row), at(row["start"]), sign * amount))


def days_after(row: Row) -> bool:
    return add_working_days(calendar(row), at(row["start"]), row["amount"]).date() == at(row["expected"]).date()


def days_to(row: Row) -> bool:
    first, last = (date.fromisoformat(row[name][:10]) for name in ("start", "expected"))
    return working_days_between(calendar(row), first, last) == row["amount"]


def days_between(row: Row) -> bool:
    first, last = (date.fromisoformat(row[name][:10]) for name in ("start", "end"))
    begin = first - timedelta(days=bool(row.get("inclusive")))
    return working_days_between(calendar(row), begin, last) == row["expected"]


def time_between(row: Row) -> bool:
    found = working_between(calendar(row), at(row["start"]), at(row["end"])).total_seconds()
    return abs(found - row["expected"] * SECONDS[row["expected_unit"]]) <= row.get("tolerance_seconds", 0)


def states(row: Row) -> list[tuple[datetime, str]]:
    """From when on a record was in which state, to the end of its story."""
    told = [(at(step["at"]), step["to"]) for step in row["timeline"] if "to" in step]
    return [(at(row["created"]), row["initial_state"]), *told, (told[-1][0], "")]


def running(row: Row, until: datetime) -> float:
    """Minutes of working time while the clock ran, up to a moment."""
    steps = [
        working_between(calendar(row), min(begin, until), min(end, until))
        for (begin, state), (end, _next) in pairwise(states(row))
        if state in ("new", "open")
    ]
    return sum(steps, timedelta(0)) / MINUTE


def suspended(row: Row) -> bool:
    closed = running(row, states(row)[-1][0])
    answered = [running(row, at(step["at"])) for step in row["timeline"] if step.get("event") == "first_response"]
    promised = row["sla"]
    found = {"close_in_min": closed, "close_left_min": promised["solution_minutes"] - closed}
    for minutes in answered:
        found["first_response_in_min"] = minutes
        found["first_response_left_min"] = promised["first_response_minutes"] - minutes
    return all(found[name] == value for name, value in row["expected"].items())


def suspended_minutes(row: Row) -> bool:
    zero = datetime(2026, 11, 23, tzinfo=UTC)
    moments = [zero + step["at_min"] * MINUTE for step in row["timeline"]]
    told = [{"at": at_.isoformat(), "to": step["to"]} for at_, step in zip(moments, row["timeline"], strict=True)]
    story = row | {"created": zero.isoformat(), "timeline": told}
    first, last = (running(story, zero + minute * MINUTE) for minute in row["window_min"])
    return last - first == row["expected"]


def metrics(row: Row) -> bool:
    working, created, events, promised = calendar(row), at(row["created"]), row["events"], row["sla"]
    asked, answered = (at(events[f"{who}_contact_at"][-1]) for who in ("customer", "agent"))
    turn = max(asked, answered)
    updated = [created, *sorted(map(at, events["agent_contact_at"])), at(events["first_response_at"])]
    longest = working_between(working, created, updated[1]) / MINUTE
    found = {
        "first_response_in_min": working_between(working, created, at(events["first_response_at"])) / MINUTE,
        "close_deadline": add_working(working, created, promised["solution_minutes"] * MINUTE),
        "update_deadline": add_working(working, turn, promised["update_minutes"] * MINUTE),
        "update_in_min": longest,
        "update_left_min": promised["update_minutes"] - longest,
        "close_in_min": working_between(working, created, at(events.get("closed_at", row["created"]))) / MINUTE,
    }
    found["close_left_min"] = promised["solution_minutes"] - found["close_in_min"]
    wanted = {name: at(value) if name.endswith("deadline") else value for name, value in row["expected"].items()}
    return all(found[name] == value for name, value in wanted.items())


def next_interval(row: Row) -> bool:
    """The opening of the interval after the present one."""
    working, start = calendar(row), at(row["start"])
    return same(row, next_open(working, next_close(working, start) if is_open(working, start) else start))


ANSWERS: dict[str, Callable[[Row], bool]] = {
    "deadline_after": after,
    "deadline_after business_days": days_after,
    "deadline_before": lambda row: after(row, -1),
    "add_hours": after,
    "add_seconds": after,
    "add_days": days_to,
    "advance_to_working_time": lambda row: same(row, next_open(calendar(row), at(row["start"]))),
    "next_working_time": next_interval,
    "advance_to_closing_time": lambda row: same(row, next_close(calendar(row), at(row["start"]))),
    "return_to_working_time": lambda row: same(row, last_open(calendar(row), at(row["start"]))),
    "in_working_hours": lambda row: is_open(calendar(row), at(row["start"])) is row["expected"],
    "working_day": lambda row: is_working_day(calendar(row), date.fromisoformat(row["start"])) is row["expected"],
    "working_time_between": time_between,
    "working_days_between": days_between,
    "sla_with_suspension": suspended,
    "worked_minutes_with_suspension": suspended_minutes,
    "sla_metrics": metrics,
}


@pytest.fixture(scope="module")
def rows(material: Path) -> list[Row]:
    """The cases that are no quirk of one library."""
    told = (material / "business_hours" / "business_hours.jsonl").read_text()
    found = [json.loads(line) for line in told.splitlines()]
    return [row for row in found if "quirk" not in row and row["id"] not in OTHERWISE]


def answer(row: Row) -> bool:
    """Do we say the same as the case?"""
    name = row["op"]
    return ANSWERS.get(f"{name} {row.get('amount_unit')}", ANSWERS[name])(row)


def test_we_count_as_five_other_projects_count(rows: list[Row]) -> None:
    sound = [row for row in rows if "expected_error" not in row]
    assert len(sound) > 100
    assert {row["op"] for row in sound} == {name.partition(" ")[0] for name in ANSWERS}
    assert [row["id"] for row in sound if not answer(row)] == []


def test_what_they_refuse_we_refuse(rows: list[Row]) -> None:
    wrong = [row for row in rows if row.get("expected_error") == "invalid_open_time"]
    assert len(wrong) == 2
    for row in wrong:
        with pytest.raises(ValueError, match=r":"):
            calendar(row)
