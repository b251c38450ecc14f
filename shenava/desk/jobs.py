"""Jobs of the desk: what must not show in the time an answer takes, and nightly tidying."""

from __future__ import annotations

from datetime import timedelta

from procrastinate.contrib.django import app

from shenava.attachments import store
from shenava.common import budgets, clock
from shenava.desk import gate
from shenava.people import sessions

COUNTED = timedelta(days=2)
"""Longer than any window that is counted."""


@app.task(name="desk.send_reset", queue="follow")
def send_reset(*, user_id: int) -> None:
    """Mail a link to a new password; to nobody where the address that was given is nobody's (0)."""
    gate.send_reset(user_id)


@app.periodic(cron="17 3 * * *")
@app.task(name="desk.tidy", queue="follow", queueing_lock="desk.tidy")
def tidy(timestamp: int = 0) -> None:
    """Forget logins that are over, counts of yesterday and bytes that no transaction claimed."""
    sessions.tidy()
    budgets.forget_before(clock.now() - COUNTED)
    for path in store.orphans():
        path.unlink(missing_ok=True)
