"""Working: background jobs and schedules, until told to stop. A database that goes away is waited for."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from contextlib import suppress

import psycopg
from asgiref.sync import sync_to_async
from django.db import close_old_connections
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException

GIVES_WAY = 15
"""Steps by which background work stands back where people wait for pages on the same machine."""
CONCURRENCY = 4
PAUSE = 2

log = logging.getLogger(__name__)


def work() -> int:
    """Run background work and schedules until told to stop."""
    os.nice(GIVES_WAY)
    asyncio.run(_work())
    return 0


async def _work() -> None:
    told_to_stop = asyncio.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(one, told_to_stop.set)
    while not told_to_stop.is_set():
        await _work_until(told_to_stop)


async def _work_until(told_to_stop: asyncio.Event) -> None:
    """Work until told to stop, or until the database is lost and a pause is over."""
    working, stop = asyncio.create_task(_run()), asyncio.create_task(told_to_stop.wait())
    await asyncio.wait([working, stop], return_when=asyncio.FIRST_COMPLETED)
    working.cancel()
    with suppress(asyncio.CancelledError):
        try:
            await working
        except (ConnectorException, psycopg.Error) as fault:
            log.warning("the database does not answer (%s); trying again", fault.__cause__ or fault)
    with suppress(TimeoutError):
        await asyncio.wait_for(stop, PAUSE)


async def _run() -> None:
    await sync_to_async(close_old_connections)()  # a schedule would go on asking through a dead one
    worker_app = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    async with worker_app.open_async():
        await worker_app.run_worker_async(
            concurrency=CONCURRENCY, delete_jobs="successful", name="shenava", install_signal_handlers=False
        )
