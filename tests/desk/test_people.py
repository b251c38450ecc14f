"""People and units as an administrator arranges them in the desk."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from shenava.messages.models import Outgoing
from shenava.people import actions
from shenava.people.models import Invitation, LoginSession, Organisation, Party, Role, Unit, User
from tests.people.facts import count_facts
from tests.people.test_second_factor import SECRET
from tests.world import World

BrowserOf = Callable[[Party], Client]
PLACES = ["organisation", "units", "units/new", "people", "people/invitations/new", "calendars", "calendars/new",
          "promises/new", "mailboxes", "mailboxes/new"]  # fmt: skip


@pytest.fixture
def dara(world: World, browser_of: BrowserOf) -> Client:
    return browser_of(world.administrator)


@pytest.mark.parametrize("language", ["en", "fa", "he"])
@pytest.mark.parametrize("place", PLACES)
def test_the_administration_is_for_administrators(
    world: World, browser_of: BrowserOf, place: str, language: str
) -> None:
    dara = browser_of(world.administrator)
    User.objects.update(language=language)
    page = dara.get(f"/desk/{place}/")
    assert (page.status_code, page.headers["Content-Language"]) == (200, language)
    assert "None" not in page.content.decode()
    before = count_facts()
    for party in (world.sara, world.manager, world.auditor):
        browser = browser_of(party)
        assert browser.get(f"/desk/{place}/").status_code == 403
        assert browser.post(f"/desk/{place}/", {"name": "X"}).status_code in (403, 405)
    assert Client().get(f"/desk/{place}/").url.startswith("/desk/login/")
    assert count_facts() == before


def test_an_invitation_is_mailed_and_its_link_shown_once(world: World, dara: Client) -> None:
    told = {"name": "Nima Rad", "email": "nima@arman.example", "role": Role.EXPERT, "unit": world.service.pk}
    page = dara.post("/desk/people/invitations/new/", told).content.decode()
    mail = Outgoing.objects.get(purpose="invitation")
    link = page.partition("/desk/invitation/#")[2][:43]
    assert mail.to_email == "nima@arman.example"
    assert link in mail.body
    assert link not in dara.get("/desk/people/").content.decode()
    invitation = Invitation.objects.get()
    assert "Nima Rad" in dara.get("/desk/people/").content.decode()
    dara.post(f"/desk/people/invitations/{invitation.pk}/withdrawal/")
    assert "Nima Rad" not in dara.get("/desk/people/").content.decode()
    assert dara.post(f"/desk/people/invitations/{invitation.pk}/withdrawal/").status_code == 404


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"email": "sara@arman.example"}, "a user with this address"),
        ({"role": "administrator"}, "whole organisation"),
        ({"email": "nobody"}, "data-faulty"),
        ({"name": ""}, "data-faulty"),
        ({"role": "king"}, "data-faulty"),
    ],
)
def test_a_wrong_invitation_is_refused_with_the_reason(
    world: World, dara: Client, fault: dict[str, str], words: str
) -> None:
    told = {"name": "Nima", "email": "nima@arman.example", "role": Role.EXPERT, "unit": world.service.pk} | fault
    answer = dara.post("/desk/people/invitations/new/", told)
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert not Invitation.objects.exists()
    assert not Outgoing.objects.filter(purpose="invitation").exists()


def test_roles_are_given_and_taken_back_on_the_page_of_a_person(world: World, dara: Client) -> None:
    page = f"/desk/people/{world.reza.pk}/"
    dara.post(f"{page}roles/", {"role": "approver", "unit": world.service.pk})
    grant = world.reza.grants.get(role="approver")
    assert grant.unit == world.service
    again = dara.post(f"{page}roles/", {"role": "approver", "unit": world.service.pk}, follow=True)
    assert "held already" in again.content.decode()
    assert dara.post(f"/desk/people/{world.sara.pk}/roles/{grant.pk}/withdrawal/").status_code == 404
    dara.post(f"{page}roles/{grant.pk}/withdrawal/")
    assert list(world.reza.grants.values_list("role", flat=True)) == ["complaint_officer"]


def test_somebody_is_sent_away_with_his_work_and_let_in_again(world: World, dara: Client) -> None:
    world.taken()
    page = f"/desk/people/{world.sara.pk}/"
    assert "1 open complaint lies here" in dara.get(page).content.decode()
    refused = dara.post(f"{page}deactivation/", {"to": ""}, follow=True)
    assert "choose who takes it over" in refused.content.decode()
    assert User.objects.get(party=world.sara).is_active
    assert dara.post(f"{page}deactivation/", {"to": world.sara.pk}).status_code == 422
    dara.post(f"{page}deactivation/", {"to": world.manager.pk})
    assert not User.objects.get(party=world.sara).is_active
    assert "deactivated" in dara.get(page).content.decode()
    dara.post(f"{page}activation/")
    assert User.objects.get(party=world.sara).is_active


def test_a_lost_second_factor_is_reset_and_logins_are_ended(world: World, dara: Client, browser_of: BrowserOf) -> None:
    actions.set_second_factor(world.sara.user, secret=SECRET, step=0, by=world.sara)
    sara, page = browser_of(world.sara), f"/desk/people/{world.sara.pk}/"
    dara.post(f"{page}second-factor/")
    assert not User.objects.get(party=world.sara).has_second_factor
    assert sara.get("/desk/account/").status_code == 302
    browser_of(world.sara)
    dara.post(f"{page}sessions/")
    assert not LoginSession.objects.filter(user=world.sara.user).exists()


def test_an_administrator_finds_nothing_to_send_himself_away(world: World, dara: Client) -> None:
    page = f"/desk/people/{world.administrator.pk}/"
    shown = dara.get(page).content.decode()
    assert "deactivation/" not in shown
    assert "Take back" not in shown
    assert dara.post(f"{page}deactivation/", {"to": ""}).status_code == 403
    assert User.objects.get(party=world.administrator).is_active


def test_complainants_and_units_have_no_page_among_people(world: World, dara: Client) -> None:
    for party in (world.complaint().complainant, world.service.party, world.system):
        assert dara.get(f"/desk/people/{party.pk}/").status_code == 404


def test_a_unit_is_opened_changed_and_cannot_lie_below_itself(world: World, dara: Client) -> None:
    told = {"name": "Spare parts", "kind": "warehouse", "parent": world.service.pk,
            "calendar": world.organisation.calendar_id, "fallback_holder": world.sara.pk}  # fmt: skip
    dara.post("/desk/units/new/", told)
    unit = Unit.objects.get(party__name="Spare parts")
    assert (unit.parent, unit.calendar, unit.fallback_holder) == (
        world.service, world.organisation.calendar, world.sara,
    )  # fmt: skip
    shown = dara.get("/desk/units/").content.decode()
    assert shown.index("After-sales service") < shown.index("Spare parts")
    refused = dara.post(f"/desk/units/{world.service.pk}/", {"name": "S", "kind": "office", "parent": unit.pk})
    assert (refused.status_code, "below itself" in refused.content.decode()) == (422, True)
    assert str(Unit.objects.get(pk=world.service.pk)) == "After-sales service"
    dara.post(f"/desk/units/{unit.pk}/", {"name": "Parts", "kind": "office", "parent": world.sales.pk})
    changed = Unit.objects.get(pk=unit.pk)
    assert (str(changed), changed.parent, changed.is_active) == ("Parts", world.sales, False)


def test_the_organisation_changes_and_portal_and_numbers_follow(world: World, dara: Client) -> None:
    told = {"name": "Arman", "language": "fa", "calendar_kind": "gregorian", "time_zone": "Asia/Jerusalem",
            "commitment": "We listen.", "intake_unit": world.sales.pk, "fallback_holder": world.manager.pk}  # fmt: skip
    assert dara.post("/desk/organisation/", told).status_code == 302
    found = Organisation.objects.get()
    assert (found.name, found.intake_unit, found.fallback_holder) == ("Arman", world.sales, world.manager)
    assert "We listen." in Client().get("/").content.decode()
    assert world.complaint(unit=None).unit == world.sales
    wrong = dara.post("/desk/organisation/", told | {"time_zone": "Mars/Olympus"})
    assert wrong.status_code == 422
    assert Organisation.objects.get().time_zone == "Asia/Jerusalem"
