"""Response: one open answer at a time, accepted or rejected once; two at once are one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shenava.common import clock
from shenava.complaints import actions
from shenava.complaints.models import ClosureReason, Complaint
from shenava.deadlines.models import Clock
from shenava.journal.actions import Refused
from shenava.messages.models import Outgoing
from tests.complaints.reading import everything, kinds, open_holders, running
from tests.world import MONDAY, World


def test_responding_keeps_the_promise_and_empties_the_cartable(world: World) -> None:
    complaint = world.taken()
    actions.respond(complaint, text="A technician comes.", by=world.sara)
    assert (complaint.stage, open_holders(complaint)) == ("responded", [])
    assert Clock.objects.get(complaint=complaint, kind="answer").kept() is True
    assert running(complaint) == ["acknowledge"]
    mail = Outgoing.objects.get(complaint=complaint, purpose="response")
    assert (mail.to_email, mail.is_automatic) == ("mahsa@example.com", False)


def test_a_late_answer_is_still_an_answer_and_the_clock_says_so(world: World) -> None:
    with clock.set_to(MONDAY):
        complaint = world.taken()
    with clock.set_to(MONDAY + timedelta(days=30)):
        actions.respond(complaint, text="At last.", by=world.sara)
    assert Clock.objects.get(complaint=complaint, kind="answer").kept() is False


def test_a_second_answer_has_to_wait_for_the_complainant(world: World) -> None:
    complaint = world.responded()
    before = everything(complaint)
    with pytest.raises(Refused, match="present stage"):
        actions.respond(complaint, text="And another thing.", by=world.sara)
    assert everything(complaint) == before


def test_a_response_is_accepted_once(world: World) -> None:
    complaint = world.responded()
    actions.record_acceptance(complaint, text="Thanks.", by=complaint.complainant)
    before = everything(complaint)
    for verb in (actions.record_acceptance, actions.record_rejection):
        with pytest.raises(Refused):
            verb(complaint, text="Again.", by=complaint.complainant)
    assert everything(complaint) == before
    response = complaint.responses.get()
    assert (response.answer, response.answer_text, response.answer_by) == ("accepted", "Thanks.", complaint.complainant)


def test_a_rejection_gives_the_complaint_back_with_a_promise_counted_from_now(world: World) -> None:
    with clock.set_to(MONDAY):
        complaint = world.responded()
    with clock.set_to(MONDAY + timedelta(days=8)):
        actions.record_rejection(complaint, text="Nobody came.", by=complaint.complainant)
    assert (complaint.due_at - MONDAY).days == 18
    assert (complaint.stage, open_holders(complaint)) == ("in_handling", ["Sara Rostami"])
    assert running(complaint) == ["acknowledge", "answer"]
    actions.respond(complaint, text="He came now.", by=world.sara)
    assert list(complaint.responses.order_by("pk").values_list("answer", flat=True)) == ["rejected", ""]


def test_an_exhausted_complaint_is_closed_with_its_reason_and_its_open_answer(world: World) -> None:
    complaint = world.responded()
    actions.close(complaint, text="Everything was offered.", by=world.sara)
    assert (complaint.stage, complaint.closure_reason) == ("closed", ClosureReason.EXHAUSTED)
    assert complaint.closures.get().text == "Everything was offered."
    assert running(complaint) == []


def test_after_closing_and_reopening_it_can_be_answered_and_accepted_again(world: World) -> None:
    complaint = world.responded()
    actions.close(complaint, text="Everything was offered.", by=world.sara)
    actions.reopen(complaint, text="It shakes again.", by=complaint.complainant)
    actions.respond(complaint, text="A new machine.", by=world.sara)
    actions.record_acceptance(complaint, by=complaint.complainant)
    assert (complaint.stage, complaint.reopened_count) == ("closed", 1)
    assert Complaint.objects.get(pk=complaint.pk).closed_on is not None
    assert kinds(complaint)[-3:] == ["responded", "response_accepted", "closed"]
