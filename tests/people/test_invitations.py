"""People come in by invitation: once, in time, with a good password."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from shenava.common import clock
from shenava.journal.actions import Refused
from shenava.people import actions
from shenava.people.models import Invitation, Party, Role, RoleGrant, User
from tests.people.facts import count_facts, last_fact
from tests.world import World

GOOD = "rain falls on the roof"


def invited(world: World, email: str = "nima@arman.example", role: str = Role.EXPERT) -> Invitation:
    unit = None if role in ("administrator", "auditor") else world.service
    return actions.invite(email=email, name="Nima", role=role, unit=unit, by=world.administrator)


def come_in(world: World, invitation: Invitation, password: str = GOOD) -> User:
    return actions.accept_invitation(invitation, name="Nima Rad", password=password, language="fa", by=world.system)


def test_whoever_accepts_an_invitation_becomes_a_user_in_the_role_that_was_meant(world: World) -> None:
    invitation = invited(world, "Nima@Arman.example")
    assert last_fact() == (
        "people.invited",
        {"invitation": invitation.pk, "role": "expert", "unit": world.service.pk},
        world.administrator.pk,
    )
    user = come_in(world, invitation)
    assert (user.email, user.language, user.check_password(GOOD)) == ("nima@arman.example", "fa", True)
    assert list(user.party.grants.values_list("role", "unit")) == [("expert", world.service.pk)]
    assert last_fact() == ("people.joined", {"party": user.party_id, "invitation": invitation.pk}, world.system.pk)


def test_only_the_hash_of_the_links_secret_is_kept(world: World) -> None:
    invitation = invited(world)
    plain = invitation.link.partition("#")[2]  # type: ignore[attr-defined]
    assert len(plain) >= 43
    assert plain not in str(Invitation.objects.filter(pk=invitation.pk).values())


def test_an_invitation_works_once(world: World) -> None:
    invitation = invited(world)
    come_in(world, invitation)
    before = count_facts()
    with pytest.raises(ValidationError, match="does not work any more"):
        come_in(world, invitation)
    assert User.objects.filter(email="nima@arman.example").count() == 1
    assert count_facts() == before


def test_an_invitation_ends_after_seven_days(world: World) -> None:
    invitation = invited(world)
    with clock.shifted(timedelta(days=7, minutes=1)), pytest.raises(ValidationError, match="does not work any more"):
        come_in(world, invitation)
    assert not User.objects.filter(email="nima@arman.example").exists()
    with clock.shifted(timedelta(days=7, minutes=-1)):
        assert come_in(world, invitation).is_active


def test_a_withdrawn_invitation_lets_nobody_in(world: World) -> None:
    invitation = invited(world)
    actions.withdraw_invitation(invitation, by=world.administrator)
    assert last_fact()[:2] == ("people.invitation_withdrawn", {"invitation": invitation.pk})
    with pytest.raises(ValidationError):
        come_in(world, invitation)
    with pytest.raises(ValidationError):
        actions.withdraw_invitation(invitation, by=world.administrator)
    assert not User.objects.filter(email="nima@arman.example").exists()


def test_a_second_invitation_takes_the_place_of_the_first(world: World) -> None:
    first, second = invited(world), invited(world, "NIMA@arman.example", Role.AUDITOR)
    with pytest.raises(ValidationError):
        come_in(world, first)
    assert come_in(world, second).party.grants.get().role == "auditor"


def test_nobody_is_invited_twice_into_one_address(world: World) -> None:
    before = count_facts()
    with pytest.raises(ValidationError, match="a user with this address"):
        invited(world, "SARA@arman.example")
    assert not Invitation.objects.exists()
    assert count_facts() == before


def test_an_address_that_got_a_user_meanwhile_is_not_taken_over(world: World) -> None:
    invitation = invited(world)
    User.objects.filter(party=world.reza).update(email="nima@arman.example")
    with pytest.raises(ValidationError, match="a user with this address"):
        come_in(world, invitation)
    assert User.objects.get(email="nima@arman.example").party == world.reza


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_roles_of_the_whole_organisation_are_not_bound_to_a_unit(world: World, role: str) -> None:
    with pytest.raises(ValidationError, match="whole organisation"):
        actions.invite(email="a@b.example", name="A", role=role, unit=world.sales, by=world.administrator)
    with pytest.raises(ValidationError, match="whole organisation"):
        actions.grant_role(world.reza, role=role, unit=world.sales, by=world.administrator)
    assert not Invitation.objects.exists()
    assert not RoleGrant.objects.filter(party=world.reza, role=role).exists()


@pytest.mark.parametrize("password", ["short", "password1234", "qwertyuiop123", "nima@arman.example"])
def test_a_weak_password_lets_nobody_in(world: World, password: str) -> None:
    invitation = invited(world)
    parties, before = Party.objects.count(), count_facts()
    with pytest.raises(ValidationError):
        come_in(world, invitation, password)
    assert (Party.objects.count(), count_facts()) == (parties, before)
    assert Invitation.objects.get(pk=invitation.pk).is_open


def test_only_administrators_invite_and_only_the_way_in_accepts(world: World) -> None:
    invitation = invited(world)
    before = count_facts()
    for party in (world.sara, world.manager, world.auditor):
        with pytest.raises(Refused):
            actions.invite(email="x@y.example", name="X", role=Role.EXPERT, unit=None, by=party)
        with pytest.raises(Refused):
            actions.withdraw_invitation(invitation, by=party)
        with pytest.raises(Refused):
            actions.accept_invitation(invitation, name="X", password=GOOD, language="en", by=party)
    assert Invitation.objects.count() == 1
    assert Invitation.objects.get().is_open
    assert count_facts() == before
