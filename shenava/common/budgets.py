"""Budgets: how often something may be done in a window of time, counted in the database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db import connection

from shenava.common import clock
from shenava.common.models import Budget

_SPEND = """
    INSERT INTO common_budget (key, window_start, count) VALUES (%s, %s, %s)
    ON CONFLICT (key, window_start) DO UPDATE SET count = common_budget.count + EXCLUDED.count
    RETURNING count"""


def spend(key: str, *, limit: int, window: timedelta, amount: int = 1) -> bool:
    """Count one more; False once the limit of this window is passed. One atomic statement."""
    with connection.cursor() as cursor:
        cursor.execute(_SPEND, [key[:200], _window_start(window), amount])
        return bool(cursor.fetchone()[0] <= limit)


def spent(key: str, *, window: timedelta) -> int:
    """How much of the present window is spent."""
    found = Budget.objects.filter(key=key[:200], window_start=_window_start(window)).first()
    return found.count if found else 0


def forget_before(moment: datetime) -> int:
    """Remove the counts of windows that are over; how many."""
    return Budget.objects.filter(window_start__lt=moment).delete()[0]


def _window_start(window: timedelta) -> datetime:
    seconds = int(window.total_seconds())
    return datetime.fromtimestamp(int(clock.now().timestamp()) // seconds * seconds, UTC)
