"""Two people at once: the lock lets one through, the other is told why not, and nothing happens twice."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections, transaction

from shenava.complaints import actions
from shenava.complaints.models import Complaint
from shenava.journal.actions import Refused
from shenava.journal.verify import verify
from shenava.messages.models import Outgoing
from shenava.people.models import Party
from tests.complaints.reading import kinds, open_holders
from tests.world import World

Deed = Callable[[Complaint], object]


@pytest.fixture
def db(own_database: None) -> None:
    """These tests commit, so each has a database of its own."""


def at_once(complaint: Complaint, *deeds: Deed) -> list[str]:
    """Do the deeds at one moment, each on a copy read before; "done" or "refused" for each, sorted."""
    gate = Barrier(len(deeds))

    def do(deed: Deed) -> str:
        connection.ensure_connection()
        read = Complaint.objects.get(pk=complaint.pk)
        gate.wait()
        try:
            deed(read)
        except Refused:
            return "refused"
        else:
            return "done"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return sorted(pool.map(do, deeds))


def answer(by: Party) -> Deed:
    return lambda complaint: actions.respond(complaint, text=f"From {by}.", by=Party.objects.get(pk=by.pk))


def accept(complaint: Complaint) -> object:
    return actions.record_acceptance(complaint, by=Party.objects.get(pk=complaint.complainant_id))


def test_two_who_answer_at_once_send_one_answer(world: World) -> None:
    complaint = world.taken()
    assert at_once(complaint, answer(world.sara), answer(world.manager)) == ["done", "refused"]
    assert complaint.responses.count() == 1
    assert Outgoing.objects.filter(purpose="response").count() == 1
    assert kinds(complaint) == ["registered", "taken", "responded"]
    assert verify().broken == ()


def test_a_double_acceptance_closes_once(world: World) -> None:
    complaint = world.responded()
    assert at_once(complaint, accept, accept, accept) == ["done", "refused", "refused"]
    assert complaint.closures.count() == 1
    assert kinds(complaint)[-2:] == ["response_accepted", "closed"]


def test_two_who_take_it_at_once_leave_it_with_one(world: World) -> None:
    complaint = world.complaint()
    both = [lambda one, by=by: actions.take(one, by=Party.objects.get(pk=by.pk)) for by in (world.sara, world.manager)]
    assert at_once(complaint, *both) == ["done", "done"]
    holder = str(Complaint.objects.get(pk=complaint.pk).owner)
    assert open_holders(complaint) == [holder]


def test_withdrawing_while_it_is_answered_ends_it_either_way(world: World) -> None:
    complaint = world.taken()

    def withdraw(one: Complaint) -> object:
        return actions.withdraw(one, by=Party.objects.get(pk=one.complainant_id))

    outcome = at_once(complaint, withdraw, answer(world.sara))
    complaint.refresh_from_db()
    assert (complaint.stage, outcome.count("done") >= 1) == ("withdrawn", True)
    assert open_holders(complaint) == []
    assert verify().broken == ()


def test_whoever_opens_a_merged_one_waits_for_the_other_one_before_it_holds_its_own(world: World) -> None:
    """Verbs that begin at the whole hold it and then its parts; the other order would be a deadlock."""
    merged, whole = world.complaint(), world.taken()
    actions.mark_duplicate(merged, of=whole, by=world.manager)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Complaint.objects.select_for_update().get(pk=whole.pk)
            opening = pool.submit(at_once, merged, lambda one: actions.reopen(one, text="No.", by=again(world.sara)))
            assert somebody_waits()
            Complaint.objects.select_for_update(nowait=True).get(pk=merged.pk)
        assert opening.result(timeout=20) == ["done"]
    merged.refresh_from_db()
    assert (merged.is_closed, merged.duplicate_of) == (False, None)


def again(party: Party) -> Party:
    return Party.objects.get(pk=party.pk)


def somebody_waits() -> bool:
    """Does another connection come to wait for a lock within ten seconds?"""
    with connection.cursor() as cursor:
        for _ in range(500):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return True
            time.sleep(0.02)
    return False
