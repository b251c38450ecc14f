"""Links that were mailed: to a new password, and into the organisation."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from shenava.common import clock
from shenava.desk import jobs
from shenava.messages.models import Outgoing
from shenava.people import actions
from shenava.people.models import LoginSession, Role, User
from tests.desk.getting_in import CODE, COME, LOGIN, LOST, NEW, RESET, log_in, without_token
from tests.people.test_second_factor import SECRET
from tests.world import PASSWORD, World


def mailed_token(purpose: str) -> str:
    """The secret in the link of the newest mail."""
    mail = Outgoing.objects.filter(purpose=purpose).latest("pk")
    return re.search(r"#(\S+)", mail.body).group(1)  # type: ignore[union-attr]


def ask_for_reset(client: Client, email: str = "sara@arman.example") -> HttpResponse:
    """Ask for a link, and let the job run that follows."""
    answer = client.post(LOST, {"email": email})
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'desk.send_reset' ORDER BY id DESC")
        jobs.send_reset(**json.loads(cursor.fetchone()[0]))
    return answer


def test_nobody_learns_from_a_lost_password_whether_an_address_is_known(world: World) -> None:
    User.objects.filter(party=world.reza).update(is_active=False)
    answers = [ask_for_reset(Client(), f"{name}@arman.example") for name in ("sara", "none", "reza")]
    assert {answer.status_code for answer in answers} == {200}
    assert len({without_token(answer) for answer in answers}) == 1
    assert list(Outgoing.objects.values_list("to_email", "purpose")) == [("sara@arman.example", "password_reset")]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'desk.send_reset'")
        assert cursor.fetchone()[0] == 3


def test_a_new_password_is_chosen_by_the_link_once_and_ends_every_login(world: World, client: Client) -> None:
    elsewhere = Client()
    log_in(elsewhere)
    ask_for_reset(client)
    token = mailed_token("password_reset")
    assert client.post(RESET, {"token": token, "password": NEW}).url == LOGIN
    assert elsewhere.get("/desk/account/").status_code == 302
    assert log_in(Client()).status_code == 422
    assert log_in(Client(), password=NEW).status_code == 302
    again = client.post(RESET, {"token": token, "password": NEW + "!"})
    assert (again.status_code, b"does not work any more" in again.content) == (422, True)
    assert User.objects.get(party=world.sara).check_password(NEW)


def test_the_link_to_a_new_password_works_for_one_hour(world: World, client: Client) -> None:
    ask_for_reset(client)
    token = mailed_token("password_reset")
    with clock.shifted(timedelta(minutes=61)):
        assert client.post(RESET, {"token": token, "password": NEW}).status_code == 422
    assert User.objects.get(party=world.sara).check_password(PASSWORD)
    with clock.shifted(timedelta(minutes=59)):
        assert client.post(RESET, {"token": token, "password": NEW}).status_code == 302


def test_the_link_ends_with_the_next_login_and_with_the_account(world: World, client: Client) -> None:
    ask_for_reset(client)
    token = mailed_token("password_reset")
    log_in(Client())
    assert client.post(RESET, {"token": token, "password": NEW}).status_code == 422
    ask_for_reset(client)
    token = mailed_token("password_reset")
    actions.deactivate(world.sara, to=None, by=world.administrator)
    assert client.post(RESET, {"token": token, "password": NEW}).status_code == 422
    assert User.objects.get(party=world.sara).check_password(PASSWORD)


def test_a_reset_password_does_not_replace_the_second_factor(world: World, client: Client) -> None:
    actions.set_second_factor(world.sara.user, secret=SECRET, step=0, by=world.sara)
    ask_for_reset(client)
    client.post(RESET, {"token": mailed_token("password_reset"), "password": NEW})
    assert log_in(client, password=NEW).url == CODE


@pytest.mark.parametrize("token", ["", "x", "%", "*", "x" * 300, "WyIxIl0:1:x"])
@pytest.mark.parametrize("place", [RESET, COME])
def test_a_token_that_is_none_opens_nothing_and_says_no_more(
    world: World, client: Client, place: str, token: str
) -> None:
    users = User.objects.count()
    answer = client.post(place, {"token": token, "password": NEW, "name": "X", "language": "en"})
    assert (answer.status_code, b"does not work any more" in answer.content) == (422, True)
    assert User.objects.count() == users
    assert not LoginSession.objects.exists()


def test_twenty_links_an_hour_are_mailed_to_one_who_asks(world: World) -> None:
    with clock.set_to(clock.now()):
        for _ in range(25):
            assert Client().post(LOST, {"email": "sara@arman.example"}).status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'desk.send_reset'")
        assert cursor.fetchone()[0] == 20


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "at least 12"), ("fa", "۱۲ نویسه"), ("he", "12 תווים")],
)
def test_what_is_wrong_with_a_password_is_said_in_the_readers_language(world: World, language: str, words: str) -> None:
    client = Client(HTTP_ACCEPT_LANGUAGE=language)
    answer = client.post(RESET, {"token": "x", "password": "kurz"})
    assert words in answer.content.decode()
    assert answer.headers["Content-Language"] == language


def test_an_invitation_is_a_way_in_once(world: World, client: Client) -> None:
    invitation = actions.invite(
        email="nima@arman.example", name="Nima", role=Role.EXPERT, unit=world.service, by=world.administrator
    )
    told = {"token": invitation.link.partition("#")[2], "name": "Nima Rad", "language": "fa", "password": "kurz"}
    assert client.post(COME, told).status_code == 422
    assert client.post(COME, told | {"password": "nima@arman.example"}).status_code == 422
    assert client.post(COME, told | {"password": NEW}).url == "/desk/"
    page = client.get("/desk/account/")
    assert (page.status_code, page.headers["Content-Language"]) == (200, "fa")
    second = Client().post(COME, told | {"password": NEW})
    assert (second.status_code, b"does not work any more" in second.content) == (422, True)
    assert User.objects.filter(email="nima@arman.example").count() == 1


def test_an_invitation_for_an_address_that_has_a_user_by_now_is_refused_with_a_reason(
    world: World, client: Client
) -> None:
    invitation = actions.invite(
        email="nima@arman.example", name="Nima", role=Role.EXPERT, unit=world.service, by=world.administrator
    )
    User.objects.filter(party=world.reza).update(email="nima@arman.example")
    told = {"token": invitation.link.partition("#")[2], "name": "Nima", "language": "en", "password": NEW}
    answer = client.post(COME, told)
    assert (answer.status_code, b"a user with this address" in answer.content) == (422, True)
    assert not LoginSession.objects.exists()
