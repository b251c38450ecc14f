"""Getting in: password and second factor."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from shenava.common import clock
from shenava.desk.forms.accounts import LoginForm
from shenava.people import actions
from shenava.people.models import LoginSession, User
from tests.desk.getting_in import CODE, COME, LOGIN, LOST, NEW, RESET, log_in, without_token
from tests.people.test_second_factor import SECRET, code_at
from tests.world import PASSWORD, World


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


def test_a_whole_office_comes_in_from_one_address_as_often_as_it_likes(world: World) -> None:
    with clock.set_to(clock.now()):
        for _ in range(55):
            assert log_in(Client(REMOTE_ADDR="203.0.113.7")).status_code == 302
        for guess in range(9):
            log_in(Client(REMOTE_ADDR="203.0.113.7"), password=f"wrong-{guess}")
        assert log_in(Client(REMOTE_ADDR="203.0.113.7")).status_code == 302
        log_in(Client(REMOTE_ADDR="203.0.113.7"), password="wrong-9")
        assert b"quarter of an hour" in log_in(Client(REMOTE_ADDR="203.0.113.7")).content


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


def test_the_way_back_begins_with_one_stroke(world: World, client: Client) -> None:
    here = "http://testserver//evil.example/"
    assert client.post("/ui/language/", {"language": "he", "next": here})["Location"] == "/evil.example/"
    typed = client.post("/desk/bodies/new/", {"text": "Long."}, headers={"Referer": here}).context["again"]
    assert typed == "/desk/login/?next=%2Fevil.example%2F"


@pytest.mark.parametrize("broken", ["http://[::1", "//[", "http://testserver]/", "\\\\[x"])
def test_a_way_back_that_is_no_address_leads_to_the_beginning(world: World, client: Client, broken: str) -> None:
    assert client.post("/ui/language/", {"language": "he", "next": broken})["Location"] == "/"
    lost = Client(enforce_csrf_checks=True).post(LOGIN, {"text": "Long."}, headers={"Referer": broken})
    assert (lost.status_code, lost.context["again"]) == (403, "/")


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
