"""Circulation: a complaint lies in one cartable at a time, and never with somebody who may not have it."""

from __future__ import annotations

from typing import Any

import pytest

from shenava.complaints import actions
from shenava.complaints.models import Complaint
from shenava.journal.actions import Refused
from shenava.people.actions import deactivate
from shenava.process.models import WorkItem
from tests.complaints.reading import everything, kinds, open_holders
from tests.world import World


def test_whoever_takes_it_has_seen_and_accepted_it_and_it_leaves_the_unit(world: World) -> None:
    complaint = world.complaint()
    actions.take(complaint, by=world.sara)
    item = WorkItem.objects.open().get(complaint=complaint)
    assert (item.holder, item.seen_at, item.node) == (world.sara, item.accepted_at, "in_handling")
    assert item.accepted_at is not None
    assert complaint.owner == world.sara
    assert open_holders(complaint) == ["Sara Rostami"]


def test_a_colleague_takes_it_out_of_anothers_hands(world: World) -> None:
    complaint = world.taken()
    actions.take(complaint, by=world.manager)
    assert open_holders(complaint) == ["Arash Niknam"]
    assert kinds(complaint) == ["registered", "taken", "taken"]


def test_taking_what_one_holds_already_changes_nothing(world: World) -> None:
    complaint = world.taken()
    before = everything(complaint)
    with pytest.raises(Refused, match="already"):
        actions.take(complaint, by=world.sara)
    assert everything(complaint) == before


def test_what_was_assigned_to_somebody_can_still_be_taken_by_him(world: World) -> None:
    complaint = world.complaint()
    actions.assign(complaint, to=world.sara, by=world.manager)
    actions.take(complaint, by=world.sara)
    assert WorkItem.objects.open().get(complaint=complaint).accepted_at is not None


def test_assigning_moves_it_to_the_other_cartable_and_the_promise_stands(world: World) -> None:
    complaint = world.taken()
    promised = complaint.due_at
    actions.assign(complaint, to=world.reza, by=world.sara)
    assert (complaint.stage, complaint.due_at) == ("in_handling", promised)
    assert open_holders(complaint) == ["Reza Ahmadi"]
    assert WorkItem.objects.open().get(complaint=complaint).due_at == promised
    assert Complaint.objects.visible_to(world.reza).filter(pk=complaint.pk).exists()
    assert Complaint.objects.visible_to(world.sara).filter(pk=complaint.pk).exists()


def test_assigning_to_a_unit_opens_it_to_everybody_who_works_there(world: World) -> None:
    complaint = world.taken()
    actions.assign(complaint, to=world.sales.party, by=world.sara)
    actions.take(complaint, by=world.reza)
    assert complaint.owner == world.reza


@pytest.mark.parametrize("who", ["auditor", "administrator", "system"])
def test_it_is_not_assigned_to_where_nobody_handles_complaints(world: World, who: str) -> None:
    complaint = world.taken()
    before = everything(complaint)
    with pytest.raises(Refused, match="No complaint can lie there"):
        actions.assign(complaint, to=getattr(world, who), by=world.sara)
    assert everything(complaint) == before


def test_it_is_assigned_neither_to_its_complainant_nor_to_a_closed_unit_nor_to_somebody_who_left(world: World) -> None:
    complaint = world.taken()
    world.sales.is_active = False
    world.sales.save()
    deactivate(world.reza, to=world.sara, by=world.administrator)
    for nobody in (complaint.complainant, type(world.reza).objects.get(pk=world.reza.pk), world.sales.party):
        with pytest.raises(Refused):
            actions.assign(complaint, to=nobody, by=world.sara)
    assert open_holders(complaint) == ["Sara Rostami"]


def test_whoever_is_named_in_it_cannot_hold_it(world: World) -> None:
    complaint = world.taken()
    Complaint.objects.filter(pk=complaint.pk).update(excluded=[world.reza.pk])
    before = everything(complaint)
    with pytest.raises(Refused, match="named in the complaint"):
        actions.assign(complaint, to=world.reza, by=world.sara)
    with pytest.raises(Refused):
        actions.take(complaint, by=world.reza)
    assert everything(complaint) == before


def test_handing_over_goes_to_the_unit_where_the_heir_is_named_in_the_complaint(world: World) -> None:
    complaint = world.taken()
    Complaint.objects.filter(pk=complaint.pk).update(excluded=[world.reza.pk])
    actions.hand_over(complaint, of=world.sara, to=world.reza, by=world.administrator)
    assert open_holders(complaint) == ["After-sales service"]


def test_a_note_is_for_colleagues_and_never_a_message(world: World) -> None:
    complaint = world.taken()
    messages = complaint.messages.count()
    actions.note(complaint, text="Three others shake too.", by=world.expert)
    assert (complaint.notes.get().by, complaint.messages.count()) == (world.expert, messages)
    assert kinds(complaint)[-1] == "noted"


def test_a_verb_with_its_step_its_entry_and_its_job_costs_at_most_fourteen_queries(
    world: World,
    django_assert_num_queries: Any,
) -> None:
    complaint = world.complaint()
    with django_assert_num_queries(15):  # two of them are the savepoint, which is the transaction outside of a test
        actions.take(complaint, by=world.sara)
    again = world.complaint()
    with django_assert_num_queries(14):  # what the set-up says is known already
        actions.take(again, by=world.sara)
