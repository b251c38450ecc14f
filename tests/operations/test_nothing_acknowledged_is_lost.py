"""Web, worker and database are killed in the middle of many registrations: whatever was acknowledged is there once."""

from __future__ import annotations

import json
import os
import signal
import time
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import cycle
from pathlib import Path

import pytest

from shenava.operations.folders import home_of
from tests.journeys.product import Product
from tests.operations.conftest import postmaster
from tests.operations.crowd import Crowd

BATCH = 20
PREPARE = """
from tests.world import build
from shenava.messages.models import Mailbox
world = build()
Mailbox.objects.create(name="Care", address="care@arman.example", unit=world.service, never_sends=True)
"""
CATCH_UP = """
from datetime import timedelta
from shenava.common import clock
from shenava.complaints.models import Complaint
from shenava.complaints.sweeps import sweep
from shenava.mailroom import sorting
with clock.shifted(timedelta(minutes=10)):
    while sorting.overdue().exists():
        for pk in sorting.overdue().values_list("pk", flat=True):
            sorting.sort(pk)
with clock.shifted(timedelta(minutes=20)):
    while Complaint.objects.filter(acknowledged_at=None).exists():
        sweep()
"""
LOOK = """
import json
from shenava.complaints.models import Complaint
from shenava.messages.models import Outgoing, Raw
print(json.dumps({
    "complaints": list(Complaint.objects.order_by("reference").values_list("reference", "description", "public_code")),
    "acknowledgements": [mail.complaint.description for mail in Outgoing.objects.filter(purpose="acknowledgement")],
    "mails": list(Raw.objects.values_list("state", flat=True)),
}))
"""


def kill(product: Product, victim: str) -> None:
    """Kill it, and start the product again as a service manager does. A database is started by the product."""
    if victim == "database":
        os.kill(postmaster(home_of(product.data)), signal.SIGKILL)
        return
    os.kill(product.children()[victim], signal.SIGKILL)
    assert product.processes[-1].wait(60) == 1
    product.start()


def torment(product: Product, crowd: Crowd, futures: list[Future[None]], *, total: int, killings: int) -> None:
    """Kill one after the other, at even steps of what has been acknowledged."""
    for place, victim in zip(range(1, killings + 1), cycle(["web", "database", "worker"])):
        while crowd.acknowledged < total * place // (killings + 1):
            assert not [future for future in futures if future.done() and future.exception()]
            time.sleep(0.02)
        assert crowd.acknowledged < total
        crowd.goes_on.clear()
        try:
            kill(product, victim)
        finally:
            crowd.goes_on.set()


@pytest.mark.parametrize(
    ("total", "killings"),
    [
        pytest.param(200, 3, id="two hundred"),
        pytest.param(2000, 12, id="two thousand", marks=pytest.mark.slow),
    ],
)
def test_whatever_was_acknowledged_is_there_once_though_everything_was_killed(
    embedded: Product, tmp_path: Path, total: int, killings: int
) -> None:
    assert embedded.run("migrate").returncode == 0
    embedded.python(PREPARE)
    embedded.start()
    crowd = Crowd(embedded)
    with ThreadPoolExecutor(6) as pool, ThreadPoolExecutor(1) as mail_server:
        futures = [pool.submit(crowd.complain, number) for number in range(total // 2)]
        batches = [range(first, first + BATCH) for first in range(0, total // 2, BATCH)]
        futures += [mail_server.submit(crowd.write, tmp_path, batch) for batch in batches]
        torment(embedded, crowd, futures, total=total, killings=killings)
    assert [future.exception() for future in futures if future.exception()] == []
    embedded.stop()
    embedded.python(CATCH_UP)

    found = json.loads(embedded.python(LOOK))
    said = [description.strip() for _reference, description, _code in found["complaints"]]
    assert Counter(said) == Counter([*crowd.receipts, *crowd.kept_mails])
    assert len(said) == total
    codes = {description.strip(): code for _reference, description, code in found["complaints"]}
    assert crowd.receipts.items() <= codes.items()
    numbers = [int(reference.partition("-")[2]) for reference, *_rest in found["complaints"]]
    assert numbers == list(range(1, total + 1))
    assert Counter(words.strip() for words in found["acknowledgements"]) == Counter(said)
    assert Counter(found["mails"]) == {"read": total // 2}
    assert embedded.run("verify").stdout.rstrip().endswith(" 0 broken")
