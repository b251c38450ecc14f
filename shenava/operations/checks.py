"""What the doctor looks at, a function each."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from config import environment
from shenava.common import clock
from shenava.complaints.index import keeping
from shenava.messages.models import HeldFor, Mailbox, Outgoing, OutgoingState, Raw, RawState
from shenava.operations import archive
from shenava.operations.doctor import Check, Finding, Level
from shenava.operations.reaching import reach
from shenava.process.agreement import disagreeing
from shenava.process.incidents import unsolved
from shenava.process.models import Timer

STALE_WORKER = timedelta(minutes=2)
OLD_JOB = timedelta(minutes=15)
OLD_MAIL = timedelta(minutes=15)
OLD_POLL = timedelta(minutes=30)
CLOCK_APART = timedelta(seconds=5)
OLD_BACKUP = timedelta(days=2)
OLDEST_POSTGRES = 140000


def database() -> Iterator[Finding]:
    """Does it answer, is it new enough, has it had every migration?"""
    reach(environment.load().database_url)
    version, name = _row("SELECT current_setting('server_version_num')::int, current_setting('server_version')")
    if version < OLDEST_POSTGRES:
        yield Finding("fail", f"PostgreSQL {name} is too old", "move to version 14 or newer (shenava backup, restore)")
        return
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        yield Finding("fail", f"{len(missing)} migrations are missing", "run  shenava migrate")
    else:
        yield Finding("ok", f"database: PostgreSQL {name}, all migrations applied")


def worker() -> Iterator[Finding]:
    """Is there a background worker with a fresh heartbeat?"""
    (latest,) = _row("SELECT max(last_heartbeat) FROM procrastinate_workers")
    if latest is None:
        yield Finding("fail", "no background worker runs", "run  shenava serve --with-worker  or  shenava worker")
    elif clock.now() - latest > STALE_WORKER:
        yield Finding("fail", f"the background worker is silent since {_when(latest)}", "start  shenava worker  again")
    else:
        yield Finding("ok", f"background worker: last heartbeat {_when(latest)}")


def jobs() -> Iterator[Finding]:
    """Did jobs fail, do jobs wait too long?"""
    (failed,) = _row("SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'")
    if failed:
        (task,) = _row("SELECT task_name FROM procrastinate_jobs WHERE status = 'failed' ORDER BY id DESC LIMIT 1")
        yield Finding("warn", f"{failed} jobs failed, the latest {task}", "see the worker's log; sweeps will catch up")
    (waiting,) = _row(
        "SELECT count(DISTINCT j.id) FROM procrastinate_jobs j JOIN procrastinate_events e ON e.job_id = j.id"
        " WHERE j.status IN ('todo', 'doing') AND e.at < %s AND coalesce(j.scheduled_at, e.at) < %s",
        *[clock.now() - OLD_JOB] * 2,
    )
    if waiting:
        yield Finding("warn", f"{waiting} jobs wait for more than {_minutes(OLD_JOB)}", "is a worker running?")
    if not failed and not waiting:
        yield Finding("ok", "jobs: none failed, none waits long")


def outbox() -> Iterator[Finding]:
    """Mail that does not leave, or did not arrive."""
    old = Outgoing.objects.filter(state__in=[OutgoingState.DUE, OutgoingState.SENDING])
    late = old.filter(queued_at__lt=clock.now() - OLD_MAIL).count()
    held = Outgoing.objects.filter(state=OutgoingState.HELD).exclude(held_for=HeldFor.DEMO).count()
    troubles = [
        (late, f"wait for more than {_minutes(OLD_MAIL)}", "test the mailbox in the desk under Administration"),
        (_outgoing(OutgoingState.UNCERTAIN), "are uncertain", "ask the recipients or send again from the desk"),
        (_outgoing(OutgoingState.FAILED), "failed", "correct address or mailbox, then send again from the desk"),
        (_outgoing(OutgoingState.BOUNCED), "came back", "reach these people another way"),
        (held, "are held over a budget", "look for a loop of automatic mail, then release them in the desk"),
    ]
    yield from (Finding("warn", f"outbox: {count} mails {what}", do) for count, what, do in troubles if count)
    if not any(count for count, *_ in troubles):
        yield Finding("ok", "outbox: everything has left")


def mailboxes() -> Iterator[Finding]:
    """Is mail fetched from every mailbox that has a server?"""
    boxes = list(Mailbox.objects.receiving())
    for box in boxes:
        if box.last_error:
            said = f"mailbox {box.address}: {box.last_step or 'fetching'} fails: {box.last_error.splitlines()[0][:120]}"
            yield Finding("fail", said, "test the mailbox in the desk under Administration")
        elif box.last_ok_at is None or clock.now() - box.last_ok_at > OLD_POLL:
            since = _when(box.last_ok_at) if box.last_ok_at else "never"
            yield Finding("warn", f"mailbox {box.address}: last fetched {since}", "is a worker running?")
        else:
            yield Finding("ok", f"mailbox {box.address}: fetched {_when(box.last_ok_at)}")
    if not boxes:
        yield Finding("ok", "mailboxes: none fetches mail")


def mail_in() -> Iterator[Finding]:
    """Mail that nobody could read, or that nobody has begun to read."""
    unreadable = Raw.objects.unreadable().count()
    unread = Raw.objects.filter(
        state__in=[RawState.WAITING, RawState.READING], received_at__lt=clock.now() - OLD_MAIL
    ).count()
    if unreadable:
        yield Finding("warn", f"{unreadable} mails could not be read; their clock runs", "open them in the desk")
    if unread:
        yield Finding("warn", f"{unread} mails wait to be read for long", "is a worker running?")
    if not unreadable and not unread:
        yield Finding("ok", "incoming mail: all read")


def search() -> Iterator[Finding]:
    """Complaints that cannot be found by what they say now."""
    unkept = len(keeping.unkept(clock.now() - OLD_JOB))
    if unkept:
        yield Finding("warn", f"the search does not know {unkept} complaints as they are", "run  shenava index")
    else:
        yield Finding("ok", "search: knows every complaint")


def processes() -> Iterator[Finding]:
    """Processes that stopped, and what they wait for beside what people and the clock see."""
    stopped, overdue = unsolved().count(), Timer.objects.due(clock.now() - OLD_JOB).count()
    apart = disagreeing()
    if stopped:
        yield Finding("warn", f"{stopped} processes could not go on by themselves", "see Processes that stopped")
    if overdue:
        yield Finding("warn", f"{overdue} times and operations of processes are overdue", "is a worker running?")
    if apart:
        said = f"{len(apart)} runs wait for something else than is seen of them: {', '.join(map(str, apart[:5]))}"
        yield Finding("fail", said, "restore the last backup, or ask for help with these numbers")
    if not stopped and not overdue and not apart:
        yield Finding("ok", "processes: none stopped, and what they wait for is seen")


def clocks() -> Iterator[Finding]:
    """Do the clocks of database and program agree, and are time zones known?"""
    before = datetime.now(UTC)
    (there,) = _row("SELECT clock_timestamp()")
    apart = abs(there - before)
    if apart > CLOCK_APART:
        do = "synchronise both machines (timedatectl set-ntp true)"
        yield Finding("fail", f"the clocks of program and database are {apart.total_seconds():.0f} s apart", do)
    try:
        ZoneInfo("Asia/Tehran")
    except ZoneInfoNotFoundError:
        yield Finding("fail", "time zones are not known", "run  bin/setup  again (package tzdata)")
        return
    if apart <= CLOCK_APART:
        yield Finding("ok", "clocks: program and database agree")


def disk() -> Iterator[Finding]:
    """Is there more than the reserve, below which nothing is taken in?"""
    reserve = environment.load().disk_reserve_mb
    free = shutil.disk_usage(settings.DATA_DIR).free // (1024 * 1024)
    if free < reserve:
        yield Finding("fail", f"disk: {free} MB free, below the reserve of {reserve} MB", "make room; intake is closed")
    elif free < 3 * reserve:
        yield Finding("warn", f"disk: {free} MB free, soon at the reserve of {reserve} MB", "make room")
    else:
        yield Finding("ok", f"disk: {free} MB free")


def secret_key() -> Iterator[Finding]:
    """May anybody but the owner read the key?"""
    place = Path(settings.DATA_DIR) / "keys" / "secret.key"
    mode = place.stat().st_mode & 0o777
    if mode & 0o077:
        yield Finding("fail", f"others may read {place} (mode {mode:o})", f"run  chmod 600 {place}")
    else:
        yield Finding("ok", "secret key: its owner's alone")


def backups() -> Iterator[Finding]:
    """How old is the last backup?"""
    last = archive.last_backup()
    do = "run  shenava backup FILE  every night, and keep the archive on another machine"
    if last is None:
        yield Finding("warn", "there has been no backup", do)
        return
    at = datetime.fromisoformat(last["at"])
    level: Level = "warn" if clock.now() - at > OLD_BACKUP else "ok"
    yield Finding(level, f"last backup {_when(at)}: {last['file']}", do if level == "warn" else "")


WITHIN: tuple[Check, ...] = (worker, jobs, outbox, mailboxes, mail_in, search, processes, clocks)
AROUND: tuple[Check, ...] = (disk, secret_key, backups)


def _row(question: str, *given: str | float | datetime) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(question, given)
        return cursor.fetchone() or ()


def _outgoing(state: OutgoingState) -> int:
    return Outgoing.objects.filter(state=state).count()


def _when(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _minutes(time: timedelta) -> str:
    return f"{time.total_seconds() / 60:.0f} minutes"
