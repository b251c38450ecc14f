"""Whoever leaves comes in no more, and what lay with him lies in other hands."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from shenava.complaints import actions as complaints
from shenava.complaints.models import Complaint
from shenava.journal.actions import Refused
from shenava.people import actions, handover
from shenava.people.models import LoginSession, Party, Role, RoleGrant, User
from shenava.process.models import WorkItem
from tests.people.facts import count_facts, last_fact
from tests.world import World, log_in, person


def cartable(party: Party) -> list[int]:
    return list(WorkItem.objects.open().held_by([party.pk]).values_list("complaint", flat=True))


def test_open_work_goes_to_whoever_takes_over_in_every_stage(world: World) -> None:
    held, answered, rejected = world.taken(), world.responded(), world.responded()
    complaints.record_rejection(rejected, text="No.", by=rejected.complainant)
    closed = world.responded()
    complaints.record_acceptance(closed, by=closed.complainant)
    assert handover.open_work(world.sara, by=world.administrator) == 3
    actions.deactivate(world.sara, to=world.manager, by=world.administrator)
    assert last_fact() == (
        "people.deactivated", {"party": world.sara.pk, "handed_to": world.manager.pk}, world.administrator.pk,
    )  # fmt: skip
    assert handover.open_work(world.sara, by=world.administrator) == 0
    assert cartable(world.sara) == []
    assert sorted(cartable(world.manager)) == [held.pk, rejected.pk]
    owners = dict(Complaint.objects.values_list("pk", "owner"))
    assert [owners[one.pk] for one in (held, answered, rejected)] == [world.manager.pk] * 3
    assert owners[closed.pk] == world.sara.pk
    assert last_fact(held.journal_stream)[:2] == (
        "complaint.handed_over", {"of": world.sara.pk, "to": world.manager.pk},
    )  # fmt: skip


def test_the_heir_works_on_where_the_other_left_off(world: World) -> None:
    complaint = world.responded()
    actions.deactivate(world.sara, to=world.manager, by=world.administrator)
    complaints.record_rejection(complaint, text="No.", by=complaint.complainant)
    assert cartable(world.manager) == [complaint.pk]
    complaints.respond(complaint, text="We come again.", by=world.manager)
    assert Complaint.objects.get(pk=complaint.pk).stage == "responded"


def test_a_unit_can_take_over(world: World) -> None:
    complaint = world.taken()
    actions.deactivate(world.sara, to=world.sales.party, by=world.administrator)
    assert cartable(world.sales.party) == [complaint.pk]
    assert Complaint.objects.visible_to(world.reza).filter(pk=complaint.pk).exists()


def test_nobody_inherits_a_complaint_in_which_he_is_named(world: World) -> None:
    complaint = world.taken()
    Complaint.objects.filter(pk=complaint.pk).update(excluded=[world.reza.pk])
    actions.deactivate(world.sara, to=world.reza, by=world.administrator)
    assert cartable(world.reza) == []
    assert cartable(world.service.party) == [complaint.pk]


def test_work_is_not_left_behind_nor_given_to_somebody_who_cannot_hold_it(world: World) -> None:
    complaint = world.taken()
    before = count_facts()
    for to in (None, world.auditor, world.administrator, world.sara):
        with pytest.raises(ValidationError):
            actions.deactivate(world.sara, to=to, by=world.administrator)
    assert User.objects.get(party=world.sara).is_active
    assert cartable(world.sara) == [complaint.pk]
    assert count_facts() == before


def test_without_open_work_nobody_takes_over(world: World) -> None:
    actions.deactivate(world.sara, to=world.manager, by=world.administrator)
    assert last_fact()[:2] == ("people.deactivated", {"party": world.sara.pk, "handed_to": None})


def test_leaving_ends_every_login_at_once(world: World, client) -> None:  # type: ignore[no-untyped-def]
    log_in(client, world.sara)
    assert client.get("/desk/account/").status_code == 200
    actions.deactivate(world.sara, to=None, by=world.administrator)
    assert not LoginSession.objects.filter(user=world.sara.user).exists()
    assert client.get("/desk/account/").url == "/desk/login/?next=%2Fdesk%2Faccount%2F"


def test_whoever_comes_back_has_the_roles_from_before(world: World) -> None:
    actions.deactivate(world.sara, to=None, by=world.administrator)
    with pytest.raises(ValidationError, match="deactivated already"):
        actions.deactivate(world.sara, to=None, by=world.administrator)
    actions.reactivate(world.sara, by=world.administrator)
    assert last_fact()[:2] == ("people.reactivated", {"party": world.sara.pk})
    complaint = world.complaint()
    complaints.take(complaint, by=Party.objects.get(pk=world.sara.pk))
    with pytest.raises(ValidationError, match="active already"):
        actions.reactivate(world.sara, by=world.administrator)


def test_nobody_sends_himself_away_or_takes_his_own_role(world: World) -> None:
    before = count_facts()
    with pytest.raises(Refused, match="yourself"):
        actions.deactivate(world.administrator, to=None, by=world.administrator)
    with pytest.raises(Refused, match="yourself"):
        actions.revoke_role(world.administrator, grant=world.administrator.grants.get(), by=world.administrator)
    assert User.objects.get(party=world.administrator).is_active
    assert RoleGrant.objects.filter(role=Role.ADMINISTRATOR).exists()
    assert count_facts() == before


def test_only_administrators_send_people_away(world: World) -> None:
    before = count_facts()
    for party in (world.manager, world.auditor, world.reza, world.system):
        with pytest.raises(Refused):
            actions.deactivate(world.sara, to=None, by=party)
        with pytest.raises(Refused):
            actions.reactivate(world.sara, by=party)
    assert User.objects.get(party=world.sara).is_active
    assert count_facts() == before


class TestAtOnce:
    """Two administrators who send each other away at the same moment."""

    @pytest.fixture
    def db(self, own_database: None) -> None:
        """These tests commit, so each has a database of its own."""

    @pytest.mark.parametrize("verb", ["deactivate", "revoke_role"])
    def test_one_administrator_stays(self, world: World, verb: str) -> None:
        other = person("Shirin Aram", Role.ADMINISTRATOR)
        gate = Barrier(2)

        def send_away(pair: tuple[Party, Party]) -> str:
            by, party = pair
            details = {"deactivate": {"to": None}, "revoke_role": {"grant": party.grants.get()}}[verb]
            gate.wait()
            try:
                getattr(actions, verb)(party, by=by, **details)
                return "done"
            except (ValidationError, Refused) as refused:
                return str(refused)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(2) as pool:
            ends = list(pool.map(send_away, [(world.administrator, other), (other, world.administrator)]))
        assert ends.count("done") == 1  # whoever is second is the last one, or sees already that he is none
        assert {*ends} - {"done"} <= {"['This is the last administrator.']", "Only an administrator may do this."}
        left = RoleGrant.objects.filter(role=Role.ADMINISTRATOR, party__user__is_active=True)
        assert left.count() == 1
