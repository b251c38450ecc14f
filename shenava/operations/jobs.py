"""Jobs about jobs: what a killed worker held goes back to the queue, what failed long ago is forgotten."""

from __future__ import annotations

from datetime import timedelta

from django.db import IntegrityError, connection, transaction
from procrastinate.contrib.django import app

from shenava.common import clock

SILENT = timedelta(minutes=1)
MOST_TRIES = 5
REMEMBERED = timedelta(days=7)
STALLED = """
    SELECT job.id, job.attempts FROM procrastinate_jobs job
    LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
    WHERE job.status = 'doing' AND (worker.id IS NULL OR worker.last_heartbeat < %s) ORDER BY job.id"""
AGAIN = """
    UPDATE procrastinate_jobs SET status = 'todo', attempts = attempts + 1, scheduled_at = %s, worker_id = NULL
    WHERE id = %s AND status = 'doing'"""
END = "UPDATE procrastinate_jobs SET status = %s, worker_id = NULL WHERE id = %s AND status = 'doing'"
FORGET = """
    DELETE FROM procrastinate_jobs job WHERE job.status IN ('failed', 'aborted', 'cancelled')
    AND NOT EXISTS (SELECT 1 FROM procrastinate_events e WHERE e.job_id = job.id AND e.at >= %s)"""


@app.periodic(cron="* * * * *")
@app.task(name="operations.revive", queue="care", queueing_lock="operations.revive")
def revive(timestamp: int = 0) -> None:
    """Give the jobs of dead workers back to the queue: every job is safe to run twice, and one that keeps a
    lock would hold up all that come after it. A job that has ended five workers fails."""
    with connection.cursor() as cursor:
        cursor.execute(STALLED, [clock.now() - SILENT])
        stalled = cursor.fetchall()
        for job, attempts in stalled:
            if attempts < MOST_TRIES:
                _try_again(job)
            else:
                cursor.execute(END, ["failed", job])
        cursor.execute(FORGET, [clock.now() - REMEMBERED])


def _try_again(job: int) -> None:
    """Back to the queue, unless another one of its kind waits there already."""
    with connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(AGAIN, [clock.now(), job])
        except IntegrityError:
            cursor.execute(END, ["aborted", job])
