"""First contact: settled at once, and on record all the same."""

from __future__ import annotations

import pytest

from shenava.complaints import actions
from shenava.complaints.models import Complaint
from shenava.deadlines.models import Clock
from shenava.journal.actions import Refused
from shenava.journal.models import Entry
from shenava.process.models import WorkItem
from tests.world import World

INTAKE = actions.Intake(description="The manual is missing.", channel="phone", submission="one")


def test_one_screen_registers_answers_and_closes(world: World) -> None:
    complaint = actions.register_and_solve(intake=INTAKE, text="The manual was sent by mail.", by=world.agent)
    closure = complaint.closures.get()
    assert (complaint.stage, closure.reason, closure.at_first_contact) == ("closed", "accepted", True)
    assert complaint.responses.get().answer == "accepted"
    assert complaint.owner == world.agent
    entries = Entry.objects.filter(stream__name=complaint.journal_stream).order_by("seq")
    assert [entry.kind for entry in entries] == ["complaint.registered", "complaint.solved_at_once", "complaint.closed"]


def test_nothing_stays_open_behind_it(world: World) -> None:
    complaint = actions.register_and_solve(intake=INTAKE, text="Done.", by=world.agent)
    assert not WorkItem.objects.open().filter(complaint=complaint).exists()
    assert not Clock.objects.open().filter(complaint=complaint).exists()


def test_the_same_form_sent_twice_is_solved_once(world: World) -> None:
    first = actions.register_and_solve(intake=INTAKE, text="Done.", by=world.agent)
    second = actions.register_and_solve(intake=INTAKE, text="Done.", by=world.agent)
    assert first.pk == second.pk
    assert first.responses.count() == 1


@pytest.mark.parametrize("who", ["expert", "auditor", "administrator"])
def test_only_those_at_the_front_solve_at_once(world: World, who: str) -> None:
    complaint = world.complaint()
    with pytest.raises(Refused):
        actions.solve(complaint, text="Done.", by=getattr(world, who))
    assert Complaint.objects.get(pk=complaint.pk).closed_at is None


def test_what_is_in_somebodys_hands_already_is_not_solved_over_his_head(world: World) -> None:
    complaint = world.taken()
    with pytest.raises(Refused):
        actions.solve(complaint, text="Done.", by=world.agent)
    assert complaint.responses.count() == 0
