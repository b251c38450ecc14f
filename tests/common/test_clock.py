"""The clock stands where it is set, and runs on afterwards."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from shenava.common import clock

NOWRUZ = datetime(2026, 3, 21, 0, 0, tzinfo=UTC)


def test_now_is_aware_and_in_utc() -> None:
    assert clock.now().utcoffset() == timedelta()


def test_a_set_clock_stands_still_and_runs_again_after_the_block() -> None:
    with clock.set_to(NOWRUZ):
        assert clock.now() == clock.now() == NOWRUZ
    assert clock.now() > NOWRUZ + timedelta(days=1)


def test_a_set_clock_is_in_utc_wherever_the_moment_was_written() -> None:
    tehran = timezone(timedelta(hours=3, minutes=30))
    with clock.set_to(datetime(2026, 3, 21, 3, 30, tzinfo=tehran)):
        assert clock.now() == NOWRUZ
        assert clock.now().tzinfo is UTC


def test_shifts_add_up_and_end_with_their_blocks() -> None:
    with clock.set_to(NOWRUZ), clock.shifted(timedelta(hours=1)):
        with clock.shifted(-timedelta(minutes=90)):
            assert clock.now() == NOWRUZ - timedelta(minutes=30)
        assert clock.now() == NOWRUZ + timedelta(hours=1)


def test_setting_the_clock_within_a_shift_sets_it_exactly() -> None:
    with clock.shifted(timedelta(days=3)), clock.set_to(NOWRUZ):
        assert clock.now() == NOWRUZ


def test_the_clock_runs_again_after_a_fault() -> None:
    with pytest.raises(LookupError), clock.set_to(NOWRUZ):
        raise LookupError
    assert clock.now() > NOWRUZ + timedelta(days=1)


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"), clock.set_to(datetime(2026, 3, 21)):  # noqa: DTZ001
        pass
