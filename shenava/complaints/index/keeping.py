"""Keeping: the search rows of complaints, written anew from what the complaints say now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction

from shenava.complaints.index import words
from shenava.complaints.index.texts import Words, words_by_complaint
from shenava.complaints.models import Complaint, Referral, SearchRow
from shenava.journal.models import Stream

CHUNK = 200
LOCK = "SELECT pg_advisory_xact_lock(hashtext('complaints.index'), id::int) FROM unnest(%s::bigint[]) id ORDER BY id"
# A document that says the same keeps its place on the disk, so that the index need not be touched.
KEEP = """
    INSERT INTO complaints_searchrow AS kept
        (complaint_id, referral_id, received_at, readers, excluded, sides, unit_id, document, seq)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s::tsvector, %s)
    ON CONFLICT (complaint_id, referral_id) DO UPDATE SET
        received_at = excluded.received_at, readers = excluded.readers, excluded = excluded.excluded,
        sides = excluded.sides, unit_id = excluded.unit_id, seq = excluded.seq,
        document = CASE WHEN kept.document = excluded.document THEN kept.document ELSE excluded.document END"""
UNKEPT = """
    SELECT c.id FROM complaints_complaint c
    LEFT JOIN complaints_searchrow kept ON kept.complaint_id = c.id AND kept.referral_id IS NULL
    LEFT JOIN journal_stream s ON s.name = 'complaint:' || c.id
    LEFT JOIN journal_entry last ON last.stream_id = s.id AND last.seq = s.seq
    WHERE (kept.seq IS DISTINCT FROM coalesce(s.seq, 0) OR kept.readers <> c.readers OR kept.excluded <> c.excluded)
      AND coalesce(last.at, c.entered_at) < %s
    ORDER BY c.id"""


def keep(ids: Sequence[int]) -> None:
    """Write the rows of these complaints. Safe to run twice and side by side: whoever comes last reads last."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(LOCK, [sorted(ids)])
        cursor.executemany(KEEP, list(_rows(ids)))


def unkept(before: datetime | None = None) -> list[int]:
    """The complaints whose row is missing or does not know their last entry (of before that moment) or readers."""
    with connection.cursor() as cursor:
        cursor.execute(UNKEPT, [before or datetime.max.replace(tzinfo=UTC)])
        return [pk for (pk,) in cursor.fetchall()]


def is_empty() -> bool:
    """Has no row been written yet?"""
    return not SearchRow.objects.exists()


def keep_all(ids: Sequence[int]) -> int:
    """Write the rows of many complaints, some hundred at a time; how many."""
    for start in range(0, len(ids), CHUNK):
        keep(ids[start : start + CHUNK])
    return len(ids)


def differing() -> list[int]:
    """The complaints whose rows do not say what the complaints say. Reads everything."""
    ids = list(Complaint.objects.order_by("pk").values_list("pk", flat=True))
    found: list[int] = []
    for start in range(0, len(ids), CHUNK):
        found += _differing(ids[start : start + CHUNK])
    return found


def _differing(ids: Sequence[int]) -> list[int]:
    fresh: dict[int, set[Any]] = {pk: set() for pk in ids}
    for row in _rows(ids):
        fresh[row[0]].add(_comparable(row))
    kept: dict[int, set[Any]] = {pk: set() for pk in ids}
    columns = ("complaint_id", "referral_id", "received_at", "readers", "excluded", "sides", "unit_id", "document")
    for row in SearchRow.objects.filter(complaint__in=ids).values_list(*columns):
        kept[row[0]].add(_comparable(row))
    return [pk for pk in ids if fresh[pk] != kept[pk]]


def _comparable(row: Sequence[Any]) -> tuple[Any, ...]:
    *plain, document = row[:8]
    return (*(tuple(cell) if isinstance(cell, list) else cell for cell in plain), frozenset(document.split()))


def _rows(ids: Sequence[int]) -> Iterator[list[Any]]:
    """The rows of some complaints: who may read first, then the words, so that a row is never newer than it says."""
    names = {f"complaint:{pk}": pk for pk in ids}
    seqs = {names[name]: seq for name, seq in Stream.objects.filter(name__in=names).values_list("name", "seq")}
    complaints = list(Complaint.objects.filter(pk__in=ids).select_related("complainant", "representative"))
    said = words_by_complaint(complaints)
    for complaint in complaints:
        yield from _rows_of(complaint, said[complaint.pk], seqs.get(complaint.pk, 0))


def _rows_of(complaint: Complaint, said: Words, seq: int) -> Iterator[list[Any]]:
    yield _row(complaint, None, said.common, seq)
    for referral, secret in said.confidential.items():
        yield _row(complaint, referral, said.common | {"C": said.common["C"] + secret}, seq)


def _row(complaint: Complaint, referral: Referral | None, said: dict[str, list[str]], seq: int) -> list[Any]:
    return [
        complaint.pk,
        referral.pk if referral else None,
        complaint.received_at,
        complaint.readers,
        complaint.excluded,
        sorted({referral.to_id, referral.item.holder_id, referral.item.sent_by_id}) if referral else [],
        complaint.unit_id,
        words.document(said),
        seq,
    ]
