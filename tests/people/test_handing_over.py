"""Somebody goes to other work and stays: what lay with him lies with a colleague, and his account works on."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from shenava.complaints import actions as complaints
from shenava.complaints import policy
from shenava.complaints.models import Complaint
from shenava.journal.actions import Refused
from shenava.people import actions, handover
from shenava.people.models import Party, Role, User
from shenava.process.models import WorkItem
from tests.people.facts import count_facts, last_fact
from tests.world import World, person


def cartable(party: Party) -> list[int]:
    return list(WorkItem.objects.open().held_by([party.pk]).order_by("complaint").values_list("complaint", flat=True))


def everything_lies_with(world: World) -> list[Complaint]:
    """What Sara holds, what waits for its complainant, and what she was asked by referral."""
    asked = world.taken(by=world.manager)
    commission = complaints.Commission(kind="action", directive="Find the order.")
    complaints.refer(asked, to=world.sara, commission=commission, by=world.manager)
    return [world.taken(), world.responded(), asked]


@pytest.mark.parametrize("who", ["sara", "manager", "administrator"])
def test_all_of_it_goes_to_a_colleague_and_the_account_works_on(world: World, who: str) -> None:
    held, answered, asked = everything_lies_with(world)
    by = getattr(world, who)
    assert handover.open_work(world.sara, by=by) == 3
    assert actions.hand_over_work(world.sara, to=world.reza, by=by) == 3
    assert last_fact() == (
        "people.work_handed_over", {"party": world.sara.pk, "to": world.reza.pk, "count": 3}, by.pk,
    )  # fmt: skip
    assert (cartable(world.sara), cartable(world.reza)) == ([], [asked.pk, held.pk])
    assert Complaint.objects.get(pk=answered.pk).owner == world.reza
    assert last_fact(held.journal_stream) == (
        "complaint.handed_over", {"of": world.sara.pk, "to": world.reza.pk}, by.pk,
    )  # fmt: skip
    assert User.objects.get(party=world.sara).is_active
    complaints.take(world.complaint(), by=world.sara)


def test_nobody_hands_over_what_lies_with_a_colleague(world: World) -> None:
    complaint, before = world.taken(), count_facts()
    for by in (world.reza, world.agent, world.expert, world.auditor, world.system):
        with pytest.raises(Refused):
            actions.hand_over_work(world.sara, to=world.reza, by=by)
    with pytest.raises(Refused, match="only what lies with himself"):
        complaints.hand_over(complaint, of=world.sara, to=world.agent, by=world.agent)
    assert (cartable(world.sara), count_facts()) == ([complaint.pk], before)


def test_what_one_was_asked_is_ones_own_and_the_rest_of_the_complaint_is_not(world: World) -> None:
    complaint = world.taken()
    commission = complaints.Commission(kind="expert", directive="See.")
    complaints.refer(complaint, to=world.expert, commission=commission, by=world.sara)
    assert policy.may(world.expert, "hand_over", Complaint.objects.get(pk=complaint.pk))
    with pytest.raises(Refused, match="only what lies with himself"):
        complaints.hand_over(complaint, of=world.sara, to=world.reza, by=world.expert)
    actions.hand_over_work(world.expert, to=world.agent, by=world.expert)
    assert (cartable(world.agent), cartable(world.sara)) == ([complaint.pk], [complaint.pk])


def test_a_manager_hands_over_what_he_manages_and_hears_of_nothing_else(world: World) -> None:
    local = person("Mina Farahani", Role.COMPLAINTS_MANAGER, world.sales)
    here, there = world.taken(), world.complaint(unit=world.sales)
    complaints.assign(there, to=world.sara, by=local)
    assert handover.open_work(world.sara, by=local) == 1
    actions.hand_over_work(world.sara, to=world.reza, by=local)
    assert (cartable(world.sara), cartable(world.reza)) == ([here.pk], [there.pk])
    complaints.name_staff(here, staff=world.manager, by=world.sara)
    assert handover.open_work(world.sara, by=world.manager) == 0
    assert handover.open_work(world.sara, by=world.administrator) == 1


def test_whoever_is_named_takes_nothing_over_and_a_review_keeps_to_those_who_had_no_part(world: World) -> None:
    named, reviewed = world.taken(), world.responded()
    complaints.name_staff(named, staff=world.reza, by=world.sara)
    complaints.ask_review(reviewed, text="Look again.", by=reviewed.complainant)
    actions.hand_over_work(world.sara, to=world.reza, by=world.sara)
    assert named.pk not in cartable(world.reza)
    second = person("Shirin Aram", Role.COMPLAINTS_MANAGER)
    actions.hand_over_work(world.manager, to=world.sara, by=world.manager)
    assert (reviewed.pk in cartable(second), cartable(world.sara)) == (True, [])


def test_it_goes_to_somebody_else_who_can_hold_it_or_nowhere(world: World) -> None:
    complaint = world.taken()
    before = count_facts()
    for to in (world.sara, world.auditor, world.administrator):
        with pytest.raises(ValidationError):
            actions.hand_over_work(world.sara, to=to, by=world.sara)
    with pytest.raises(ValidationError, match="No open work lies here"):
        actions.hand_over_work(world.reza, to=world.sara, by=world.reza)
    assert (cartable(world.sara), count_facts()) == ([complaint.pk], before)
