"""Filling: a hundred thousand complaints by COPY, and ten times as many by SQL, on a database of the bench's own."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from django.db import connection
from psycopg.types.json import Jsonb

from shenava.common import clock
from shenava.complaints.index import words
from shenava.complaints.models import Complaint
from shenava.journal.recording import digest
from shenava.people.models import Party, Role
from shenava.process.models import Instance
from tests import world as cast
from tests.bench import texts

SLICE = 5_000
FIRST = 1_000_000  # the numbers of bulk rows begin here
LANGUAGES = ["fa", "fa", "fa", "he", "en"]
FACTS = ("complaint.registered", "complaint.acknowledged", "complaint.taken")
folded = lru_cache(maxsize=50_000)(words.words_of)


def fill(count: int, times: int) -> None:
    """`count` complaints with all that belongs to them, then `times` as many without a journal."""
    world = cast.build()
    sample = world.taken()
    units = [cast.unit(f"Branch {number}", world.service) for number in range(20)]
    officers = [cast.person(f"Officer{number} Branch", Role.COMPLAINT_OFFICER, unit) for number, unit in
                enumerate(units)]  # fmt: skip
    head = cast.person("Head Branches", Role.COMPLAINT_OFFICER, world.service)
    assert head.pk < FIRST
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica; SET statement_timeout = 0")
        indexes = _without_indexes(cursor)
        _copy_all(cursor, count, sample, officers)
        for step in range(1, times):
            _again(cursor, count, step * count)
        for index in indexes:
            cursor.execute(index)
        cursor.execute("SET session_replication_role = origin; RESET statement_timeout")
        cursor.execute("ANALYZE")


TABLES = (
    "people_party", "complaints_complaint", "messages_message", "process_instance", "process_workitem",
    "complaints_searchrow",
)  # fmt: skip


def _without_indexes(cursor: Any) -> list[str]:
    """Drop what is quicker built at the end; how to build it."""
    cursor.execute(
        "SELECT i.indexname, i.indexdef FROM pg_indexes i LEFT JOIN pg_constraint c ON c.conname = i.indexname"
        " WHERE i.tablename = ANY(%s) AND c.oid IS NULL",
        [list(TABLES)],
    )
    found = cursor.fetchall()
    for name, _definition in found:
        cursor.execute(f'DROP INDEX "{name}"')
    return [definition for _name, definition in found]


def _copy_all(cursor: Any, count: int, sample: Complaint, officers: list[Party]) -> None:
    chance, now = random.Random(7), clock.now()
    stories = _Stories(count, now, sample, Instance.objects.get(complaint=sample))
    for start in range(0, count, SLICE):
        rows = [_story(chance, number, officers, stories) for number in range(start, min(start + SLICE, count))]
        for table in rows[0]:
            _copy(cursor, table, chain.from_iterable(row[table] for row in rows))


def _copy(cursor: Any, table: str, rows: Iterator[dict[str, Any]]) -> None:
    first = next(rows)
    columns = ", ".join(f'"{name}"' for name in first)
    with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in chain([first], rows):
            copy.write_row(list(row.values()))


class _Stories(NamedTuple):
    """What all stories share: how many they are, when they end, and a complaint as the verbs leave it."""

    count: int
    now: datetime
    sample: Complaint
    instance: Instance


def _story(
    chance: random.Random, number: int, officers: list[Party], of: _Stories
) -> dict[str, Iterable[dict[str, Any]]]:
    """One complaint: the rows of every table, as the verbs would have left them."""
    pk, language = FIRST + number, chance.choice(LANGUAGES)
    at = of.now - timedelta(minutes=(of.count - number) * 500_000 // of.count)
    officer = officers[min(int(chance.expovariate(0.2)), len(officers) - 1)]
    unit = _unit_of(officer)
    said, name = texts.story(chance, language, number, of.count), texts.name(chance, language)
    phone, is_open = f"+98912{number * 7919 % 10_000_000:07d}", number > of.count * 0.9
    row = _complaint(of.sample, pk, said, at) | {
        "serial": f"SN-{number:06d}/{chance.randint(10, 99)}", "owner_id": officer.pk, "unit_id": unit,
        "language": language, "product": chance.choice(texts.PRODUCTS), "readers": sorted({unit, officer.pk}),
        "closed_at": None if is_open else at + timedelta(days=9), "stage": "handling" if is_open else "closed",
        "closed_on": None if is_open else (at + timedelta(days=9)).date(),
        "closure_reason": "" if is_open else "accepted",
    }  # fmt: skip
    return {
        "people_party": [_party(pk, name, phone, at)],
        "complaints_complaint": [row],
        "messages_message": [_message(pk, said, at, language)],
        "process_instance": [{"id": pk, "version_id": of.instance.version_id, "complaint_id": pk, "token": "",
                              "first": Jsonb(of.instance.state), "state": Jsonb(of.instance.state),
                              "rev": 2, "started_at": at, "ended_at": None}],
        "process_workitem": [_item(pk, officer.pk, at, None if is_open else row["closed_at"])],
        "complaints_searchrow": [_search_row(row, name, phone, said)],
        **_journal(pk, at, officer.pk),
    }  # fmt: skip


@lru_cache
def _unit_of(officer: Party) -> int:
    return int(officer.grants.get().unit_id)


def _complaint(sample: Complaint, pk: int, said: list[str], at: datetime) -> dict[str, Any]:
    plain = {field.attname: getattr(sample, field.attname) for field in Complaint._meta.concrete_fields}
    return plain | {
        "id": pk, "reference": f"1404-{pk}", "public_code": f"B{pk}", "submission": None, "secret_hash": f"{pk}",
        "title": said[0][:120], "description": "\n".join(said), "complainant_id": pk, "received_at": at,
        "entered_at": at, "due_at": at + timedelta(days=10), "registered_on": at.date(), "acknowledged_at": at,
        "excluded": [],
    }  # fmt: skip


def _party(pk: int, name: str, phone: str, at: datetime) -> dict[str, Any]:
    return {
        "id": pk, "kind": "person", "name": name, "folded_name": " ".join(folded(name)), "email": f"c{pk}@example.com",
        "phone": phone, "address": "", "contact_group": "customer", "language": "",
        "is_anonymous": False, "created_at": at,
    }  # fmt: skip


def _message(pk: int, said: list[str], at: datetime, language: str) -> dict[str, Any]:
    return {
        "id": pk, "complaint_id": pk, "direction": "in", "channel": "portal", "kind": "complaint", "author_id": pk,
        "from_name": "", "from_email": "", "to": Jsonb([]), "subject": said[0][:120], "text": "\n".join(said),
        "full_text": "", "html": "", "at": at, "sender_verdict": "unverified", "is_automatic": False, "message_id": "",
        "language": language,
    }  # fmt: skip


def _item(pk: int, holder: int, at: datetime, closed_at: datetime | None) -> dict[str, Any]:
    return {
        "id": pk, "complaint_id": pk, "holder_id": holder, "kind": "stage", "node": "handling", "title": "",
        "token": "", "outcome": "", "answer": "",
        "due_at": at + timedelta(days=10), "sent_by_id": holder, "sent_at": at, "seen_at": at, "accepted_at": at,
        "closed_at": closed_at, "answered_at": closed_at,
    }  # fmt: skip


def _search_row(row: dict[str, Any], name: str, phone: str, said: list[str]) -> dict[str, Any]:
    names = folded(name)
    identity = [*words.code_words(row["reference"]), *words.code_words(row["serial"]), *names, *words.ends_of(names),
                *words.phone_words(phone, "0" + phone[3:]), row["public_code"].lower()]  # fmt: skip
    document = words.document({"A": identity, "B": [word for text in said for word in folded(text)], "C": []})
    return {
        "id": row["id"], "complaint_id": row["id"], "received_at": row["received_at"], "readers": row["readers"],
        "excluded": [], "sides": [], "unit_id": row["unit_id"], "document": document, "seq": len(FACTS),
    }  # fmt: skip


def _journal(pk: int, at: datetime, by: int) -> dict[str, Iterable[dict[str, Any]]]:
    stream, head, entries = f"complaint:{pk}", "", []
    for seq, kind in enumerate(FACTS, start=1):
        head = digest(stream, seq, at, (kind, 1, {}), (by, None), head)
        entries.append({"stream_id": pk, "seq": seq, "at": at, "kind": kind, "version": 1, "data": Jsonb({}),
                        "by_id": by, "hash": head})  # fmt: skip
    return {"journal_stream": [{"id": pk, "name": stream, "seq": len(FACTS), "head": head}], "journal_entry": entries}


SHIFTED = {"id", "complaint_id", "complainant_id", "author_id"}


def _again(cursor: Any, count: int, shift: int) -> None:
    """The same rows once more, further on: their numbers shifted, what must be unique made so."""
    for table in TABLES:
        cursor.execute("SELECT column_name FROM information_schema.columns WHERE table_name = %s", [table])
        names = [name for (name,) in cursor.fetchall()]
        values = [_shifted(name, shift, shift // count) for name in names]
        quoted = ", ".join(f'"{name}"' for name in names)
        cursor.execute(
            f"INSERT INTO {table} ({quoted}) SELECT {', '.join(values)} FROM {table} WHERE id >= %s AND id < %s",
            [FIRST, FIRST + count],
        )


def _shifted(name: str, shift: int, years: int) -> str:
    if name in SHIFTED:
        return f'"{name}" + {shift}'
    if name == "received_at":
        return f"received_at - interval '{years} years'"
    if name == "reference":
        return f"'1404-' || (id + {shift})"
    if name in ("public_code", "secret_hash"):
        return f"'B' || (id + {shift})"
    return f'"{name}"'
