"""Waiting: a clock stands still only where its rule says so; what was promised moves by that time, never silently."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from shenava.common import clock
from shenava.complaints import actions
from shenava.complaints.actions import Addition, Letter
from shenava.complaints.models import Complaint
from shenava.deadlines import actions as deadlines
from shenava.deadlines.actions import Terms
from shenava.deadlines.models import Pause, PauseReason, PromiseRule
from shenava.journal.models import Entry
from shenava.messages.models import Outgoing
from shenava.people import bodies
from shenava.people.models import ExternalBody, Party
from tests.world import World, log_in

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
BOTH = (PauseReason.COMPLAINANT.value, PauseReason.OUTSIDE.value)


def patient(world: World, *reasons: str, amount: int = 10, measure: str = "calendar_days") -> PromiseRule:
    """The promise of an answer to complaints, which waits for these."""
    rule = PromiseRule.objects.get(kind="answer", record_type="complaint", severity=None, is_active=True)
    changed: PromiseRule = deadlines.change_promise(
        rule, terms=Terms(amount, measure, pauses_for=reasons), by=world.administrator
    )
    return changed


def again(complaint: Complaint) -> Complaint:
    return Complaint.objects.get(pk=complaint.pk)


def said(complaint: Complaint) -> None:
    actions.add_information(complaint, addition=Addition("It is 4711.", "portal"), by=complaint.complainant)


def asked(world: World) -> Complaint:
    with clock.set_to(MONDAY):
        complaint = world.taken()
    with clock.set_to(MONDAY + DAY):
        actions.ask_complainant(complaint, text="Which number?", by=world.sara)
    return complaint


def a_body() -> Party:
    bodies.deliver("IR")
    return ExternalBody.objects.earliest("pk").party


def kinds(complaint: Complaint) -> list[str]:
    entries = Entry.objects.filter(stream__name=complaint.journal_stream).order_by("seq")
    return [kind.removeprefix("complaint.") for kind in entries.values_list("kind", flat=True)]


def test_no_clock_stands_still_unless_its_rule_says_so(world: World) -> None:
    complaint = asked(world)
    due_at = again(complaint).due_at
    with clock.set_to(MONDAY + 4 * DAY):
        said(complaint)
    assert (again(complaint).due_at, Pause.objects.count()) == (due_at, 0)


def test_the_date_moves_by_the_days_of_waiting_and_the_complainant_is_told(world: World) -> None:
    patient(world, "complainant")
    complaint = asked(world)
    due_at = again(complaint).due_at
    assert due_at is not None
    assert again(complaint).due_paused_at == MONDAY + DAY
    with clock.set_to(MONDAY + 4 * DAY):
        said(complaint)
    moved, pause = again(complaint), Pause.objects.get()
    assert (moved.due_at, moved.due_paused_at) == (due_at + 3 * DAY, None)
    assert (pause.reason, pause.began_by, pause.ended_by) == ("complainant", world.sara, complaint.complainant)
    assert (pause.before_at, pause.due_at) == (due_at, due_at + 3 * DAY)
    assert complaint.work_items.open().get(kind="stage").due_at == moved.due_at
    assert kinds(complaint)[-4:] == ["promises_paused", "message_received", "promises_resumed", "answer_put_off"]
    assert "does not count" in Outgoing.objects.latest("pk").body


def test_what_stands_still_is_not_late(world: World) -> None:
    patient(world, "complainant")
    complaint, later = asked(world), MONDAY + 60 * DAY
    assert not again(complaint).is_late(later)
    assert not Complaint.objects.late(later).exists()
    assert not complaint.clocks.open().filter(kind="answer").late(later).exists()
    with clock.set_to(MONDAY + 2 * DAY):
        said(complaint)
    assert Complaint.objects.late(later).get() == complaint


def test_working_time_moves_by_working_time(world: World) -> None:
    patient(world, "complainant", amount=16, measure="working_hours")
    with clock.set_to(MONDAY):
        complaint = world.taken()
        due_at = complaint.due_at
        actions.ask_complainant(complaint, text="Which number?", by=world.sara)
    with clock.set_to(MONDAY + timedelta(hours=1)):
        said(complaint)
    assert due_at is not None
    assert again(complaint).due_at == due_at + timedelta(hours=1)


def test_nights_and_holidays_of_waiting_add_nothing_to_working_time(world: World) -> None:
    patient(world, "complainant", amount=16, measure="working_hours")
    evening = MONDAY.replace(hour=18)
    with clock.set_to(MONDAY):
        complaint = world.taken()
        due_at = complaint.due_at
    with clock.set_to(evening):
        actions.ask_complainant(complaint, text="Which number?", by=world.sara)
    with clock.set_to(evening + timedelta(hours=3)):
        said(complaint)
    assert again(complaint).due_at == due_at
    assert "answer_put_off" not in kinds(complaint)


def test_a_promise_waits_for_an_external_body_and_for_the_complainant_one_after_the_other(world: World) -> None:
    patient(world, *BOTH)
    complaint, body = asked(world), a_body()
    due_at = again(complaint).due_at
    assert due_at is not None
    with clock.set_to(MONDAY + 2 * DAY):
        referral = actions.refer_outside(complaint, body=body, letter=Letter("1/1", "Please."), by=world.sara)
    with clock.set_to(MONDAY + 3 * DAY):
        said(complaint)
    assert again(complaint).due_paused_at == MONDAY + 3 * DAY
    with clock.set_to(MONDAY + 5 * DAY):
        actions.record_reply(complaint, referral=referral, letter=Letter("2/2", "Granted."), by=world.sara)
    assert (again(complaint).due_at, again(complaint).due_paused_at) == (due_at + 4 * DAY, None)
    assert [pause.reason for pause in Pause.objects.order_by("pk")] == ["complainant", "outside"]


def test_a_letter_that_is_recalled_lets_the_clock_go_on(world: World) -> None:
    patient(world, *BOTH)
    complaint = world.taken()
    referral = actions.refer_outside(complaint, body=a_body(), letter=Letter("1/1", "Please."), by=world.sara)
    assert again(complaint).due_paused_at is not None
    actions.recall(complaint, referral=referral, reason="Sent in error.", by=world.sara)
    assert again(complaint).due_paused_at is None


@pytest.mark.parametrize("verb", ["respond", "withdraw"])
def test_who_answers_or_ends_it_waits_for_nobody_any_more(world: World, verb: str) -> None:
    patient(world, "complainant")
    complaint = asked(world)
    deeds = {
        "respond": lambda: actions.respond(complaint, text="So.", by=world.sara),
        "withdraw": lambda: actions.withdraw(complaint, by=complaint.complainant),
    }
    with clock.set_to(MONDAY + 30 * DAY):
        deeds[verb]()
    assert (again(complaint).due_paused_at, Pause.objects.filter(ended_at=None).count()) == (None, 0)
    assert complaint.clocks.get(kind="answer").kept() is True


def test_what_is_late_already_does_not_stand_still(world: World) -> None:
    patient(world, "complainant")
    with clock.set_to(MONDAY):
        complaint = world.taken()
    with clock.set_to(MONDAY + 30 * DAY):
        actions.ask_complainant(complaint, text="Which number?", by=world.sara)
        assert again(complaint).is_late(MONDAY + 30 * DAY)
    assert Pause.objects.count() == 0


def test_a_running_promise_keeps_the_rule_under_which_it_was_given(world: World) -> None:
    complaint = world.taken()
    patient(world, "complainant")
    actions.ask_complainant(complaint, text="Which number?", by=world.sara)
    assert Pause.objects.count() == 0


def test_pages_say_that_it_stands_still_and_why(world: World) -> None:
    patient(world, "complainant")
    complaint, browser = world.complaint(secret="abcd-efgh-jkmn-pqrs"), Client()
    actions.take(complaint, by=world.sara)
    actions.ask_complainant(complaint, text="Which number?", by=world.sara)
    browser.post("/track/", {"code": complaint.public_code, "secret": "abcd-efgh-jkmn-pqrs"})
    shown = log_in(Client(), world.sara).get(f"/desk/complaints/{complaint.reference}/").content.decode()
    assert "waits for the complainant:" in shown
    assert "stands still" in shown
    public = browser.get(f"/complaints/{complaint.public_code}/").content.decode()
    assert "Our time to answer stands still" in public


def test_the_administrator_says_for_whom_a_promise_waits(world: World) -> None:
    dara = log_in(Client(), world.administrator)
    rule = PromiseRule.objects.get(kind="answer", record_type="complaint", severity=None)
    terms = {"amount": "10", "measure": "calendar_days", "pauses_for": ["outside"]}
    dara.post(f"/desk/promises/{rule.pk}/", terms)
    assert PromiseRule.objects.latest("pk").pauses_for == ["outside"]
    assert "waits for an external body" in dara.get("/desk/calendars/").content.decode()
    new = {"kind": "close", "record_type": "", "severity": "", **terms}
    dara.post("/desk/promises/new/", new)
    assert PromiseRule.objects.get(kind="close").pauses_for == ["outside"]
