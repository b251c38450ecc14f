"""Due: ten thousand timers at one moment, on two workers that are killed on the way; and runs by the million."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from procrastinate.contrib.django import app

from shenava.common import clock
from shenava.complaints import actions
from shenava.complaints.actions import Intake
from shenava.complaints.cartable import Desk, received
from shenava.people.models import Party
from shenava.people.parties import Introduction, system_party
from shenava.people.standing import standing_of
from shenava.process import publishing
from shenava.process.models import Incident, Timer, WorkItem
from tests.bench.filling import FIRST
from tests.bench.measuring import Line
from tests.journeys.product import COMMAND, ROOT, Product
from tests.process.samples import delivered, way

TIMERS, SECONDS = 10_000, 120
TIMED, BULK = 500_000_000, 1_000_000_000
"""Where the numbers of these rows begin."""
COPY = """
    INSERT INTO {table} SELECT (jsonb_populate_record(kept, jsonb_build_object('id', {first} + n, {changes}))).*
    FROM {table} kept, generate_series(1, {count}) n WHERE kept.id = {sample}"""
ITS = "'complaint_id', {first} + n, 'instance_id', {first} + n"
RUNS = """
    INSERT INTO process_instance (id, version_id, complaint_id, token, first, state, rev, started_at, ended_at)
    SELECT {first} + n, {version}, {first} + n, '', '{{}}',
        CASE WHEN n % 100 = 0 THEN '{{"here": "in_handling", "last": 3, "tokens": {{"3": ["in_handling"]}}}}'::jsonb
        ELSE '{{}}' END, 5, now() - n * interval '1 second',
        CASE WHEN n % 100 = 0 THEN NULL ELSE now() END
    FROM generate_series(1, {count}) n"""
ITEMS = """
    INSERT INTO process_workitem (id, complaint_id, holder_id, kind, node, token, outcome, answer, title, due_at,
        sent_by_id, sent_at, closed_at)
    SELECT {first} + n, (ARRAY{complaints})[1 + n % {many}], {holder} + n % 2000, 'referral', 'in_handling', '', '', '',
        '', now() + n % 1000 * interval '1 hour', {holder}, now() - n * interval '1 second',
        CASE WHEN n % 100 = 0 THEN NULL ELSE now() END
    FROM generate_series(1, 3 * {count}) n"""
MOMENTS = """
    INSERT INTO process_timer (id, complaint_id, instance_id, key, node, kind, due_at)
    SELECT {first} + n, {first} + n * 20, {first} + n * 20, '1', 'late', 'time',
        now() + CASE WHEN n <= 200 THEN interval '-1 hour' ELSE n % 5000 * interval '1 minute' END
    FROM generate_series(1, {count} / 20) n"""


def at_once(product: Product) -> Iterator[Line]:
    """All of them fire, each once, though both workers are killed and others take their places."""
    before = _went_on()
    _ten_thousand()
    connection.close()
    app.configure_task("complaints.drive", queue="follow").defer()
    began = time.perf_counter()
    with ExitStack() as ends:
        workers = [_worker(product, ends) for _ in range(2)]
        for place, left in enumerate((TIMERS * 3 // 4, TIMERS // 2)):
            _wait_until(left)
            workers[place].kill()
            _worker(product, ends)
        _wait_until(0)
        taken = time.perf_counter() - began
    fired, once = _went_on(), Incident.objects.filter(complaint__gt=TIMED).count() == 0
    is_each = fired[0] - before[0] == fired[1] - before[1] == TIMERS
    measured = f"{taken:.0f} s, {TIMERS / taken:.0f} a second, each once: {'yes' if is_each and once else 'no'}"
    yield Line(f"{TIMERS:,} timers at once, two workers killed", measured, "", f"{SECONDS} s", taken <= SECONDS)


def by_the_million(runs: int) -> Iterator[Line]:
    """The inbox and the due timers in the database, among so many runs and three times as many work items."""
    began = time.perf_counter()
    _bulk(runs)
    yield Line(f"{runs:,} runs, {3 * runs:,} work items filled in", f"{time.perf_counter() - began:.0f} s")
    sara = Desk(standing_of(Party.objects.get(email="sara@arman.example")))
    inbox = WorkItem.objects.open().held_by([_holder()]).order_by("due_at", "pk")
    yield _line("inbox page of 50", inbox[:50], 2.0)
    yield _line("inbox page of 50, as its reader may see it", received(sara).order_by("due_at", "pk")[:50], 2.0)
    yield _line("inbox, its count to 99", inbox[:100], 2.0)
    yield _line("200 due timers", Timer.objects.due(clock.now())[:200], 5.0)


def _ten_thousand() -> None:
    """A complaint whose timer is over, as often as it takes."""
    content = delivered() | {"key": "timed"}
    content["nodes"] |= {
        "late": {"kind": "boundary", "at": "in_handling", "after": {"days": 3}, "interrupting": False},
        "told": {"kind": "end"},
    }
    content["flows"] += [way("late", "told")]
    publishing.publish(content, by=Party.objects.get(email="dara@arman.example"))
    publishing.choose(publishing.Process.objects.get(key="timed"))
    complaint = actions.register(
        intake=Intake(description="It shakes.", channel="portal", complainant=Introduction(name="Mahsa")),
        by=system_party(),
    )
    actions.take(complaint, by=Party.objects.get(email="sara@arman.example"))
    timer, item = Timer.objects.get(complaint=complaint), WorkItem.objects.open().get(complaint=complaint)
    said = {"first": TIMED, "count": TIMERS}
    its = ITS.format(**said)
    named = "'reference', 'T' || n, 'public_code', 'T' || n, 'submission', NULL"
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for table, sample, changes in (
            ("complaints_complaint", complaint.pk, named),
            ("process_instance", complaint.instance.pk, f"'complaint_id', {TIMED} + n"),
            ("process_workitem", item.pk, its),
            ("process_timer", timer.pk, f"{its}, 'due_at', now()"),
        ):
            cursor.execute(COPY.format(table=table, sample=sample, changes=changes, **said))
        cursor.execute("SET session_replication_role = origin; ANALYZE process_timer, process_instance")


def _bulk(runs: int) -> None:
    """Runs of which one in a hundred goes on, and their work items, by SQL."""
    if WorkItem.objects.filter(pk=BULK + 3 * runs).exists():
        return
    complaints = list(WorkItem.objects.filter(complaint__gte=FIRST).values_list("complaint", flat=True)[:5_000])
    said = {
        "first": BULK, "count": runs, "holder": _holder(), "complaints": complaints, "many": len(complaints),
        "version": publishing.in_force().pk,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica; SET statement_timeout = 0")
        for statement in (RUNS, ITEMS, MOMENTS):
            cursor.execute(statement.format(**said))
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("ANALYZE process_instance, process_workitem, process_timer")


def _holder() -> int:
    return int(Party.objects.get(email="sara@arman.example").pk)


def _line(what: str, asked: QuerySet[Any], limit: float) -> Line:
    """The time that the database itself needs, the best of five, as it explains."""
    found = []
    for _ in range(5):
        told = asked.explain(analyze=True)
        found.append(float(told.rpartition("Execution Time: ")[2].split()[0]))
    return Line(what, f"{min(found):.2f} ms in the database", "", f"{limit} ms", min(found) <= limit)


def _went_on() -> tuple[int, int]:
    """How many entries of this kind there are, and in how many streams."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(DISTINCT stream_id) FROM journal_entry WHERE kind = 'complaint.went_on'")
        total, streams = cursor.fetchone()
    return int(total), int(streams)


def _worker(product: Product, ends: ExitStack) -> subprocess.Popen[str]:
    worker = subprocess.Popen(
        [*COMMAND, "worker"], env=product.environment, cwd=ROOT, text=True, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    ends.callback(worker.wait)
    ends.callback(worker.kill)
    return worker


def _wait_until(left: int) -> None:
    """Until no more than so many timers are due."""
    for _ in range(6_000):
        if Timer.objects.filter(complaint__gt=TIMED, complaint__lte=TIMED + TIMERS).count() <= left:
            break
        time.sleep(0.1)
