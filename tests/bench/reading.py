"""Reading: folders at any depth, the page of a complaint, the search, the journal, for readers of each kind."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shenava.common import clock
from shenava.common.paging import page_by_key
from shenava.complaints import actions
from shenava.complaints.cartable import FOLDERS, Desk
from shenava.complaints.filters import Filters
from shenava.complaints.index import keeping
from shenava.complaints.index.asking import find
from shenava.complaints.models import Complaint
from shenava.journal.verify import verify
from shenava.people.models import Party
from shenava.people.standing import standing_of
from tests.bench.filling import FIRST
from tests.bench.measuring import Line, times
from tests.bench.texts import rare_word
from tests.world import log_in

READERS = {"clerk": "officer12@arman.example", "head of units": "head@arman.example", "manager": "arash@arman.example"}
QUESTIONS = {
    "rare word": rare_word(7), "frequent word": "ضمانت", "frequent beginning": "ماشی",
    "two frequent words": "ماشین تعمیرکار", "telephone end": "837", "name end": "کیانپور", "nothing": "zebrafish",
}  # fmt: skip
NARROWED: dict[str, dict[str, Any]] = {
    "plain": {}, "open, due first": {"state": "open", "order": "due_at"}, "late": {"late": True},
    "in work": {"waits": "working"}, "a kind, closed": {"subject": ("product",), "state": "closed"},
    "rare word": {"text": rare_word(7)}, "frequent word": {"text": "ضمانت"},
}  # fmt: skip


def people() -> dict[str, Party]:
    return {label: Party.objects.get(email=email) for label, email in READERS.items()}


def folders() -> Iterator[Line]:
    """The first page and one from the middle, of each folder that can be long."""
    for label, party in people().items():
        client = log_in(Client(), party)
        for key in ("received", "overdue", "archive"):
            folder = FOLDERS[key]
            middle = _middle(folder.rows(Desk(standing_of(party))), folder.order)
            for depth, after in (("first", ""), ("deep", f"?after={middle}")):
                yield _page(f"folder {key}, {depth}, {label}", client, f"/desk/cartable/{key}/{after}", 50, 12)


def lists() -> Iterator[Line]:
    """The list of all complaints, plain and narrowed, on the first page and from the middle."""
    for label, party in people().items():
        client, standing = log_in(Client(), party), standing_of(party)
        for name, asked in NARROWED.items():
            order = "due_at" if asked.get("order") == "due_at" else "-received_at"
            kept = {key: value for key, value in asked.items() if key != "order"}
            rows = Filters(**kept).rows(standing, now=clock.now(), time_zone="Asia/Tehran")
            middle = _middle(rows, (order, "-id" if order.startswith("-") else "id"))
            query = urlencode({**asked, **({"late": "on"} if asked.get("late") else {})}, doseq=True)
            for depth, after in (("first", ""), ("deep", f"&after={middle}")):
                yield _page(f"list {name}, {depth}, {label}", client, f"/desk/complaints/?{query}{after}", 50, 12)


def overview() -> Iterator[Line]:
    """The manager's figures over everything."""
    yield _page("overview, manager", log_in(Client(), people()["manager"]), "/desk/overview/", 50, 12)


def complaint_page() -> Iterator[Line]:
    """A complaint with thirty entries."""
    party = people()["manager"]
    complaint = Complaint.objects.filter(pk__lt=FIRST, closed_at=None).latest("pk")
    for number in range(complaint_entries(complaint), 30):
        actions.note(complaint, text=f"Note {number}: the drum was looked at.", by=party)
    keeping.keep([complaint.pk])
    yield _page(
        "complaint page, 30 entries", log_in(Client(), party), f"/desk/complaints/{complaint.reference}/", 60, 15
    )


def complaint_entries(complaint: Complaint) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(seq), 0) FROM journal_stream WHERE name = %s", [complaint.journal_stream])
        return int(cursor.fetchone()[0])


def search() -> Iterator[Line]:
    """Each kind of word for each kind of reader: the rows alone, and the page."""
    for label, party in people().items():
        client, standing = log_in(Client(), party), standing_of(party)
        for kind, text in QUESTIONS.items():
            middle, late = times(partial(find, standing, text), 20)
            hits = len(find(standing, text).ids)
            page = _page(f"search {kind}, {label}", client, f"/desk/search/?q={text}", 50, 0)
            yield page._replace(beside=f"rows alone {middle:.0f} / {late:.0f} ms, {hits} hits")


def journal() -> Iterator[Line]:
    """Every chain, proven."""
    before = time.perf_counter()
    found = verify()
    speed = found.entries / (time.perf_counter() - before)
    read = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(hash), max(data::text) FROM (SELECT * FROM journal_entry ORDER BY stream_id, seq) e"
        )
    raw = found.entries / (time.perf_counter() - read)
    assert all(":" not in one.stream for one in found.broken)  # rows by raw SQL of an earlier run are no chains
    yield Line("verify the journal", f"{speed:,.0f} entries/s", f"raw read {raw:,.0f}/s", "≥ 50,000", speed >= 50_000)


def _page(what: str, client: Client, address: str, limit: int, most: int) -> Line:
    middle, late = times(lambda: client.get(address), 30)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    in_database = sum(float(one["time"]) for one in asked.captured_queries) * 1000
    holds = late <= limit and (not most or len(asked) <= most)
    return Line(
        what, f"{middle:.0f} / {late:.0f} ms, {len(asked)} queries", f"in SQL {in_database:.0f} ms",
        f"p95 ≤ {limit} ms" + (f", ≤ {most} queries" if most else ""), holds,
    )  # fmt: skip


def _middle(rows: QuerySet[Any], order: tuple[str, ...]) -> str:
    """The cursor of a page from the middle of a list."""
    two = rows.order_by(*order).values_list("pk", flat=True)[rows.count() // 2 :][:2]
    return page_by_key(rows.filter(pk__in=list(two)), order=order, size=1).next_cursor or ""
