"""External bodies on the desk: kept by an administrator, written to by an officer."""

from __future__ import annotations

from django.test import Client

from shenava.complaints.models import Referral
from shenava.people.models import ExternalBody, Party
from tests.world import World, log_in


def login(party: Party) -> Client:
    """A browser of somebody's own."""
    return log_in(Client(), party)


def test_an_administrator_adds_a_body_and_an_officer_writes_to_it(world: World) -> None:
    dara = login(world.administrator)
    dara.post("/desk/bodies/new/", {"name": "The ombudsman", "kind": "ombudsman", "is_active": "on"})
    body = ExternalBody.objects.get()
    complaint = world.taken()
    sara, page = login(world.sara), f"/desk/complaints/{complaint.reference}/"
    sara.post(page + "outside/", {"body": body.pk, "reference": "1405/117", "text": "Please rule on it."})
    referral = Referral.objects.get()
    assert "1405/117" in sara.get(page).content.decode()
    said = {f"r{referral.pk}-reference": "77/2", f"r{referral.pk}-text": "Exchange it."}
    sara.post(f"{page}referrals/{referral.pk}/reply/", said)
    shown = sara.get(page).content.decode()
    assert "Exchange it." in shown
    assert "77/2" in shown


def test_a_retired_body_cannot_be_chosen(world: World) -> None:
    dara = login(world.administrator)
    dara.post("/desk/bodies/new/", {"name": "The ombudsman", "kind": "ombudsman", "is_active": "on"})
    body = ExternalBody.objects.get()
    dara.post(f"/desk/bodies/{body.pk}/", {"name": "The ombudsman", "kind": "ombudsman"})
    complaint = world.taken()
    answer = login(world.sara).post(
        f"/desk/complaints/{complaint.reference}/outside/", {"body": body.pk, "reference": "1", "text": "x"}
    )
    assert answer.status_code == 422
    assert complaint.referrals.count() == 0


def test_others_do_not_reach_the_bodies(world: World) -> None:
    assert login(world.sara).post("/desk/bodies/new/", {"name": "x", "kind": "court"}).status_code == 403
    assert not ExternalBody.objects.exists()
