"""Watching: two hundred open complaint pages ask every three seconds, while something happens every second."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import psycopg

from tests.bench.measuring import Line
from tests.journeys.product import Product

PAGES, EVERY, SECONDS, CROWD = 200, 3, 15, 10
TICKETS = f"""
import json
from shenava.common import clock
from shenava.complaints.models import Complaint
from shenava.desk import live
from shenava.people.models import LoginSession, Party, User
from shenava.people.standing import standing_of
party = Party.objects.get(email="arash@arman.example")
now = clock.now()
login = LoginSession.objects.create(
    user=User.objects.get(party=party), session_key="bench" + str(now.timestamp()), began_at=now, seen_at=now
)
open_ones = Complaint.objects.filter(closed_at=None).order_by("-pk")[:{PAGES}]
print(json.dumps([live.ticket(standing_of(party), one, login=login.pk) for one in open_ones]))
"""
EVENT = "UPDATE journal_stream SET seq = seq WHERE id = (SELECT max(id) FROM journal_stream)"


def watching(product: Product, server: int) -> Iterator[Line]:
    """What part of one core the web and the database take for it."""
    tickets = json.loads(product.python(TICKETS))
    before, begun = _used(product, server), time.perf_counter()
    with ThreadPoolExecutor(CROWD + 1) as crowd:
        happening = crowd.submit(_events, product)
        answers = sum(crowd.map(lambda place: _ask(product, tickets[place::CROWD]), range(CROWD)))
        happening.result()
    part = (_used(product, server) - before) / (time.perf_counter() - begun)
    yield Line(f"{PAGES} desks open, an event a second", f"{part:.0%} of a core", f"{answers} answers in {SECONDS} s",
               "≤ 15 % of a core", part <= 0.15)  # fmt: skip


def _used(product: Product, server: int) -> float:
    """Seconds of work of web, worker and database so far."""
    found: dict[int, psutil.Process] = {}
    for pid in [*(process.pid for process in product.processes), server]:
        found |= {one.pid: one for one in [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]}
    return sum(sum(one.cpu_times()[:2]) for one in found.values() if Path(f"/proc/{one.pid}").exists())


def _ask(product: Product, tickets: list[str]) -> int:
    """The pages of one desk, each at its own moment within the three seconds; how many answers there were."""
    line = http.client.HTTPConnection("127.0.0.1", product.port, timeout=30)
    begun, asked = time.perf_counter(), 0
    while time.perf_counter() - begun < SECONDS:
        line.request("GET", f"/live?t={tickets[asked % len(tickets)]}")
        answer = line.getresponse()
        assert answer.status == 200, (answer.status, answer.read())
        answer.read()
        asked += 1
        time.sleep(max(0, begun + asked * EVERY / len(tickets) - time.perf_counter()))
    return asked


def _events(product: Product) -> None:
    with psycopg.connect(product.database, autocommit=True) as connection:
        for _ in range(SECONDS):
            connection.execute(EVENT)
            time.sleep(1)
