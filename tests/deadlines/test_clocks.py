"""Clocks: started by a promise, stopped when it is kept, started anew when it is made again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from shenava.common import clock
from shenava.complaints import actions
from shenava.complaints.models import Complaint
from shenava.deadlines import clocks
from shenava.deadlines.models import Calendar, Clock, PromiseRule, WorkingInterval
from tests.world import World

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def running(complaint: Complaint) -> dict[str, datetime]:
    return dict(Clock.objects.open().filter(complaint=complaint).values_list("kind", "due_at"))


def test_a_complaint_begins_with_two_promises(world: World) -> None:
    with clock.set_to(MONDAY):
        complaint = world.complaint()
    assert running(complaint) == {
        "acknowledge": datetime(2026, 11, 24, 12, 30, tzinfo=UTC),
        "answer": datetime(2026, 12, 3, 20, 29, tzinfo=UTC),
    }
    assert complaint.due_at == running(complaint)["answer"]


def test_a_complaint_that_was_received_earlier_is_due_earlier(world: World) -> None:
    with clock.set_to(MONDAY):
        complaint = world.complaint(received_at=MONDAY - 3 * DAY)
    assert running(complaint)["answer"] == datetime(2026, 11, 30, 20, 29, tzinfo=UTC)


def test_a_kept_promise_stops_its_clock(world: World) -> None:
    with clock.set_to(MONDAY):
        complaint = world.taken()
        assert [one.kept() for one in complaint.clocks.all()] == [None, None]
        actions.acknowledge(complaint, by=world.system)
    with clock.set_to(MONDAY + 20 * DAY):
        actions.respond(complaint, text="At last.", by=world.sara)
    assert running(complaint) == {}
    assert {one.kind: one.kept() for one in complaint.clocks.all()} == {"acknowledge": True, "answer": False}


def test_a_rejected_answer_begins_a_new_clock_and_the_old_one_stays_on_record(world: World) -> None:
    with clock.set_to(MONDAY):
        complaint = world.responded()
    with clock.set_to(MONDAY + 5 * DAY):
        actions.record_rejection(complaint, text="No.", by=complaint.complainant)
    due = datetime(2026, 12, 8, 20, 29, tzinfo=UTC)
    assert running(complaint)["answer"] == complaint.due_at == due
    assert complaint.clocks.filter(kind="answer").count() == 2


def test_only_one_clock_of_a_kind_runs(world: World) -> None:
    complaint = world.complaint()
    current = complaint.clocks.get(kind="answer")
    with pytest.raises(IntegrityError), transaction.atomic():
        Clock.objects.create(
            complaint=complaint, kind="answer", rule=current.rule, started_at=MONDAY, due_at=MONDAY + DAY
        )
    again = clocks.start_clocks(complaint, ["answer"], clocks.About(), calendar=None, at=MONDAY)
    assert Clock.objects.open().get(complaint=complaint, kind="answer") == again["answer"]


def test_a_clock_is_late_after_its_date_and_only_while_it_runs(world: World) -> None:
    with clock.set_to(MONDAY):
        complaint = world.taken()
    due = running(complaint)["answer"]
    late = [Clock.objects.late(due + shift).filter(kind="answer").exists() for shift in (-DAY, DAY * 0, DAY)]
    assert late == [False, False, True]
    actions.respond(complaint, text="Done.", by=world.sara)
    assert not Clock.objects.late(due + DAY).filter(kind="answer").exists()


def test_nothing_promised_is_no_clock(world: World) -> None:
    PromiseRule.objects.update(is_active=False)
    complaint = world.complaint()
    assert (complaint.due_at, running(complaint)) == (None, {})


def test_no_complaint_is_refused_because_its_calendar_never_opens(world: World) -> None:
    WorkingInterval.objects.all().delete()
    with clock.set_to(MONDAY):
        complaint = world.complaint()
    assert running(complaint)["acknowledge"] == datetime(2026, 11, 25, tzinfo=UTC)
    assert complaint.reference is not None


def test_a_calendar_becomes_arithmetic_with_one_query(world: World, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    calendar = Calendar.objects.get()
    with django_assert_num_queries(1):
        working = calendar.working_calendar()
    assert working.time_zone == "Asia/Tehran"
    assert len(working.hours) == 6


@pytest.mark.parametrize(("hours", "share"), [(-1, 0.0), (0, 0.0), (6, 0.25), (24, 1.0), (99, 1.0)])
def test_how_much_of_a_promise_is_used(hours: int, share: float) -> None:
    assert clocks.share_used(MONDAY, MONDAY + DAY, MONDAY + timedelta(hours=hours)) == share
    assert clocks.share_used(MONDAY, MONDAY, MONDAY) == 1.0
