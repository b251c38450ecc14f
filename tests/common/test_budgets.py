"""A budget lets so many pass in a window of time."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from shenava.common import clock
from shenava.common.budgets import forget_before, give_back, left, spend, spent

HOUR = timedelta(hours=1)
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.set_to(NOON):
        yield


@pytest.mark.django_db
def test_a_budget_ends_at_its_limit_and_goes_on_counting() -> None:
    assert [spend("login:sara", limit=3, window=HOUR) for _ in range(5)] == [True, True, True, False, False]
    assert spent("login:sara", window=HOUR) == 5


@pytest.mark.django_db
def test_what_is_left_never_falls_below_nothing() -> None:
    assert left("login:sara", limit=3, window=HOUR) == 3
    spend("login:sara", limit=3, window=HOUR, amount=2)
    assert left("login:sara", limit=3, window=HOUR) == 1
    spend("login:sara", limit=3, window=HOUR, amount=9)
    assert left("login:sara", limit=3, window=HOUR) == 0


@pytest.mark.django_db
def test_the_next_window_begins_anew() -> None:
    assert spend("login:sara", limit=1, window=HOUR)
    with clock.shifted(timedelta(minutes=59, seconds=59)):
        assert not spend("login:sara", limit=1, window=HOUR)
    with clock.shifted(HOUR):
        assert spend("login:sara", limit=1, window=HOUR)


@pytest.mark.django_db
def test_keys_are_apart_even_where_two_long_ones_begin_alike() -> None:
    assert spend("x" * 300 + "a", limit=1, window=HOUR)
    assert spend("x" * 300 + "b", limit=1, window=HOUR)
    assert not spend("x" * 300 + "a", limit=1, window=HOUR)


@pytest.mark.django_db
def test_a_key_that_the_database_cannot_store_still_counts() -> None:
    assert spend("login:\0\ud800sara", limit=1, window=HOUR)
    assert not spend("login:\0\ud800sara", limit=1, window=HOUR)


@pytest.mark.django_db
def test_windows_that_are_over_are_forgotten() -> None:
    spend("login:sara", limit=3, window=HOUR)
    with clock.shifted(timedelta(days=1)):
        spend("login:sara", limit=3, window=HOUR)
        assert forget_before(clock.now()) == 1
        assert spent("login:sara", window=HOUR) == 1


@pytest.mark.django_db
def test_what_is_given_back_can_be_spent_again_and_is_never_more_than_was_spent() -> None:
    give_back("login:sara", window=HOUR)
    assert spend("login:sara", limit=1, window=HOUR)
    give_back("login:sara", window=HOUR)
    give_back("login:sara", window=HOUR)
    assert [spend("login:sara", limit=1, window=HOUR) for _ in range(2)] == [True, False]
