"""First contact: settled at once, and on record all the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shenava.complaints import actions
from shenava.complaints.actions import Look
from shenava.complaints.models import Complaint
from shenava.deadlines.models import Clock
from shenava.journal.actions import Refused
from shenava.journal.models import Entry
from shenava.process.models import WorkItem
from tests.world import World

INTAKE = actions.Intake(description="The manual is missing.", channel="phone", submission="one")


def test_one_screen_registers_assesses_answers_and_closes(world: World) -> None:
    complaint = actions.receive(intake=INTAKE, look=Look(2, 1), solution="The manual was sent by mail.", by=world.agent)
    closure = complaint.closures.get()
    assert (complaint.stage, closure.reason, closure.at_first_contact) == ("closed", "accepted", True)
    assert complaint.responses.get().answer == "accepted"
    assert complaint.owner == world.agent
    entries = Entry.objects.filter(stream__name=complaint.journal_stream).order_by("seq")
    kinds = [entry.kind.removeprefix("complaint.") for entry in entries]
    assert kinds == ["registered", "assessed", "solved_at_once", "closed"]


def test_nothing_stays_open_behind_it(world: World) -> None:
    complaint = actions.receive(intake=INTAKE, look=Look(2, 1), solution="Done.", by=world.agent)
    assert not WorkItem.objects.open().filter(complaint=complaint).exists()
    assert not Clock.objects.open().filter(complaint=complaint).exists()


def test_the_same_form_sent_twice_is_solved_once(world: World) -> None:
    first = actions.receive(intake=INTAKE, look=Look(2, 1), solution="Done.", by=world.agent)
    second = actions.receive(intake=INTAKE, look=Look(2, 1), solution="Done.", by=world.agent)
    assert first.pk == second.pk
    assert (first.responses.count(), first.assessments.count()) == (1, 1)


@pytest.mark.parametrize(
    ("details", "look"),
    [({"subject": "staff"}, Look(2, 1)), ({"subject": "product"}, Look(5, 4, is_safety=True))],
)
def test_what_others_have_to_judge_is_neither_settled_nor_half_registered(
    world: World, details: dict[str, str], look: Look
) -> None:
    intake = replace(INTAKE, **details)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="not settled at first contact"):
        actions.receive(intake=intake, look=look, solution="Done.", by=world.agent)
    assert not Complaint.objects.exists()
    complaint = actions.receive(intake=intake, look=look, by=world.agent)
    assert (complaint.stage, complaint.severity) == ("registered", look.severity)


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
