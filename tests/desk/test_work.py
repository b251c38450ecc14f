"""Handing work over on the desk: how much it is, to whom it goes, and what is refused, told at the field."""

from __future__ import annotations

from django.test import Client

from shenava.complaints.models import Complaint
from tests.world import World, log_in

OWN = "/desk/account/work/"


def test_one_sees_how_much_lies_with_oneself_and_hands_it_over_for_good(world: World) -> None:
    complaint, sara = world.taken(), log_in(Client(), world.sara)
    assert "1 open complaint lies here" in sara.get("/desk/account/").content.decode()
    done = sara.post(OWN, {"to": world.manager.pk}, follow=True).content.decode()
    assert "1 complaint was handed over." in done
    assert "No open work lies here." in done
    assert Complaint.objects.get(pk=complaint.pk).owner == world.manager


def test_a_manager_comes_to_it_from_the_overview_and_an_administrator_from_the_person(world: World) -> None:
    complaint, address = world.taken(), f"/desk/people/{world.sara.pk}/work/"
    manager, dara = log_in(Client(), world.manager), log_in(Client(), world.administrator)
    assert f'href="{address}"' in manager.get("/desk/overview/").content.decode()
    assert f'href="{address}"' in dara.get(f"/desk/people/{world.sara.pk}/").content.decode()
    assert address not in log_in(Client(), world.auditor).get("/desk/overview/").content.decode()
    assert "1 open complaint lies here" in dara.get(address).content.decode()
    assert manager.post(address, {"to": world.service.party.pk}).status_code == 302
    assert Complaint.objects.get(pk=complaint.pk).owner == world.service.party


def test_a_refusal_is_told_at_the_field_and_nothing_moves(world: World) -> None:
    complaint, sara = world.taken(), log_in(Client(), world.sara)
    for to, words in (
        (world.auditor.pk, "needs a role in the handling of complaints"),
        ("", "This field is required."),
        (world.sara.pk, "data-faulty"),
    ):
        answer = sara.post(OWN, {"to": to})
        assert (answer.status_code, words in answer.content.decode()) == (422, True)
    late = log_in(Client(), world.manager).post(f"/desk/people/{world.reza.pk}/work/", {"to": world.sara.pk})
    assert (late.status_code, late.content.decode().count("No open work lies here.")) == (422, 2)
    assert Complaint.objects.get(pk=complaint.pk).owner == world.sara


def test_complainants_and_units_have_no_work_to_hand_over(world: World) -> None:
    dara = log_in(Client(), world.administrator)
    for party in (world.complaint().complainant, world.service.party, world.system):
        assert dara.get(f"/desk/people/{party.pk}/work/").status_code == 404
