"""Standing: which roles, where, and for whom one stands in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from shenava.common import clock
from shenava.complaints.models import Complaint
from shenava.journal.actions import Refused
from shenava.people import actions
from shenava.people.models import Delegation, Party, Role, RoleGrant
from shenava.people.policy import may
from shenava.people.standing import Standing, standing_of
from tests.people.facts import count_facts, last_fact
from tests.world import World, person, unit

BOUND = [Role.CONTACT_AGENT, Role.COMPLAINT_OFFICER, Role.EXPERT, Role.APPROVER, Role.COMPLAINTS_MANAGER]


def fresh(party: Party) -> Standing:
    """The standing as the next request loads it."""
    return standing_of(Party.objects.get(pk=party.pk))


@pytest.mark.parametrize("role", BOUND)
def test_a_role_in_a_unit_holds_there_and_below_and_nowhere_else(world: World, role: str) -> None:
    below = unit("Spare parts", world.service)
    deeper = unit("Shelf", below)
    standing = standing_of(person("Omid Rad", role, world.service))
    assert standing.has(role)
    assert [standing.has_in(place.pk, role) for place in (world.service, below, deeper, world.sales)] == [
        True, True, True, False,
    ]  # fmt: skip
    assert not standing.has_in(world.service.parent_id, role)
    assert {world.service.pk, below.pk, deeper.pk} < standing.ids
    assert world.sales.pk not in standing.ids
    assert not standing.reads_everything


@pytest.mark.parametrize("role", BOUND)
def test_a_role_everywhere_holds_in_every_unit(world: World, role: str) -> None:
    standing = standing_of(person("Omid Rad", role))
    assert standing.has_in(world.service.pk, role)
    assert standing.has_in(world.sales.pk, role)
    assert {world.service.pk, world.sales.pk} < standing.ids
    assert standing.reads_everything == (role == Role.COMPLAINTS_MANAGER)


def test_an_auditor_reads_everything_and_holds_no_units_work(world: World) -> None:
    standing = standing_of(world.auditor)
    assert standing.reads_everything
    assert standing.ids == {world.auditor.pk}


def test_an_administrator_reads_no_complaint(world: World) -> None:
    world.complaint()
    standing = standing_of(world.administrator)
    assert (standing.reads_everything, standing.ids) == (False, {world.administrator.pk})
    assert not Complaint.objects.visible_to(standing).exists()


def test_the_wider_of_two_grants_of_a_role_holds(world: World) -> None:
    actions.grant_role(world.sara, role=Role.COMPLAINT_OFFICER, unit=None, by=world.administrator)
    assert fresh(world.sara).has_in(world.sales.pk, Role.COMPLAINT_OFFICER)
    actions.grant_role(world.reza, role=Role.COMPLAINT_OFFICER, unit=world.service, by=world.administrator)
    standing = fresh(world.reza)
    assert standing.has_in(world.sales.pk, Role.COMPLAINT_OFFICER)
    assert standing.has_in(world.service.pk, Role.COMPLAINT_OFFICER)


def test_a_role_is_given_once_and_taken_back(world: World) -> None:
    grant = actions.grant_role(world.reza, role=Role.APPROVER, unit=None, by=world.administrator)
    assert last_fact() == (
        "people.role_granted", {"party": world.reza.pk, "role": "approver", "unit": None}, world.administrator.pk,
    )  # fmt: skip
    with pytest.raises(ValidationError, match="held already"):
        actions.grant_role(world.reza, role=Role.APPROVER, unit=None, by=world.administrator)
    actions.revoke_role(world.reza, grant=grant, by=world.administrator)
    assert last_fact()[0] == "people.role_revoked"
    assert not fresh(world.reza).has(Role.APPROVER)
    before = count_facts()
    with pytest.raises(ValidationError, match="not held"):
        actions.revoke_role(world.reza, grant=grant, by=world.administrator)
    assert count_facts() == before


def test_a_role_of_somebody_else_is_not_taken_back_by_mistake(world: World) -> None:
    grant = world.sara.grants.get()
    with pytest.raises(ValidationError):
        actions.revoke_role(world.reza, grant=grant, by=world.administrator)
    assert RoleGrant.objects.filter(pk=grant.pk).exists()


def test_a_deactivated_person_has_no_standing(world: World) -> None:
    actions.deactivate(world.sara, to=None, by=world.administrator)
    standing = fresh(world.sara)
    assert (standing.is_active, standing.is_staff, standing.ids) == (False, False, frozenset())


def test_a_deputy_stands_in_from_the_first_moment_to_the_last(world: World) -> None:
    complaint, now = world.taken(), clock.now()
    day = timedelta(days=1)
    delegation = actions.delegate(world.sara, deputy=world.reza, starts_at=now + day, ends_at=now + 3 * day,
                                  by=world.sara)  # fmt: skip
    assert last_fact() == (
        "people.delegated", {"delegation": delegation.pk, "deputy": world.reza.pk}, world.sara.pk,
    )  # fmt: skip
    seen = []
    for ahead in (timedelta(0), day, 2 * day, 3 * day):
        with clock.set_to(now + ahead):
            standing = fresh(world.reza)
            seen.append(Complaint.objects.visible_to(standing).filter(pk=complaint.pk).exists())
            assert (world.sara.pk in standing.deputised) == seen[-1]
    assert seen == [False, True, True, False]


def test_a_deputy_does_not_get_the_units_of_whom_he_stands_in_for(world: World) -> None:
    complaint, now = world.complaint(), clock.now()
    actions.delegate(world.sara, deputy=world.reza, starts_at=now, ends_at=now + timedelta(days=1), by=world.sara)
    standing = fresh(world.reza)
    assert world.service.pk not in standing.ids
    assert not Complaint.objects.visible_to(standing).filter(pk=complaint.pk).exists()


def test_a_deputy_loses_what_the_delegator_lost(world: World) -> None:
    now = clock.now()
    actions.delegate(world.sara, deputy=world.reza, starts_at=now, ends_at=now + timedelta(days=9), by=world.sara)
    assert world.sara.pk in fresh(world.reza).ids
    actions.deactivate(world.sara, to=None, by=world.administrator)
    assert world.sara.pk not in fresh(world.reza).ids


def test_a_cartable_is_taken_back_before_the_time(world: World) -> None:
    now = clock.now()
    delegation = actions.delegate(world.sara, deputy=world.reza, starts_at=now, ends_at=now + timedelta(days=9),
                                  by=world.sara)  # fmt: skip
    for party in (world.reza, world.administrator):
        with pytest.raises(Refused):
            actions.end_delegation(delegation, by=party)
    assert Delegation.objects.exists()
    number = delegation.pk
    actions.end_delegation(delegation, by=world.sara)
    assert last_fact()[:2] == ("people.delegation_ended", {"delegation": number, "deputy": world.reza.pk})
    assert fresh(world.reza).deputised == frozenset()


def test_nobody_gives_away_anothers_cartable_or_gives_it_to_nobody(world: World) -> None:
    now, day = clock.now(), timedelta(days=1)
    before = count_facts()
    with pytest.raises(Refused):
        actions.delegate(world.sara, deputy=world.reza, starts_at=now, ends_at=now + day, by=world.reza)
    with pytest.raises(ValidationError):
        actions.delegate(world.sara, deputy=world.sara, starts_at=now, ends_at=now + day, by=world.sara)
    with pytest.raises(ValidationError):
        actions.delegate(world.sara, deputy=world.sales.party, starts_at=now, ends_at=now + day, by=world.sara)
    with pytest.raises(ValidationError, match="last day"):
        actions.delegate(world.sara, deputy=world.reza, starts_at=now, ends_at=now, by=world.sara)
    with pytest.raises(ValidationError, match="last day"):
        actions.delegate(world.sara, deputy=world.reza, starts_at=now - 2 * day, ends_at=now - day, by=world.sara)
    assert not Delegation.objects.exists()
    assert count_facts() == before


def test_work_is_handed_over_by_administrators_managers_and_whoever_it_lies_with(world: World) -> None:
    able = {"sara", "manager", "administrator"}
    cast = able | {"auditor", "agent", "expert", "reza", "system"}
    assert {who for who in cast if may(getattr(world, who), "hand_over_work", world.sara)} == able


def test_the_policy_answers_every_verb_of_the_menu_for_an_administrator_and_for_nobody_else(world: World) -> None:
    arranging = {"invite", "withdraw_invitation", "grant_role", "revoke_role", "deactivate", "reactivate",
                 "open_unit", "change_unit", "change_organisation", "reset_second_factor", "end_sessions",
                 "add_body", "change_body"}  # fmt: skip
    own = {"change_password", "set_second_factor", "end_session", "end_own_sessions", "delegate", "end_delegation"}
    by_itself = {"set_up", "accept_invitation", "reset_password"}
    overseen = {"hand_over_work"}
    assert arranging | own | by_itself | overseen == set(actions.MENU)
    for verb in set(actions.MENU) - overseen:
        assert bool(may(world.administrator, verb, world.sara)) == (verb in arranging)
        assert bool(may(world.system, verb, world.sara)) == (verb in by_itself)
        for party in (world.manager, world.auditor, world.agent, world.expert, world.reza):
            assert not may(party, verb, world.sara)
        assert bool(may(world.sara, verb, world.sara)) == (verb in own)
