"""Ending: every way out keeps the number, says why, empties the cartables and can be gone back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from shenava.common import clock
from shenava.complaints import actions
from shenava.complaints.models import Complaint
from shenava.journal.actions import Refused
from shenava.messages.models import Message, Outgoing
from tests.complaints.reading import everything, kinds, open_holders, running
from tests.world import MONDAY, World

EXITS: dict[str, Callable[..., object]] = {
    "withdrawn": actions.withdraw,
    "not_a_complaint": actions.mark_not_a_complaint,
    "misdirected": actions.mark_misdirected,
}


@pytest.mark.parametrize("stage", EXITS)
def test_a_side_exit_ends_the_work_and_the_clocks(world: World, stage: str) -> None:
    complaint = world.taken()
    EXITS[stage](complaint, text="For a reason.", by=world.sara)
    assert (complaint.stage, complaint.closure_reason) == (stage, stage)
    assert (open_holders(complaint), running(complaint)) == ([], [])
    assert complaint.closures.get().text == "For a reason."
    assert complaint.closed_on is not None
    assert complaint.reference == "1405-000001"


@pytest.mark.parametrize("stage", EXITS)
def test_whatever_ended_can_be_opened_again_with_a_new_promise(world: World, stage: str) -> None:
    with clock.set_to(MONDAY):
        complaint = world.taken()
        EXITS[stage](complaint, text="For a reason.", by=world.sara)
    with clock.set_to(MONDAY + timedelta(days=20)):
        actions.reopen(complaint, text="It was one.", by=complaint.complainant)
    assert (complaint.stage, complaint.closure_reason, complaint.closed_at) == ("in_handling", "", None)
    assert (complaint.due_at - MONDAY).days == 30
    assert open_holders(complaint) == ["Sara Rostami"]
    closure = complaint.closures.get()
    assert (closure.reopened_by, closure.reopened_because) == (complaint.complainant, "It was one.")


@pytest.mark.parametrize("stage", EXITS)
def test_what_has_ended_does_not_end_again(world: World, stage: str) -> None:
    complaint = world.taken()
    actions.withdraw(complaint, by=complaint.complainant)
    before = everything(complaint)
    with pytest.raises(Refused):
        EXITS[stage](complaint, text="Once more.", by=world.sara)
    assert everything(complaint) == before


def test_a_duplicate_names_the_complaint_that_goes_on(world: World) -> None:
    original, complaint = world.complaint(), world.taken()
    actions.mark_duplicate(complaint, of=original, by=world.sara)
    assert (complaint.stage, complaint.duplicate_of) == ("duplicate", original)
    assert kinds(complaint)[-1] == "closed"
    actions.reopen(complaint, text="Not the same after all.", by=world.sara)
    assert complaint.duplicate_of is None


def test_a_complaint_is_not_its_own_duplicate_nor_that_of_a_duplicate(world: World) -> None:
    original, first, second = world.complaint(), world.taken(), world.taken()
    actions.mark_duplicate(first, of=original, by=world.sara)
    before = everything(second)
    for impossible in (second, first):
        with pytest.raises(Refused):
            actions.mark_duplicate(second, of=impossible, by=world.sara)
    assert everything(second) == before


def test_whoever_complained_at_the_wrong_place_is_told_where_to_turn(world: World) -> None:
    complaint = world.taken()
    actions.mark_misdirected(complaint, text="The water company, telephone 122.", by=world.sara)
    told = Message.objects.get(complaint=complaint, kind="information")
    assert (told.direction, told.text) == ("out", "The water company, telephone 122.")
    mail = Outgoing.objects.get(message=told)
    assert (mail.to_email, "telephone 122" in mail.body) == ("mahsa@example.com", True)


def test_only_an_answered_complaint_is_closed_and_only_by_its_holder_or_a_manager(world: World) -> None:
    complaint = world.responded()
    before = everything(complaint)
    for outsider in (world.agent, world.expert, world.auditor, world.administrator, world.reza, complaint.complainant):
        with pytest.raises(Refused):
            actions.close(complaint, text="Enough.", by=outsider)
    assert everything(complaint) == before


def test_an_open_complaint_is_not_reopened(world: World) -> None:
    complaint = world.taken()
    before = everything(complaint)
    with pytest.raises(Refused, match="present stage"):
        actions.reopen(complaint, text="Again.", by=world.sara)
    assert everything(complaint) == before
    assert Complaint.objects.open().count() == 1
