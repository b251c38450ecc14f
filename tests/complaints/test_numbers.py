"""Numbers under pressure: everybody registers at once, and no number is missing or given twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from shenava.complaints import actions
from shenava.complaints.models import Complaint
from shenava.journal.actions import Refused
from shenava.journal.verify import verify
from tests.world import World

MANY = 50
SOME = 8


@pytest.fixture
def db(own_database: None) -> None:
    """These tests commit, so each has a database of its own."""


def numbers() -> list[int]:
    references = Complaint.objects.order_by("reference").values_list("reference", flat=True)
    return [int(reference.partition("-")[2]) for reference in references]


def test_fifty_registrations_at_once_get_fifty_consecutive_numbers(world: World) -> None:
    gate = Barrier(MANY)

    def register(_: int) -> None:
        connection.ensure_connection()
        gate.wait()
        world.complaint()
        connections.close_all()

    with ThreadPoolExecutor(MANY) as pool:
        list(pool.map(register, range(MANY)))
    assert numbers() == list(range(1, MANY + 1))
    assert verify().broken == ()


def test_registrations_that_fail_meanwhile_leave_no_gap(world: World) -> None:
    gate = Barrier(SOME)

    def register_and_fail(_: int) -> None:
        gate.wait()
        with pytest.raises(Refused):
            actions.register(intake=actions.Intake(description="x", channel="phone"), by=world.expert)
        world.complaint()
        connections.close_all()

    with ThreadPoolExecutor(SOME) as pool:
        list(pool.map(register_and_fail, range(SOME)))
    assert numbers() == list(range(1, SOME + 1))


def test_the_same_submission_sent_at_once_is_one_complaint(world: World) -> None:
    gate = Barrier(SOME)
    intake = actions.Intake(description="Clicked often.", channel="portal", submission="mark", unit=world.service)

    def register(_: int) -> int:
        gate.wait()
        complaint = actions.register_once(intake=intake, by=world.system)
        connections.close_all()
        return complaint.pk

    with ThreadPoolExecutor(SOME) as pool:
        found = set(pool.map(register, range(SOME)))
    assert len(found) == 1
    assert numbers() == [1]
