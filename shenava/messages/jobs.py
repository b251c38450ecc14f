"""Jobs of this room: the outbox is emptied at once when something is put in, and every minute anyway."""

from __future__ import annotations

from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from shenava.messages.sending import send_due

ROUNDS = 25
LOCK = "messages.send_outbox"


@app.periodic(cron="* * * * *")
@app.task(name="messages.send_outbox", queueing_lock=LOCK)
def send_outbox(timestamp: int = 0) -> None:
    """Send what is due. Safe to run twice and at the same time."""
    for _round in range(ROUNDS):
        if not send_due():
            return


def wake_soon() -> None:
    """Have the outbox emptied as soon as the caller's transaction is committed.

    The row is the promise, this only shortens the wait: deferring within the transactions would make them
    queue for one lock.
    """
    transaction.on_commit(_wake, robust=True)


def _wake() -> None:
    with suppress(AlreadyEnqueued), transaction.atomic():
        send_outbox.defer()
