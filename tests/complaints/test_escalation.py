"""The ladder: as working time is used up each rung is done once, is on record, and can be undone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from shenava.common import clock
from shenava.complaints import actions, climbing, policy, preconditions
from shenava.complaints.cartable import Desk, as_row, received
from shenava.complaints.models import Complaint
from shenava.deadlines import actions as deadlines
from shenava.deadlines import ladder
from shenava.deadlines.actions import Terms
from shenava.deadlines.models import Clock, Escalation, PromiseRule, Rung
from shenava.journal.actions import Refused
from shenava.journal.models import Entry
from shenava.people.models import Party
from shenava.people.standing import standing_of
from tests.world import World, log_in

SATURDAY = datetime(2026, 11, 21, 4, 30, tzinfo=UTC)  # 08:00 in Tehran, when work begins
HOUR = timedelta(hours=1)


@pytest.fixture
def timed(world: World) -> World:
    """An answer within 16 hours of work, that is till Sunday evening, and a ladder that has long been there."""
    rule = PromiseRule.objects.get(kind="answer", record_type="complaint", severity=None, is_active=True)
    deadlines.change_promise(
        rule, terms=Terms(16, "working_hours", pauses_for=("complainant",)), by=world.administrator
    )
    Rung.objects.update(at=SATURDAY - timedelta(days=30))
    return world


def taken(world: World) -> Complaint:
    with clock.set_to(SATURDAY):
        complaint = world.taken()
        climbing.climb()
    return complaint


def at(moment: datetime) -> None:
    with clock.set_to(moment):
        climbing.climb()


def only(world: World, percent: int, deed: str, to: str = "manager") -> None:
    """No rung but this one."""
    Rung.objects.update(is_active=False)
    rung = deadlines.add_rung(kind="answer", percent=percent, deed=deed, to=to, by=world.administrator)
    Rung.objects.filter(pk=rung.pk).update(at=SATURDAY - timedelta(days=30))


def titles(party: Party) -> list[str]:
    return [as_row(item).title for item in received(Desk(standing_of(party))).order_by("pk")]


def done(complaint: Complaint) -> list[tuple[int, str]]:
    return list(complaint.escalations.values_list("percent", "deed"))


def again(complaint: Complaint) -> Complaint:
    return Complaint.objects.get(pk=complaint.pk)


def last(complaint: Complaint) -> str:
    return Entry.objects.filter(stream__name=complaint.journal_stream).latest("seq").kind


def test_the_delivered_ladder_tells_the_holder_twice_and_a_manager_then_refers_upward(timed: World) -> None:
    complaint = taken(timed)
    at(SATURDAY + 7 * HOUR)
    assert done(complaint) == []
    at(SATURDAY + 8 * HOUR)
    assert (done(complaint), titles(timed.sara)) == ([(50, "tell")], ["", "time"])
    at(SATURDAY + timedelta(days=1, hours=5))
    assert (done(complaint), titles(timed.manager)) == ([(50, "tell"), (80, "tell")], [])
    at(SATURDAY + timedelta(days=1, hours=8))
    assert titles(timed.manager) == ["time"]
    at(SATURDAY + timedelta(days=2, hours=8))
    assert done(complaint) == [(50, "tell"), (80, "tell"), (100, "tell"), (150, "refer")]
    referral = complaint.referrals.get()
    assert (referral.to, referral.kind, referral.is_open) == (timed.manager, "consult", True)
    assert last(complaint) == "complaint.escalated"


def test_each_rung_is_done_once_however_often_somebody_looks(timed: World) -> None:
    complaint = taken(timed)
    for _round in range(3):
        at(SATURDAY + 8 * HOUR)
    assert (done(complaint), titles(timed.sara)) == ([(50, "tell")], ["", "time"])
    with clock.set_to(SATURDAY + 8 * HOUR):
        assert climbing.climb_some() == 0


def test_nights_use_up_nothing(timed: World) -> None:
    complaint = taken(timed)
    at(SATURDAY + 23 * HOUR)
    assert done(complaint) == [(50, "tell")]


def test_what_stands_still_climbs_nothing_and_goes_on_where_it_was(timed: World) -> None:
    complaint = taken(timed)
    with clock.set_to(SATURDAY + 4 * HOUR):
        actions.ask_complainant(complaint, text="Which number?", by=timed.sara)
    at(SATURDAY + timedelta(days=2))
    assert done(complaint) == []
    said = actions.Addition("It is 4711.", "portal")
    with clock.set_to(SATURDAY + timedelta(days=2, hours=1)):
        actions.add_information(complaint, addition=said, by=complaint.complainant)
    at(SATURDAY + timedelta(days=2, hours=4))
    assert done(complaint) == []
    at(SATURDAY + timedelta(days=2, hours=5))
    assert done(complaint) == [(50, "tell")]


def test_a_kept_promise_climbs_no_more_and_nobody_need_be_told(timed: World) -> None:
    complaint = taken(timed)
    at(SATURDAY + 8 * HOUR)
    with clock.set_to(SATURDAY + 9 * HOUR):
        actions.respond(complaint, text="It is repaired.", by=timed.sara)
    at(SATURDAY + timedelta(days=9))
    assert (done(complaint), titles(timed.sara)) == ([(50, "tell")], [])


def test_a_complaint_is_given_to_somebody_else_and_back(timed: World) -> None:
    only(timed, 100, "reassign")
    complaint = taken(timed)
    at(SATURDAY + timedelta(days=1, hours=8))
    assert (again(complaint).owner, titles(timed.sara)) == (timed.manager, [])
    done_so = complaint.escalations.get()
    actions.undo_escalation(complaint, escalation=done_so, reason="Sara was on it.", by=timed.manager)
    assert (again(complaint).owner, titles(timed.manager)) == (timed.sara, [])
    assert last(complaint) == "complaint.escalation_undone"
    with pytest.raises(Refused):
        actions.undo_escalation(complaint, escalation=done_so, reason="Again.", by=timed.manager)


def test_a_priority_is_raised_and_put_back_unless_it_was_judged_since(timed: World) -> None:
    only(timed, 50, "raise")
    first, second = taken(timed), taken(timed)
    at(SATURDAY + 8 * HOUR)
    assert [again(one).priority for one in (first, second)] == [2, 2]
    actions.assess(second, look=actions.Look(5, 5), by=timed.sara)
    for one in (first, second):
        actions.undo_escalation(one, escalation=one.escalations.get(), reason="Not graver.", by=timed.sara)
    assert [again(one).priority for one in (first, second)] == [None, 4]


def test_what_was_told_or_referred_is_taken_back(timed: World) -> None:
    complaint = taken(timed)
    at(SATURDAY + timedelta(days=4))
    for one in complaint.escalations.all():
        actions.undo_escalation(complaint, escalation=one, reason="The part comes today.", by=timed.manager)
    assert (titles(timed.sara), titles(timed.manager)) == ([""], [])
    assert complaint.referrals.get().recall_reason == "The part comes today."
    at(SATURDAY + timedelta(days=9))
    assert complaint.escalations.count() == 4


def test_nobody_shut_out_is_told(timed: World) -> None:
    complaint = taken(timed)
    actions.name_staff(complaint, staff=timed.manager, by=timed.agent)
    at(SATURDAY + timedelta(days=4))
    assert timed.manager.pk not in set(complaint.escalations.values_list("to", flat=True))
    assert titles(timed.manager) == []


def test_one_that_fails_does_not_hold_up_the_others(timed: World) -> None:
    Rung.objects.create(kind="acknowledge", percent=10, deed="fly", to="owner", at=SATURDAY - timedelta(days=30))
    complaint = taken(timed)
    at(SATURDAY + 8 * HOUR)
    assert done(complaint) == [(50, "tell")]
    assert complaint.clocks.get(kind="acknowledge").ladder_at == SATURDAY + 9 * HOUR


def test_a_new_rung_does_not_count_what_was_used_up_before_and_one_taken_out_is_not_done(timed: World) -> None:
    complaint = taken(timed)
    at(SATURDAY + 10 * HOUR)
    with clock.set_to(SATURDAY + 10 * HOUR):
        for percent in (30, 90):
            deadlines.add_rung(kind="answer", percent=percent, deed="raise", to="owner", by=timed.administrator)
        with pytest.raises(ValidationError, match="already"):
            deadlines.add_rung(kind="answer", percent=90, deed="raise", to="owner", by=timed.administrator)
        deadlines.withdraw_rung(Rung.objects.get(percent=80, is_active=True), by=timed.administrator)
    at(SATURDAY + timedelta(days=1, hours=7))
    assert done(complaint) == [(50, "tell"), (90, "raise")]


def test_half_the_time_is_half_the_working_time(timed: World) -> None:
    complaint = taken(timed)
    running, working = Clock.objects.open().get(complaint=complaint, kind="answer"), timed.organisation.calendar
    heights = [ladder.reached_at(running, percent, working.working_calendar()) for percent in (50, 100, 150)]
    assert heights == [
        SATURDAY + 8 * HOUR,
        SATURDAY + timedelta(days=1, hours=8),
        SATURDAY + timedelta(days=2, hours=8),
    ]


def test_only_the_clock_climbs_and_only_what_happened_is_undone(timed: World) -> None:
    complaint = taken(timed)
    for party in (timed.sara, timed.manager, timed.administrator, complaint.complainant):
        assert not policy.may(party, "escalate", complaint)
    verdict = policy.may(timed.sara, "undo_escalation", complaint)
    assert verdict.reason == preconditions.NOTHING_TO_UNDO.reason
    at(SATURDAY + 8 * HOUR)
    assert policy.may(timed.sara, "undo_escalation", again(complaint))
    assert not policy.may(timed.agent, "undo_escalation", again(complaint))


def test_pages_show_the_ladder_what_it_did_and_undo_it(timed: World) -> None:
    complaint = taken(timed)
    at(SATURDAY + 8 * HOUR)
    dara, sara = log_in(Client(), timed.administrator), log_in(Client(), timed.sara)
    assert "150%" in dara.get("/desk/calendars/").content.decode()
    dara.post("/desk/rungs/new/", {"kind": "answer", "percent": "95", "deed": "raise", "to": "owner"})
    rung = Rung.objects.get(percent=95)
    dara.post(f"/desk/rungs/{rung.pk}/withdrawal/")
    assert not Rung.objects.get(percent=95).is_active
    page = f"/desk/complaints/{complaint.reference}/"
    shown = sara.get(page).content.decode()
    assert "What happened by itself" in shown
    assert "runs out or has run out" in shown
    assert "Time runs out:" in sara.get("/desk/cartable/received/").content.decode()
    done_so = Escalation.objects.get()
    sara.post(page + "undoings/", {"escalation": str(done_so.pk), "reason": "It is nearly done."})
    assert "It is nearly done." in sara.get(page).content.decode()


def test_who_was_told_twice_reads_it_once(timed: World) -> None:
    complaint = taken(timed)
    at(SATURDAY + timedelta(days=1, hours=5))
    assert titles(timed.sara).count("time") == 2
    page = log_in(Client(), timed.sara).get(f"/desk/complaints/{complaint.reference}/").content.decode()
    assert page.count("runs out or has run out") == 1
