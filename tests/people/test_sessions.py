"""Logins: each a row, ended from anywhere, none for ever. Passwords end them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.test import Client

from shenava.common import clock
from shenava.journal.actions import Refused
from shenava.people import actions, sessions
from shenava.people.models import LoginSession, User
from tests.people.facts import count_facts, last_fact
from tests.world import PASSWORD, World, log_in

PAGE = "/desk/account/"
NEW = "rain falls on the roof"


def is_in(browser: Client) -> bool:
    return browser.get(PAGE).status_code == 200


@pytest.fixture
def two_browsers(world: World) -> tuple[Client, Client]:
    return log_in(Client(), world.sara), log_in(Client(), world.sara)


def test_a_login_ends_after_two_idle_hours(world: World, two_browsers: tuple[Client, Client]) -> None:
    idle, busy = two_browsers
    with clock.shifted(timedelta(hours=1, minutes=59)):
        assert is_in(busy)
    with clock.shifted(timedelta(hours=2, minutes=1)):
        assert not is_in(idle)
        assert is_in(busy)


def test_a_login_ends_after_twelve_hours_however_busy(world: World, two_browsers: tuple[Client, Client]) -> None:
    browser, _other = two_browsers
    for hours in range(1, 12):
        with clock.shifted(timedelta(hours=hours)):
            assert is_in(browser)
    with clock.shifted(timedelta(hours=12, minutes=1)):
        assert not is_in(browser)


def test_somebody_ends_a_login_of_his_own_from_another_browser(
    world: World, two_browsers: tuple[Client, Client]
) -> None:
    lost, here = two_browsers
    actions.end_session(LoginSession.objects.get(session_key=lost.session.session_key), by=world.sara)
    assert last_fact() == ("people.sessions_ended", {"party": world.sara.pk, "count": 1}, world.sara.pk)
    assert not is_in(lost)
    assert is_in(here)


def test_somebody_ends_all_logins_but_this_one(world: World, two_browsers: tuple[Client, Client]) -> None:
    lost, here = two_browsers
    actions.end_own_sessions(world.sara.user, keep_session=here.session.session_key, by=world.sara)
    assert not is_in(lost)
    assert is_in(here)


def test_an_administrator_ends_all_logins_of_somebody(world: World, two_browsers: tuple[Client, Client]) -> None:
    mine = log_in(Client(), world.administrator)
    assert actions.end_sessions(world.sara, by=world.administrator) == 2
    assert last_fact() == ("people.sessions_ended", {"party": world.sara.pk, "count": 2}, world.administrator.pk)
    assert [is_in(browser) for browser in (*two_browsers, mine)] == [False, False, True]
    assert Session.objects.count() == 1


def test_nobody_ends_anothers_logins(world: World, two_browsers: tuple[Client, Client]) -> None:
    login = LoginSession.objects.first()
    before = count_facts()
    for party in (world.reza, world.manager, world.administrator, world.system):
        with pytest.raises(Refused):
            actions.end_session(login, by=party)
        with pytest.raises(Refused):
            actions.end_own_sessions(world.sara.user, by=party)
    for party in (world.reza, world.sara, world.manager):
        with pytest.raises(Refused):
            actions.end_sessions(world.sara, by=party)
    assert LoginSession.objects.count() == 2
    assert count_facts() == before


def test_a_new_password_ends_every_other_login(world: World, two_browsers: tuple[Client, Client]) -> None:
    lost, here = two_browsers
    actions.change_password(world.sara.user, password=NEW, keep_session=here.session.session_key, by=world.sara)
    assert last_fact() == ("people.password_changed", {}, world.sara.pk)
    assert User.objects.get(party=world.sara).check_password(NEW)
    assert not is_in(lost)


def test_a_reset_password_ends_every_login(world: World, two_browsers: tuple[Client, Client]) -> None:
    actions.reset_password(world.sara.user, password=NEW, by=world.system)
    assert last_fact() == ("people.password_reset", {"party": world.sara.pk}, world.system.pk)
    assert [is_in(browser) for browser in two_browsers] == [False, False]


@pytest.mark.parametrize("password", ["short", "password1234", "sara@arman.example", "sara.arman.example"])
def test_a_weak_password_is_not_taken(world: World, two_browsers: tuple[Client, Client], password: str) -> None:
    before = count_facts()
    with pytest.raises(ValidationError):
        actions.change_password(world.sara.user, password=password, by=world.sara)
    with pytest.raises(ValidationError):
        actions.reset_password(world.sara.user, password=password, by=world.system)
    assert User.objects.get(party=world.sara).check_password(PASSWORD)
    assert LoginSession.objects.count() == 2
    assert count_facts() == before


def test_nobody_chooses_anothers_password(world: World) -> None:
    before = count_facts()
    for party in (world.administrator, world.manager, world.reza):
        with pytest.raises(Refused):
            actions.change_password(world.sara.user, password=NEW, by=party)
        with pytest.raises(Refused):
            actions.reset_password(world.sara.user, password=NEW, by=party)
    assert User.objects.get(party=world.sara).check_password(PASSWORD)
    assert count_facts() == before


def test_logins_that_are_over_are_forgotten(world: World, two_browsers: tuple[Client, Client]) -> None:
    with clock.shifted(timedelta(hours=1)):
        assert sessions.tidy() == 0
    with clock.shifted(timedelta(hours=13)):
        assert sessions.tidy() == 2
    assert not Session.objects.exists()
