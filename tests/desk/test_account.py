"""My account: how I read, my password, my second factor, my deputy, where I am logged in."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from shenava.common import clock
from shenava.people.models import Delegation, LoginSession, Party, User
from shenava.people.standing import standing_of
from tests.desk.getting_in import NEW
from tests.people.test_second_factor import code_at
from tests.world import MONDAY, PASSWORD, World

BrowserOf = Callable[[Party], Client]
PAGE = "/desk/account/"


def test_language_and_calendar_are_ones_own_choice(world: World, browser_of: BrowserOf) -> None:
    browser = browser_of(world.sara)
    browser.post(f"{PAGE}preferences/", {"language": "fa", "calendar": "gregorian"})
    page = browser.get(PAGE)
    assert page.headers["Content-Language"] == "fa"
    assert "حساب من" in page.content.decode()
    browser.post(f"{PAGE}preferences/", {"language": "xx", "calendar": "maya"})
    user = User.objects.get(party=world.sara)
    assert (user.language, user.calendar) == ("fa", "gregorian")


def test_a_new_password_keeps_this_browser_in_and_puts_others_out(world: World, browser_of: BrowserOf) -> None:
    here, elsewhere = browser_of(world.sara), browser_of(world.sara)
    answer = here.post(f"{PAGE}password/", {"old": PASSWORD, "password": NEW})
    assert (answer.status_code, answer.url) == (302, PAGE)
    assert here.get(PAGE).status_code == 200
    assert elsewhere.get(PAGE).status_code == 302
    assert User.objects.get(party=world.sara).check_password(NEW)


@pytest.mark.parametrize(
    ("old", "new"), [("wrong", NEW), (PASSWORD, "short"), (PASSWORD, "sara@arman.example"), (PASSWORD, "")]
)
def test_a_password_is_not_changed_without_the_old_one_or_into_a_weak_one(
    world: World, browser_of: BrowserOf, old: str, new: str
) -> None:
    answer = browser_of(world.sara).post(f"{PAGE}password/", {"old": old, "password": new})
    assert (answer.status_code, b"data-faulty" in answer.content) == (422, True)
    assert User.objects.get(party=world.sara).check_password(PASSWORD)


def test_a_second_factor_is_enrolled_by_proving_the_app(world: World, browser_of: BrowserOf) -> None:
    browser = browser_of(world.sara)
    page = browser.get(f"{PAGE}second-factor/").content.decode()
    assert "<svg" in page
    shown = re.search(r"secret=([A-Z2-7]+)", page).group(1)  # type: ignore[union-attr]
    wrong = browser.post(f"{PAGE}second-factor/", {"code": "000000"})
    assert (wrong.status_code, shown in wrong.content.decode()) == (422, True)
    assert not User.objects.get(party=world.sara).has_second_factor

    secret = base64.b32decode(shown).hex()
    done = browser.post(f"{PAGE}second-factor/", {"code": code_at(clock.now(), secret)}).content.decode()
    assert len(re.findall(r">[0-9a-f]{4}-[0-9a-f]{6}<", done)) == 10
    user = User.objects.get(party=world.sara)
    assert (user.totp_secret, user.recovery_codes.count()) == (secret, 10)
    assert "10 recovery codes are left" in browser.get(PAGE).content.decode()


def test_somebody_sees_and_ends_his_logins_and_nobody_elses(world: World, browser_of: BrowserOf) -> None:
    here, elsewhere, reza = browser_of(world.sara), browser_of(world.sara), browser_of(world.reza)
    other = LoginSession.objects.get(session_key=elsewhere.session.session_key)
    assert reza.post(f"{PAGE}sessions/{other.pk}/").status_code == 404
    assert f"/sessions/{other.pk}/" in here.get(PAGE).content.decode()
    here.post(f"{PAGE}sessions/{other.pk}/")
    assert elsewhere.get(PAGE).status_code == 302
    third = browser_of(world.sara)
    here.post(f"{PAGE}sessions/")
    assert [browser.get(PAGE).status_code for browser in (here, third, reza)] == [200, 302, 200]


def test_logins_that_are_over_are_not_shown(world: World, browser_of: BrowserOf) -> None:
    with clock.shifted(-timedelta(hours=13)):
        old = browser_of(world.sara)
    number = LoginSession.objects.get(session_key=old.session.session_key).pk
    assert f"/sessions/{number}/" not in browser_of(world.sara).get(PAGE).content.decode()


def test_a_colleague_stands_in_for_whole_days_where_the_organisation_is(world: World, browser_of: BrowserOf) -> None:
    with clock.set_to(MONDAY):
        browser = browser_of(world.sara)
        told = {"deputy": world.reza.pk, "first_day": "2026-11-24", "last_day": "2026-11-25"}
        assert browser.post(f"{PAGE}deputies/", told).status_code == 302
        found = Delegation.objects.get()
        assert found.starts_at.isoformat() == "2026-11-23T20:30:00+00:00"
        assert found.ends_at.isoformat() == "2026-11-25T20:30:00+00:00"
        assert "Reza Ahmadi" in browser.get(PAGE).content.decode()
        assert "Sara Rostami" in browser_of(world.reza).get(PAGE).content.decode()
        assert browser_of(world.reza).post(f"{PAGE}deputies/{found.pk}/end/").status_code == 404
        browser.post(f"{PAGE}deputies/{found.pk}/end/")
    assert not Delegation.objects.exists()


@pytest.mark.parametrize("fault", [{"last_day": "2026-11-20"}, {"deputy": ""}, {"first_day": "soon"}])
def test_a_wrong_stand_in_is_refused_at_the_field(world: World, browser_of: BrowserOf, fault: dict[str, str]) -> None:
    told = {"deputy": world.reza.pk, "first_day": "2026-11-24", "last_day": "2026-11-25"} | fault
    with clock.set_to(MONDAY):
        answer = browser_of(world.sara).post(f"{PAGE}deputies/", told)
    assert (answer.status_code, b"data-faulty" in answer.content) == (422, True)
    assert not Delegation.objects.exists()


def test_nobody_offers_himself_or_strangers_as_deputy(world: World, browser_of: BrowserOf) -> None:
    told = {"first_day": "2026-11-24", "last_day": "2026-11-25"}
    stranger = world.complaint().complainant
    for party in (world.sara, world.sales.party, stranger):
        with clock.set_to(MONDAY):
            answer = browser_of(world.sara).post(f"{PAGE}deputies/", told | {"deputy": party.pk})
        assert answer.status_code == 422
    assert not Delegation.objects.exists()
    assert standing_of(stranger).deputised == frozenset()
