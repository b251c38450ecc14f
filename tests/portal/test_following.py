"""Following a complaint: the ways in, what they refuse, and what the complainant can do inside."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shenava.common import clock, tokens
from shenava.complaints import actions
from shenava.complaints.models import Complaint
from shenava.messages.models import Message, Outgoing
from shenava.people.parties import Introduction
from tests.attachments.samples import png
from tests.complaints.reading import everything, kinds
from tests.world import World

WRONG = {"secret": "00000-00000-00000-00000-000000"}


def come_in(complaint: Complaint, secret: str) -> Client:
    """A browser that has shown code and secret."""
    client = Client()
    assert client.post("/track/", {"code": complaint.public_code, "secret": secret}).status_code == 302
    return client


@pytest.fixture
def secret() -> str:
    return tokens.human_secret()


def test_code_and_secret_open_it_however_they_are_typed(world: World, secret: str) -> None:
    complaint = world.complaint(secret=secret)
    for code in (complaint.public_code.lower(), f" {complaint.reference} ", "۱۴۰۵-۰۰۰۰۰۱"):
        answer = Client().post("/track/", {"code": code, "secret": secret.lower().replace("-", " ")})
        assert answer["Location"] == f"/complaints/{complaint.public_code}/"


def test_a_wrong_secret_and_an_unknown_code_are_told_the_same(world: World, client: Client) -> None:
    complaint = world.complaint()
    answers = [client.post("/track/", {"code": code, **WRONG}) for code in (complaint.public_code, "QQQQQQQQQQ")]
    said = [re.sub(r'value="[^"]*"|nonce="[^"]*"', "", answer.content.decode()) for answer in answers]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert said[0] == said[1]
    assert client.get(f"/complaints/{complaint.public_code}/").status_code == 302


def test_after_ten_wrong_secrets_one_waits_a_quarter_of_an_hour(world: World, client: Client, secret: str) -> None:
    complaint = world.complaint(secret=secret)
    for _ in range(10):
        client.post("/track/", {"code": complaint.public_code, **WRONG})
    right = {"code": complaint.public_code, "secret": secret}
    assert "quarter of an hour" in client.post("/track/", right).content.decode()
    with clock.shifted(timedelta(minutes=16)):
        assert client.post("/track/", right).status_code == 302


def test_a_one_time_code_opens_it_once_in_the_browser_that_asked(world: World, client: Client) -> None:
    complaint = world.complaint()
    client.post("/track/codes/", {"code": complaint.public_code, "email": "Mahsa@example.com"})
    code = mailed_code()
    assert Client().post("/track/code/", {"one_time": code}).status_code == 422
    assert client.post("/track/code/", {"one_time": f"{code[:4]} {code[4:]}"}).status_code == 302
    assert client.get(f"/complaints/{complaint.public_code}/").status_code == 200
    assert client.post("/track/code/", {"one_time": code}).status_code == 422


def test_who_opens_it_rightly_is_never_told_to_wait(world: World, secret: str) -> None:
    complaint = world.complaint(secret=secret)
    with clock.set_to(clock.now()):
        for _ in range(35):
            come_in(complaint, secret)


def test_a_one_time_code_ends_after_ten_minutes_or_five_tries(world: World, client: Client) -> None:
    complaint = world.complaint()
    asked = {"code": complaint.public_code, "email": "mahsa@example.com"}
    client.post("/track/codes/", asked)
    with clock.shifted(timedelta(minutes=11)):
        assert client.post("/track/code/", {"one_time": mailed_code()}).status_code == 422
    client.post("/track/codes/", asked)
    for _ in range(5):
        client.post("/track/code/", {"one_time": "00000000"})
    assert client.post("/track/code/", {"one_time": mailed_code()}).status_code == 422


def test_asking_for_a_code_tells_nobody_whose_address_is_on_record(world: World) -> None:
    complaint = world.complaint()
    known = Client().post("/track/codes/", {"code": complaint.public_code, "email": "mahsa@example.com"})
    unknown = Client().post("/track/codes/", {"code": complaint.public_code, "email": "other@example.com"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert Outgoing.objects.filter(purpose="code").count() == 1


def test_codes_are_budgeted_and_a_stranger_does_not_use_them_up(world: World) -> None:
    complaint = world.complaint()
    for _ in range(10):
        Client().post("/track/codes/", {"code": "QQQQQQQQQQ", "email": "mahsa@example.com"})
    for _ in range(10):
        Client().post("/track/codes/", {"code": complaint.public_code, "email": "mahsa@example.com"})
    assert Outgoing.objects.filter(purpose="code", state="due").count() == 5


def mailed_code() -> str:
    body = Outgoing.objects.filter(purpose="code").latest("pk").body
    found = re.search(r"\b\d{8}\b", body)
    assert found is not None
    return found.group()


def test_the_complainant_reads_plain_words_and_nothing_from_inside(world: World, secret: str) -> None:
    complaint = world.complaint(secret=secret)
    actions.take(complaint, by=world.sara)
    actions.note(complaint, text="A difficult person.", by=world.sara)
    actions.respond(complaint, text="A technician comes.", by=world.sara)
    page = come_in(complaint, secret).get(f"/complaints/{complaint.public_code}/").content.decode()
    for shown in ("A technician comes.", "A member of our staff has taken it in hand.", "We received your complaint"):
        assert shown in page
    for hidden in ("A difficult person.", "Sara Rostami", "After-sales service"):
        assert hidden not in page


def test_adding_takes_words_and_files_once(world: World, secret: str) -> None:
    complaint = world.complaint(secret=secret)
    client, address = come_in(complaint, secret), f"/complaints/{complaint.public_code}/information/"
    for _ in range(2):
        photo = SimpleUploadedFile("leak.png", png(), "image/png")
        client.post(address, {"submission": "mark", "text": "It leaks too.", "files": [photo]})
    added = Message.objects.get(complaint=complaint, kind="addition")
    assert (added.text, [file.name for file in added.files.all()]) == ("It leaks too.", ["leak.png"])
    download = client.get(f"/complaints/{complaint.public_code}/files/{added.files.get().pk}/")
    assert (download.status_code, download["X-Content-Type-Options"]) == (200, "nosniff")
    assert download.getvalue() == png()


def test_accepting_rejecting_reopening_and_withdrawing_go_by_the_portal(world: World, secret: str) -> None:
    complaint = world.complaint(secret=secret)
    client, base = come_in(complaint, secret), f"/complaints/{complaint.public_code}/"
    actions.take(complaint, by=world.sara)
    actions.respond(complaint, text="No.", by=world.sara)
    client.post(f"{base}rejection/", {"text": "Why not?"})
    actions.respond(complaint, text="Yes.", by=world.sara)
    client.post(f"{base}acceptance/", {"text": ""})
    client.post(f"{base}reopening/", {"text": "Again."})
    client.post(f"{base}withdrawal/", {"text": "Never mind."})
    done = ["response_rejected", "responded", "response_accepted", "closed", "reopened", "withdrawn"]
    assert kinds(complaint)[-6:] == done


@pytest.mark.parametrize("noun", ["rejection", "withdrawal", "reopening"])
def test_a_reason_is_asked_for_and_nothing_changes_without_it(world: World, secret: str, noun: str) -> None:
    complaint = world.complaint(secret=secret)
    client, before = come_in(complaint, secret), everything(complaint)
    assert client.post(f"/complaints/{complaint.public_code}/{noun}/", {"text": " "}).status_code == 422
    assert everything(complaint) == before


def test_what_is_not_possible_now_is_said_and_changes_nothing(world: World, secret: str) -> None:
    complaint = world.complaint(secret=secret)
    client, before = come_in(complaint, secret), everything(complaint)
    page = client.post(f"/complaints/{complaint.public_code}/acceptance/", {"text": ""}, follow=True)
    assert "not possible at the present stage" in page.content.decode()
    assert everything(complaint) == before


def test_what_was_being_written_is_given_back_when_the_two_hours_are_over(world: World, secret: str) -> None:
    complaint = world.complaint(secret=secret)
    client, before = come_in(complaint, secret), everything(complaint)
    with clock.shifted(timedelta(hours=3)):
        answer = client.post(
            f"/complaints/{complaint.public_code}/information/", {"submission": "m", "text": "A long letter."}
        )
    assert answer.status_code == 403
    assert "A long letter." in answer.content.decode()
    assert f"/track/?code={complaint.public_code}" in answer.content.decode()
    assert everything(complaint) == before


def test_one_complaints_key_opens_no_other_and_closing_it_shuts_it(world: World, secret: str) -> None:
    mine, other = world.complaint(secret=secret), world.complaint()
    client = come_in(mine, secret)
    assert client.get(f"/complaints/{other.public_code}/").status_code == 302
    client.post(f"/complaints/{mine.public_code}/stop/")
    assert client.get(f"/complaints/{mine.public_code}/").status_code == 302


def test_the_page_takes_as_many_queries_for_fifty_messages_as_for_five(world: World, secret: str) -> None:
    complaint = world.complaint(secret=secret)
    client, found = come_in(complaint, secret), []
    for more in (5, 45):
        for number in range(more):
            addition = actions.Addition(text=f"More {number}.", channel="portal")
            actions.add_information(complaint, addition=addition, by=complaint.complainant)
        with CaptureQueriesContext(connection) as seen:
            client.get(f"/complaints/{complaint.public_code}/")
        found.append(len(seen))
    assert found == [PAGE_QUERIES, PAGE_QUERIES]


@pytest.mark.parametrize(("address", "expected"), [("/", 2), ("/complaints/new/", 1), ("/track/", 1)])
def test_the_open_pages_take_few_queries(world: World, client: Client, address: str, expected: int) -> None:
    client.get(address)  # what the set-up says is kept from now on
    with CaptureQueriesContext(connection) as seen:
        client.get(address)
    assert len(seen) == expected


PAGE_QUERIES = 10


def test_a_review_is_asked_for_and_the_page_says_that_the_request_is_here(world: World, secret: str) -> None:
    complaint = world.complaint(secret=secret)
    actions.take(complaint, by=world.sara)
    actions.respond(complaint, text="A technician comes.", by=world.sara)
    client = come_in(complaint, secret)
    address = f"/complaints/{complaint.public_code}/"
    assert "Ask for a review" in client.get(address).content.decode()
    assert client.post(f"{address}review/", {"text": ""}).status_code == 422
    client.post(f"{address}review/", {"text": "Nobody looked at the drum."})
    assert complaint.reviews.get().by == complaint.complainant
    shown = client.get(address).content.decode()
    assert "Your request for a review was received on" in shown
    assert "Nobody looked at the drum." in shown
    assert "Ask for a review" not in shown
    actions.answer_review(complaint, result="changed", text="A new drum.", by=world.manager)
    shown = client.get(address).content.decode()
    assert "The review has ended: the answer is changed." in shown
    assert "Your request for a review was received on" not in shown


def test_whoever_speaks_for_somebody_reads_that_his_mandate_was_withdrawn_and_why(world: World, secret: str) -> None:
    complaint = world.complaint(secret=secret, representative=Introduction(name="Kaveh Vakili"), authority="lawyer")
    actions.accept_mandate(complaint, text="The original was shown.", by=world.agent)
    client, place = come_in(complaint, secret), f"/complaints/{complaint.public_code}/"
    assert "Your mandate was accepted." in client.get(place).content.decode()
    actions.withdraw_mandate(complaint, reason="She speaks for herself now.", by=world.agent)
    page = client.get(place).content.decode()
    assert "Your mandate was accepted." not in page
    assert "She speaks for herself now." in page
    assert "Your mandate does not count any more." in page
