"""Getting in: password, second factor, lost password, invitation."""

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
from shenava.desk.forms.accounts import LoginForm
from shenava.messages.models import Outgoing
from shenava.people import actions
from shenava.people.models import LoginSession, Role, User
from tests.people.test_second_factor import SECRET, code_at
from tests.world import PASSWORD, World

NEW = "rain falls on the roof"
LOGIN, CODE, LOST, RESET, COME = (
    f"/desk/{place}/" for place in ("login", "login/code", "password/lost", "password", "invitation")
)


def log_in(client: Client, email: str = "sara@arman.example", password: str = PASSWORD, **more: str) -> HttpResponse:
    return client.post(LOGIN, {"email": email, "password": password, **more})


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


def without_token(answer: HttpResponse) -> bytes:
    """A page without what differs at every request."""
    return re.sub(rb'(csrfmiddlewaretoken" value|nonce)="[^"]+"', b"", answer.content)


def test_the_right_password_lets_in_under_a_new_session_key(world: World, client: Client) -> None:
    client.get(LOGIN)
    client.session["x"] = 1
    client.session.save()
    before = client.session.session_key
    answer = log_in(client, "SARA@arman.example")
    assert (answer.status_code, answer.url) == (302, "/desk/")
    assert client.session.session_key != before
    login = LoginSession.objects.get(user=world.sara.user)
    assert login.session_key == client.session.session_key


def test_logging_in_again_in_the_same_browser_leaves_one_login(world: World, client: Client) -> None:
    for email in ("sara@arman.example", "sara@arman.example", "reza@arman.example"):
        log_in(client, email)
    assert LoginSession.objects.get().user == world.reza.user


@pytest.mark.parametrize("language", ["en", "fa", "he"])
def test_wrong_password_unknown_address_and_deactivated_account_look_the_same(world: World, language: str) -> None:
    User.objects.filter(party=world.reza).update(is_active=False)
    pages = []
    for email, password in (
        ("sara@arman.example", "wrong-wrong-wrong"),
        ("none@arman.example", PASSWORD),
        ("reza@arman.example", PASSWORD),
    ):
        client = Client(HTTP_ACCEPT_LANGUAGE=language)
        answer = log_in(client, email, password)
        assert answer.status_code == 422
        assert "sessionid" not in answer.cookies
        pages.append(without_token(answer).replace(email.encode(), b""))
    assert pages[0] == pages[1] == pages[2]
    assert b'role="alert"' in pages[0]
    assert not LoginSession.objects.exists()


def test_an_account_is_tried_ten_times_in_a_quarter_of_an_hour(world: World) -> None:
    with clock.set_to(clock.now()):
        for guess in range(10):
            assert b"do not belong together" in log_in(Client(), password=f"wrong-{guess}").content
        refused = log_in(Client())
        assert b"quarter of an hour" in refused.content
        assert not LoginSession.objects.exists()
        assert log_in(Client(), "reza@arman.example").status_code == 302
    with clock.shifted(timedelta(minutes=16)):
        assert log_in(Client()).status_code == 302


def test_an_address_tries_fifty_times_whatever_the_account(world: World) -> None:
    with clock.set_to(clock.now()):
        for guess in range(50):
            log_in(Client(REMOTE_ADDR="203.0.113.7"), f"guess{guess}@arman.example", "wrong")
        assert b"quarter of an hour" in log_in(Client(REMOTE_ADDR="203.0.113.7")).content
        assert log_in(Client(REMOTE_ADDR="203.0.113.8")).status_code == 302


@pytest.mark.parametrize("inside", ["/desk/account/", "/desk/cartable/sent/?after=x"])
def test_one_goes_on_where_one_wanted_to_go(world: World, client: Client, inside: str) -> None:
    assert log_in(client, next=inside).url == inside


@pytest.mark.parametrize(
    "outside",
    [
        "https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)",
        "http:evil.example", "https:///evil.example", "\thttps://evil.example", "https://testserver@evil.example/",
    ],
)  # fmt: skip
def test_the_way_after_the_login_never_leaves_the_house(world: World, client: Client, outside: str) -> None:
    assert log_in(client, next=outside).url == "/desk/"
    second = Client()
    assert second.post(f"{LOGIN}?next={outside}", {"email": "reza@arman.example", "password": PASSWORD}).url == "/desk/"


def test_with_a_second_factor_the_password_alone_opens_nothing(world: World, client: Client) -> None:
    actions.set_second_factor(world.sara.user, secret=SECRET, step=0, by=world.sara)
    assert log_in(client, next="/desk/account/").url == CODE
    assert client.get("/desk/account/").status_code == 302
    assert not LoginSession.objects.exists()
    assert client.post(CODE, {"code": "123456"}).status_code == 422
    answer = client.post(CODE, {"code": code_at(clock.now())})
    assert answer.url == "/desk/account/"
    assert client.get("/desk/account/").status_code == 200


def test_a_recovery_code_lets_in_once(world: World) -> None:
    codes = actions.set_second_factor(world.sara.user, secret=SECRET, step=0, by=world.sara)
    ends = []
    for _time in range(2):
        client = Client()
        log_in(client)
        ends.append(client.post(CODE, {"code": codes[0]}).status_code)
    assert ends == [302, 422]


def test_ten_wrong_codes_end_the_guessing(world: World, client: Client) -> None:
    actions.set_second_factor(world.sara.user, secret=SECRET, step=0, by=world.sara)
    with clock.set_to(clock.now()):
        log_in(client)
        for guess in range(10):
            client.post(CODE, {"code": f"00000{guess}"})
        answer = client.post(CODE, {"code": code_at(clock.now())})
    assert b"quarter of an hour" in answer.content
    assert not LoginSession.objects.exists()


def test_half_a_login_lives_five_minutes(world: World, client: Client) -> None:
    actions.set_second_factor(world.sara.user, secret=SECRET, step=0, by=world.sara)
    log_in(client)
    with clock.shifted(timedelta(minutes=5, seconds=1)):
        assert client.post(CODE, {"code": code_at(clock.now())}).url == LOGIN
    assert not LoginSession.objects.exists()


@pytest.mark.parametrize("meanwhile", ["deactivate", "reset_second_factor", "reset_password"])
def test_half_a_login_ends_when_the_account_changes(world: World, client: Client, meanwhile: str) -> None:
    actions.set_second_factor(world.sara.user, secret=SECRET, step=0, by=world.sara)
    log_in(client)
    {
        "deactivate": lambda: actions.deactivate(world.sara, to=None, by=world.administrator),
        "reset_second_factor": lambda: actions.reset_second_factor(world.sara, by=world.administrator),
        "reset_password": lambda: actions.reset_password(world.sara.user, password=NEW, by=world.system),
    }[meanwhile]()
    assert client.post(CODE, {"code": code_at(clock.now())}).url == LOGIN
    assert not LoginSession.objects.exists()


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


def test_leaving_ends_the_login_and_clears_the_browser(world: World, client: Client) -> None:
    log_in(client)
    assert client.get("/desk/logout/").status_code == 405
    answer = client.post("/desk/logout/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get("/desk/account/").status_code == 302
    assert not LoginSession.objects.exists()


@pytest.mark.parametrize("place", [LOGIN, LOST, RESET, COME, "/desk/account/", "/desk/people/"])
def test_pages_of_accounts_are_kept_by_no_cache(world: World, client: Client, place: str) -> None:
    log_in(client, "dara@arman.example")
    assert "no-store" in client.get(place).headers["Cache-Control"]


def test_an_endless_password_is_refused_before_it_is_hashed(world: World) -> None:
    form = LoginForm({"email": "sara@arman.example", "password": "x" * 100_000})
    assert list(form.errors) == ["password"]
