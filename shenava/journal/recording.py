"""Recording: one fact becomes one entry, chained to the one before, with the job that follows it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection, models
from django.db.transaction import TransactionManagementError

from shenava.common import clock
from shenava.common.remembering import forget
from shenava.journal.facts import Fact
from shenava.journal.models import Entry, Stream
from shenava.journal.unchanged import is_about

if TYPE_CHECKING:
    from shenava.people.models import Party

recorded_facts: ContextVar[int] = ContextVar("recorded_facts", default=0)
_followers: dict[str, Callable[[int], Any]] = {}

LOCK_HEAD = """
    INSERT INTO journal_stream (name, seq, head) VALUES (%s, 0, '')
    ON CONFLICT (name) DO UPDATE SET seq = journal_stream.seq
    RETURNING id, seq, head"""
ADD_ENTRY = """
    WITH added AS (
        INSERT INTO journal_entry (stream_id, seq, at, kind, version, data, by_id, on_behalf_of_id, hash)
        VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s) RETURNING id),
    moved AS (UPDATE journal_stream SET seq = %s, head = %s WHERE id = %s)
    SELECT id FROM added"""


BEGIN = """
    WITH begun AS (INSERT INTO journal_stream (name, seq, head) VALUES (%s, 1, %s) RETURNING id)
    INSERT INTO journal_entry (stream_id, seq, at, kind, version, data, by_id, on_behalf_of_id, hash)
    SELECT id, 1, %s, %s, %s, %s, %s, %s, %s FROM begun RETURNING id, stream_id"""


def stream_name(subject: models.Model | str) -> str:
    """The stream a subject's facts go to: `complaint:7`, or a room's own such as `people`."""
    return subject if isinstance(subject, str) else str(subject.journal_stream)  # type: ignore[attr-defined]


def follow_with(room: str, defer: Callable[[int], Any]) -> None:
    """Let `defer(entry_id)` be called in the same transaction for every entry of a room's streams.

    Called once per room, from its AppConfig.ready.
    """
    _followers[room] = defer


@contextmanager
def unfollowed(room: str) -> Iterator[None]:
    """Within the block no job follows a room's entries: for whoever writes many at once, alone in the process,
    and does himself at the end what follows."""
    follower = _followers.pop(room, None)
    try:
        yield
    finally:
        if follower is not None:
            _followers[room] = follower


def digest(stream: str, seq: int, at: datetime, fact: tuple[str, int, Any], actors: tuple[int, int | None],
           before: str) -> str:  # fmt: skip
    """The hash of an entry: SHA-256 over the hash before it and the canonical JSON of all it says."""
    moment = int(at.timestamp() * 1_000_000 + 0.5)
    content = json.dumps([before, stream, seq, moment, fact, actors], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()


def last_entry(subject: models.Model | str) -> int:
    """The number of the last entry in the subject's stream; 0 where nothing happened yet."""
    seq = Stream.objects.filter(name=stream_name(subject)).values_list("seq", flat=True).first()
    return seq or 0


def record(
    subject: models.Model | str, fact: Fact, *, by: Party, on_behalf_of: Party | None = None, is_first: bool = False
) -> Entry:
    """Write a fact into the subject's stream and defer the job that follows it.

    Must run inside a transaction; the head of the stream is locked until it ends. `is_first`: the subject has just
    come into being and has no stream yet, which saves a question.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("a fact is written in the transaction of what it tells")
    name = stream_name(subject)
    entry = Entry(
        at=clock.now(), kind=fact.key, version=fact.version, data=fact.to_data(), by=by, on_behalf_of=on_behalf_of,
    )  # fmt: skip
    _begin(name, entry) if is_first else _go_on(name, entry)
    recorded_facts.set(recorded_facts.get() + 1)
    _pass_on(name, entry.pk)
    return entry


def _begin(name: str, entry: Entry) -> None:
    entry.seq, entry.hash = 1, _digest_of(name, 1, entry, "")
    with connection.cursor() as cursor:
        cursor.execute(BEGIN, [name, entry.hash, *_said(entry)])
        entry.pk, entry.stream_id = cursor.fetchone()


def _go_on(name: str, entry: Entry) -> None:
    with connection.cursor() as cursor:
        cursor.execute(LOCK_HEAD, [name])
        entry.stream_id, seq, head = cursor.fetchone()
        entry.seq, entry.hash = seq + 1, _digest_of(name, seq + 1, entry, head)
        moved: list[Any] = [entry.seq, entry.hash, entry.stream_id]
        cursor.execute(ADD_ENTRY, [entry.stream_id, entry.seq, *_said(entry), *moved])
        entry.pk = cursor.fetchone()[0]


def _digest_of(name: str, seq: int, entry: Entry, head: str) -> str:
    fact, actors = (entry.kind, entry.version, entry.data), (entry.by_id, entry.on_behalf_of_id)
    return digest(name, seq, entry.at, fact, actors, head)


def _said(entry: Entry) -> list[Any]:
    data = json.dumps(entry.data)
    return [entry.at, entry.kind, entry.version, data, entry.by_id, entry.on_behalf_of_id, entry.hash]


def _pass_on(stream: str, entry_id: int) -> None:
    if is_about(stream):
        forget()
    follower = _followers.get(stream.partition(":")[0])
    if follower is not None:
        follower(entry_id)
