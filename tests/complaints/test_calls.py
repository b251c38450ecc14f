"""Calls: a promise to call back lies with somebody until it is kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from shenava.common import clock
from shenava.complaints import actions, policy
from shenava.complaints.models import Call, Complaint
from shenava.journal.actions import Refused
from shenava.journal.models import Entry
from shenava.people.parties import Introduction
from shenava.process.models import WorkItem
from tests.world import World

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def complaint(world: World) -> Complaint:
    with clock.set_to(NOW):
        speaker = Introduction(name="Mahsa Kianpour", phone="+989123456789", email="mahsa@example.com")
        complaint = world.complaint(complainant=speaker)
        actions.take(complaint, by=world.sara)
    return complaint


def promise(complaint: Complaint, world: World) -> Call:
    with clock.set_to(NOW):
        call: Call = actions.promise_call(complaint, reason="To agree on a visit.", due_at=TOMORROW, by=world.agent)
    return call


def open_calls(complaint: Complaint) -> list[tuple[str, datetime | None]]:
    items = WorkItem.objects.open().filter(complaint=complaint, title="call")
    return [(str(item.holder), item.due_at) for item in items]


def kinds(complaint: Complaint) -> list[str]:
    entries = Entry.objects.filter(stream__name=complaint.journal_stream, kind__startswith="complaint.call_")
    return [entry.kind.removeprefix("complaint.call_") for entry in entries.order_by("seq")]


def fresh(complaint: Complaint) -> Complaint:
    return Complaint.objects.get(pk=complaint.pk)


def test_a_promised_call_lies_with_whoever_promised_it_until_its_day(world: World, complaint: Complaint) -> None:
    call = promise(complaint, world)
    assert call.phone == "+989123456789"
    assert open_calls(complaint) == [("Negar Mousavi", TOMORROW)]
    assert fresh(complaint).owner == world.sara
    with pytest.raises(Refused, match="promised already"):
        promise(fresh(complaint), world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Call.objects.create(complaint=complaint, item=complaint.work_items.first(), reason="Again.")


def test_what_was_said_stands_in_the_conversation(world: World, complaint: Complaint) -> None:
    promise(complaint, world)
    actions.keep_call(fresh(complaint), outcome="reached", text="Tuesday suits her.", by=world.agent)
    message = complaint.messages.get(text="Tuesday suits her.")
    assert (message.channel, message.author) == ("phone", complaint.complainant)
    assert (open_calls(complaint), kinds(complaint)) == ([], ["promised", "kept"])


def test_where_nobody_is_reached_the_promise_stands_and_is_tried_again(world: World, complaint: Complaint) -> None:
    promise(complaint, world)
    later, messages = TOMORROW + timedelta(days=1), complaint.messages.count()
    with clock.set_to(TOMORROW):
        with pytest.raises(Refused, match="ahead"):
            actions.keep_call(fresh(complaint), outcome="not_reached", text="", by=world.agent)
        call = actions.keep_call(fresh(complaint), outcome="not_reached", text="", due_at=later, by=world.agent)
    assert (call.attempts, call.ended_at) == (1, None)
    assert open_calls(complaint) == [("Negar Mousavi", later)]
    assert (kinds(complaint), complaint.messages.count()) == (["promised", "missed"], messages)


def test_a_call_that_is_not_needed_is_dropped_for_a_reason(world: World, complaint: Complaint) -> None:
    promise(complaint, world)
    call = actions.keep_call(fresh(complaint), outcome="not_needed", text="She wrote herself.", by=world.sara)
    assert (call.outcome, call.text, call.ended_by) == ("not_needed", "She wrote herself.", world.sara)
    assert (open_calls(complaint), kinds(complaint)) == ([], ["promised", "dropped"])
    assert not policy.may(world.sara, "keep_call", fresh(complaint))


def test_a_promise_outlives_the_end_of_the_complaint_and_the_leaving_of_its_holder(
    world: World, complaint: Complaint
) -> None:
    promise(complaint, world)
    actions.withdraw(fresh(complaint), by=complaint.complainant)
    assert open_calls(complaint) == [("Negar Mousavi", TOMORROW)]
    actions.hand_over(fresh(complaint), of=world.agent, to=world.sara, by=world.administrator)
    assert open_calls(complaint) == [("Sara Rostami", TOMORROW)]
    assert not policy.may(world.sara, "settle_tasks", fresh(complaint))
    actions.keep_call(fresh(complaint), outcome="reached", text="She thanked us.", by=world.sara)
    assert open_calls(complaint) == []


def test_who_reads_nothing_promises_nothing_and_no_call_is_promised_for_the_past(
    world: World, complaint: Complaint
) -> None:
    for party in (world.auditor, world.expert, complaint.complainant):
        with pytest.raises(Refused), clock.set_to(NOW):
            actions.promise_call(fresh(complaint), reason="Later.", due_at=TOMORROW, by=party)
    with pytest.raises(Refused, match="ahead"), clock.set_to(NOW):
        actions.promise_call(fresh(complaint), reason="Later.", due_at=NOW, by=world.agent)
    assert (open_calls(complaint), kinds(complaint)) == ([], [])
