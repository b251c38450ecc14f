"""Verify: walk every chain, name the first broken entry."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import connection, transaction

ENTRIES = """
    SELECT coalesce(s.name, '?'), e.seq, (extract(epoch FROM e.at) * 1000000)::bigint, e.kind, e.version, e.data::text,
           e.by_id, e.on_behalf_of_id, e.hash, s.seq, s.head
    FROM journal_stream s FULL JOIN journal_entry e ON e.stream_id = s.id
    ORDER BY s.id, e.seq"""


@dataclass(frozen=True)
class Broken:
    """The first place where a chain does not hold."""

    stream: str
    seq: int
    what: str

    def __str__(self) -> str:
        return f"{self.stream} entry {self.seq}: {self.what}"


@dataclass(frozen=True)
class Verification:
    """What a walk over all streams found. `heads` gives the last hash of every stream."""

    streams: int
    entries: int
    broken: tuple[Broken, ...]
    heads: dict[str, str]


def verify() -> Verification:
    """Prove every chain of the journal. Rows are streamed; memory does not grow with the journal."""
    broken: list[Broken] = []
    heads: dict[str, str] = {}
    entries = 0
    for name, rows in groupby(_rows(), key=itemgetter(0)):
        count, fault, head = _walk(name, rows)
        entries += count
        heads[name] = head
        if fault is not None:
            broken.append(fault)
    return Verification(len(heads), entries, tuple(broken), heads)


def _rows() -> Iterator[tuple[Any, ...]]:
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.itersize = 5000  # type: ignore[attr-defined]
        cursor.execute(ENTRIES)
        yield from cursor


def _walk(name: str, rows: Iterator[tuple[Any, ...]]) -> tuple[int, Broken | None, str]:
    head, place, fault, last = "", 0, None, (0, "")
    for row in rows:
        last = (row[9], row[10])
        if row[1] is None:
            continue
        place += 1
        if fault is None:
            fault = _fault(name, place, head, row)
        head = row[8]
    if fault is None and (place, head) != last:
        fault = _broken_end(name, place, last[0])
    return place, fault, head


def _broken_end(name: str, place: int, written: int) -> Broken:
    if place > written:
        return Broken(name, written + 1, "the entry was added behind the program's back")
    return Broken(name, place + 1, "entries are missing at the end of the stream")


def _fault(name: str, place: int, head: str, row: tuple[Any, ...]) -> Broken | None:
    _, seq, moment, kind, version, data, by, deputy_for, stored, *_ = row
    if seq != place:
        return Broken(name, place, "an entry is missing")
    content = [head, name, seq, moment, (kind, version, json.loads(data)), (by, deputy_for)]
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    if hashlib.sha256(text.encode()).hexdigest() != stored:
        return Broken(name, place, "the entry was changed after it was written")
    return None
