"""Budgets: how often something may be done in a window of time, counted in the database."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.db.models import F

from shenava.common import clock
from shenava.common.models import Budget
from shenava.common.text import clean

_SPEND = """
    INSERT INTO common_budget (key, window_start, count) VALUES (%s, %s, %s)
    ON CONFLICT (key, window_start) DO UPDATE SET count = common_budget.count + EXCLUDED.count
    RETURNING count"""


def spend(key: str, *, limit: int, window: timedelta, amount: int = 1) -> bool:
    """Count one more; False once the limit of this window is passed. One atomic statement.

    Windows are fixed, counted from 1970: at the turn of two, twice the limit may pass within one
    length. Inside a transaction that is rolled back nothing was spent, so count before, not within.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SPEND, [_row_key(key), _window_start(window), amount])
        return bool(cursor.fetchone()[0] <= limit)


def give_back(key: str, *, window: timedelta) -> None:
    """One that was counted did no harm: a right guess is no guess. Never below nothing."""
    counted = Budget.objects.filter(key=_row_key(key), window_start=_window_start(window), count__gt=0)
    counted.update(count=F("count") - 1)


def spent(key: str, *, window: timedelta) -> int:
    """How much of the present window is spent."""
    found = Budget.objects.filter(key=_row_key(key), window_start=_window_start(window)).first()
    return found.count if found else 0


def left(key: str, *, limit: int, window: timedelta) -> int:
    """How much of the present window's limit is left."""
    return max(limit - spent(key, window=window), 0)


def forget_before(moment: datetime) -> int:
    """Remove the counts of windows that are over; how many."""
    return Budget.objects.filter(window_start__lt=moment).delete()[0]


def _row_key(key: str) -> str:
    """Keys hold what strangers typed: cleaned, and hashed where too long to be kept apart by their beginning."""
    kept = clean(key, multiline=False)
    return kept if len(kept) <= 200 else hashlib.sha256(kept.encode()).hexdigest()


def _window_start(window: timedelta) -> datetime:
    seconds = int(window.total_seconds())
    return datetime.fromtimestamp(int(clock.now().timestamp()) // seconds * seconds, UTC)
