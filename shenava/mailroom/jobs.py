"""Jobs of the mailroom: mail is fetched every minute, read at once, and read again when that broke off."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from shenava.mailroom import fetching, sorting
from shenava.messages.models import Mailbox

QUEUE = "mail"
AT_ONCE = 200


@app.task(name="mailroom.read", queue=QUEUE)
def read(*, raw_id: int) -> None:
    """Read one kept mail. Safe to run twice."""
    sorting.sort(raw_id)


@app.periodic(cron="* * * * *")
@app.task(name="mailroom.read_overdue", queue=QUEUE, queueing_lock="mailroom.read_overdue")
def read_overdue(timestamp: int = 0) -> None:
    """Read what a lost or broken job has left behind, the oldest first."""
    for pk in sorting.overdue().values_list("pk", flat=True)[:AT_ONCE]:
        sorting.sort(pk)


@app.periodic(cron="* * * * *")
@app.task(name="mailroom.fetch", queue=QUEUE, queueing_lock="mailroom.fetch")
def fetch(timestamp: int = 0) -> None:
    """Have every mailbox fetched, each by a job of its own: a slow server holds nobody else up."""
    for pk in Mailbox.objects.receiving().values_list("pk", flat=True):
        with suppress(AlreadyEnqueued):
            fetch_one.configure(queueing_lock=f"mailroom.fetch:{pk}").defer(mailbox_id=pk)


@app.task(name="mailroom.fetch_one", queue=QUEUE)
def fetch_one(*, mailbox_id: int) -> None:
    """Fetch the new mail of one mailbox, unless somebody is at it. Safe to run twice."""
    mailbox = Mailbox.objects.receiving().filter(pk=mailbox_id).first()
    with _alone(f"mailroom.fetch:{mailbox_id}") as is_alone:
        if mailbox is not None and is_alone:
            fetching.fetch(mailbox)


@contextmanager
def _alone(name: str) -> Iterator[bool]:
    """Whether nobody else does this now. The database holds the lock and forgets a worker that was killed;
    a lock on the job would outlive him."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [name])
        is_alone = bool(cursor.fetchone()[0])
        try:
            yield is_alone
        finally:
            if is_alone:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [name])
