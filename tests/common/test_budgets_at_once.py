"""A budget holds whoever asks at the same time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from shenava.common.budgets import spend
from shenava.common.models import Budget


@pytest.fixture
def db(own_database: None) -> None:
    """These tests commit."""


def one_attempt(number: int) -> bool:
    try:
        return spend("at once", limit=7, window=timedelta(days=36_500))
    finally:
        connection.close()


def test_of_thirty_attempts_at_once_exactly_the_limit_passes(db: None) -> None:
    with ThreadPoolExecutor(max_workers=6) as threads:
        passed = list(threads.map(one_attempt, range(30)))
    assert passed.count(True) == 7
    assert Budget.objects.get().count == 30
