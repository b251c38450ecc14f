"""Taking an answer back: it stays on record and does not count, and the complainant is told why."""

from __future__ import annotations

import pytest

from shenava.complaints import actions
from shenava.complaints.models import Complaint
from shenava.journal.actions import Refused
from shenava.messages.models import Outgoing
from shenava.people.parties import Introduction
from tests.complaints.reading import everything, kinds, open_holders
from tests.world import World

WHY = "The technician is ill."


def test_an_answer_taken_back_does_not_count_and_the_complaint_is_worked_on_again(world: World) -> None:
    complaint = world.responded()
    Outgoing.objects.all().delete()
    actions.recall_response(complaint, reason=WHY, by=world.sara)
    response = complaint.responses.get()
    assert (response.recalled_at is not None, response.is_awaited, response.answer) == (True, False, "")
    assert (complaint.stage, complaint.responded_at) == ("in_handling", None)
    assert (complaint.due_at is not None, open_holders(complaint)) == (True, ["Sara Rostami"])
    mail = Outgoing.objects.get()
    assert mail.subject == f"We take back our response to your complaint {complaint.reference}"
    assert WHY in mail.body
    assert kinds(complaint)[-1] == "response_recalled"


def test_after_it_another_answer_is_given_and_accepted(world: World) -> None:
    complaint = world.responded()
    actions.recall_response(complaint, reason=WHY, by=world.sara)
    actions.respond(complaint, text="He comes on Friday.", by=world.sara)
    actions.record_acceptance(complaint, by=complaint.complainant)
    assert [one.answer for one in complaint.responses.order_by("pk")] == ["", "accepted"]


def test_everybody_who_got_the_answer_is_told_that_it_does_not_count(world: World) -> None:
    neighbour = Introduction(name="Her neighbour", email="neighbour@example.com")
    first, second = world.responded(), world.complaint(complainant=neighbour)
    actions.mark_duplicate(second, of=first, by=world.manager)
    actions.recall_response(first, reason=WHY, by=world.sara)
    assert kinds(second)[-1] == "response_recalled"
    assert second.messages.latest("pk").text == WHY
    assert Complaint.objects.get(pk=second.pk).due_at == first.due_at


def test_what_was_accepted_is_not_taken_back(world: World) -> None:
    complaint = world.responded()
    actions.record_acceptance(complaint, by=complaint.complainant)
    before = everything(complaint)
    with pytest.raises(Refused):
        actions.recall_response(complaint, reason=WHY, by=world.sara)
    assert everything(complaint) == before


@pytest.mark.parametrize("who", ["agent", "expert", "auditor", "administrator", "reza"])
def test_only_the_holder_or_a_manager_takes_it_back(world: World, who: str) -> None:
    complaint = world.responded()
    before = everything(complaint)
    with pytest.raises(Refused):
        actions.recall_response(complaint, reason=WHY, by=getattr(world, who))
    assert everything(complaint) == before
