"""The clock: the only source of the present moment, so that tests and the demo can set it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

_shift: ContextVar[timedelta] = ContextVar("clock_shift", default=timedelta())
_stopped: ContextVar[datetime | None] = ContextVar("clock_stopped", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    stopped = _stopped.get()
    return (stopped or datetime.now(UTC)) + _shift.get()


@contextmanager
def set_to(moment: datetime) -> Iterator[None]:
    """Within the block it is this moment, and stays so; raises ValueError for one without a time zone."""
    if moment.tzinfo is None:
        raise ValueError("the clock needs a moment with a time zone")
    stopped, ahead = _stopped.set(moment.astimezone(UTC)), _shift.set(timedelta())
    try:
        yield
    finally:
        _shift.reset(ahead)
        _stopped.reset(stopped)


@contextmanager
def shifted(by: timedelta) -> Iterator[None]:
    """Within the block the clock is ahead by so much (behind, if negative)."""
    token = _shift.set(_shift.get() + by)
    try:
        yield
    finally:
        _shift.reset(token)
