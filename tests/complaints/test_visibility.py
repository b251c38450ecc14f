"""Who sees a complaint: one column answers, and the page agrees with the list."""

from __future__ import annotations

import pytest

from shenava.complaints import policy
from shenava.complaints.models import Complaint
from shenava.people.standing import standing_of
from tests.world import World

SEES = {
    "sara": True,
    "agent": True,
    "expert": True,
    "manager": True,
    "auditor": True,
    "reza": False,
    "administrator": False,
}


@pytest.mark.parametrize(("who", "expected"), SEES.items())
def test_a_complaint_is_seen_by_its_unit_its_manager_and_the_auditor(world: World, who: str, expected: bool) -> None:
    complaint = world.complaint()
    party = getattr(world, who)
    assert Complaint.objects.visible_to(party).filter(pk=complaint.pk).exists() is expected
    assert policy.sees(standing_of(party), complaint) is expected


@pytest.mark.parametrize("who", SEES)
def test_whoever_is_named_in_a_complaint_sees_nothing_of_it(world: World, who: str) -> None:
    complaint = world.complaint()
    party = getattr(world, who)
    Complaint.objects.filter(pk=complaint.pk).update(excluded=[party.pk])
    complaint.refresh_from_db()
    assert not Complaint.objects.visible_to(party).filter(pk=complaint.pk).exists()
    assert not policy.sees(standing_of(party), complaint)


def test_a_complainant_sees_only_what_is_his(world: World) -> None:
    mine, other = world.complaint(), world.complaint()
    assert list(Complaint.objects.visible_to(mine.complainant)) == [mine]
    assert not policy.sees(standing_of(mine.complainant), other)


def test_a_deactivated_user_sees_nothing(world: World) -> None:
    world.complaint()
    world.sara.user.is_active = False
    world.sara.user.save()
    world.sara.refresh_from_db()
    assert not Complaint.objects.visible_to(world.sara).exists()
