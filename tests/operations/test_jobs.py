"""Jobs about jobs: nothing a killed worker held is held for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from shenava.common import clock
from shenava.operations.jobs import MOST_TRIES, revive

pytestmark = pytest.mark.django_db


def worker(*, silent_for: timedelta) -> int:
    with connection.cursor() as cursor:
        beat = clock.now() - silent_for
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s) RETURNING id", [beat])
        return int(cursor.fetchone()[0])


def job(
    status: str, *, worker: int | None = None, attempts: int = 0, lock: str = "", queueing_lock: str | None = None
) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (task_name, queue_name, status, worker_id, attempts, lock, queueing_lock)"
            " VALUES ('mailroom.fetch_one', 'mail', %s, %s, %s, nullif(%s, ''), %s) RETURNING id",
            [status, worker, attempts, lock, queueing_lock],
        )
        return int(cursor.fetchone()[0])


def status_of(pk: int) -> str:
    return ProcrastinateJob.objects.get(pk=pk).status


def test_the_job_of_a_dead_worker_returns_to_the_queue_and_frees_its_lock() -> None:
    dead = job("doing", worker=worker(silent_for=timedelta(minutes=2)), lock="mailbox 1")
    orphan = job("doing")
    revive()
    assert (status_of(dead), status_of(orphan)) == ("todo", "todo")
    assert ProcrastinateJob.objects.get(pk=dead).attempts == 1


def test_the_job_of_a_living_worker_is_left_alone() -> None:
    busy = job("doing", worker=worker(silent_for=timedelta(seconds=20)))
    revive()
    assert status_of(busy) == "doing"


def test_a_job_that_waits_already_in_another_row_is_not_put_in_twice() -> None:
    first, second = job("doing", queueing_lock="fetch"), job("doing", queueing_lock="fetch")
    waiting = job("todo", queueing_lock="send")
    third = job("doing", queueing_lock="send")
    revive()
    assert [status_of(pk) for pk in (first, second, waiting, third)] == ["todo", "aborted", "todo", "aborted"]


def test_a_job_that_has_ended_five_workers_fails() -> None:
    deadly = job("doing", attempts=MOST_TRIES)
    revive()
    assert status_of(deadly) == "failed"


def test_what_failed_is_remembered_for_a_week() -> None:
    failed = job("doing", attempts=MOST_TRIES)
    revive()
    with clock.shifted(timedelta(days=6)):
        revive()
    assert status_of(failed) == "failed"
    with clock.shifted(timedelta(days=8)):
        revive()
    assert not ProcrastinateJob.objects.filter(pk=failed).exists()
