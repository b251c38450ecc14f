"""Waiting times of a work item."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shenava.process.waiting import Waiting, waiting

SENT = datetime(2026, 11, 23, 9, tzinfo=UTC)


def hours(*numbers: int) -> list[timedelta]:
    return [timedelta(hours=number) for number in numbers]


def at(hour: int | None) -> datetime | None:
    return None if hour is None else SENT + timedelta(hours=hour)


@pytest.mark.parametrize(
    ("seen", "accepted", "answered", "expected"),
    [
        (1, 3, 6, (1, 2, 3)),
        (None, 3, 6, (3, 0, 3)),
        (1, None, 6, (1, 5, 0)),
        (None, None, 6, (6, 0, 0)),
        (1, 3, None, (1, 2, 7)),
        (1, None, None, (1, 9, 0)),
        (None, None, None, (10, 0, 0)),
        (5, 3, 6, (3, 0, 3)),
    ],
)
def test_a_missing_stamp_takes_the_next_one(
    seen: int | None, accepted: int | None, answered: int | None, expected: tuple[int, int, int]
) -> None:
    found = waiting(SENT, at(seen), at(accepted), at(answered), SENT + timedelta(hours=10))
    assert found == Waiting(*hours(*expected))


stamps = st.none() | st.integers(0, 100)


@given(stamps, stamps, stamps)
def test_every_instant_is_counted_once(seen: int | None, accepted: int | None, answered: int | None) -> None:
    now = SENT + timedelta(hours=100)
    found = waiting(SENT, at(seen), at(accepted), at(answered), now)
    assert found.whole == (at(answered) or now) - SENT
    assert min(found.unseen, found.undecided, found.working) >= timedelta()
