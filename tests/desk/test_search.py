"""Search on the desk: from any page, with the words marked, and nothing quoted that is not one's own to read."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shenava.complaints import actions
from shenava.complaints.actions import Advice, Commission
from shenava.complaints.follow_up import follow
from shenava.complaints.index import keeping
from shenava.journal.models import Entry
from shenava.people.models import Party
from shenava.people.parties import Introduction
from tests.world import World, log_in


def look(party: Party, text: str, **more: str) -> str:
    keeping.keep_all(keeping.unkept())
    answer = log_in(Client(), party).get("/desk/search/", {"q": text, **more})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    "place", ["/desk/cartable/received/", "/desk/account/", "/desk/search/", "/desk/complaints/new/"]
)
def test_the_search_is_asked_from_any_page_by_a_plain_form(world: World, place: str) -> None:
    shown = log_in(Client(), world.sara).get(place).content.decode()
    assert 'role="search" action="/desk/search/"' in shown
    assert 'name="q"' in shown


def test_what_was_found_is_marked_where_it_stands(world: World) -> None:
    complaint = world.taken()
    actions.note(complaint, text="Three others of this batch rattle too.", by=world.sara)
    shown = look(world.sara, "ratt")
    assert f"/desk/complaints/{complaint.reference}/" in shown
    assert "<b>Note</b>" in shown
    assert "<mark>rattle</mark> too." in shown


def test_letters_are_marked_in_the_form_in_which_they_were_written(world: World) -> None:
    world.complaint(description="ماشین لباسشوييِ ما می‌لرزد.", complainant=Introduction(name="مهسا كيان‌پور"))
    shown = look(world.sara, "لباسشویی میلرزد پور")
    assert "<mark>لباسشوييِ</mark> ما <mark>می‌لرزد</mark>" in shown
    assert "<mark>كيان‌پور</mark>" in shown


def test_hostile_text_stays_text_in_the_answer(world: World) -> None:
    bad = '<script>alert(1)</script> "><img src=x onerror=alert(2)> zebra'
    world.complaint(description=bad, title=bad, complainant=Introduction(name="<b>Zebra</b>"))
    for typed in ("zebra", "script", bad[:60]):
        shown = look(world.sara, typed)
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
        assert "<b>Zebra" not in shown
    assert "<mark>zebra</mark>" in look(world.sara, "zebra")


def test_words_of_a_confidential_referral_are_neither_hit_nor_quoted_for_others(world: World) -> None:
    complaint = world.taken()
    quiet = Commission(kind="consult", directive="The zebrafish machine.", is_confidential=True)
    referral = actions.refer(complaint, to=world.reza, commission=quiet, by=world.sara)
    actions.give_opinion(complaint, referral=referral, advice=Advice("An axolotl machine."), by=world.reza)
    for colleague in (world.agent, world.expert, world.auditor):
        assert complaint.reference not in look(colleague, "zebrafish")
        assert complaint.reference not in look(colleague, "axolotl")
        assert "axolotl" not in look(colleague, "machine")
    assert "<mark>axolotl</mark>" in look(world.reza, "axolotl")


def test_a_row_that_is_not_up_to_date_shows_nothing_that_may_no_longer_be_seen(world: World) -> None:
    complaint = world.complaint()
    keeping.keep_all(keeping.unkept())
    complaint.excluded = [world.sara.pk]
    complaint.save(update_fields=["excluded"])
    answer = log_in(Client(), world.sara).get("/desk/search/", {"q": "machine"})
    assert complaint.reference not in answer.content.decode()


def test_the_follow_up_of_a_fact_makes_its_words_found(world: World) -> None:
    complaint = world.taken()
    actions.note(complaint, text="A zebrafish.", by=world.sara)
    follow(entry_id=Entry.objects.filter(kind="complaint.noted").get().pk)
    answer = log_in(Client(), world.sara).get("/desk/search/", {"q": "zebrafish"})
    assert complaint.reference in answer.content.decode()


def test_whoever_administers_only_finds_no_complaint(world: World) -> None:
    complaint = world.complaint()
    assert complaint.reference not in look(world.administrator, "machine")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Number, code, name, telephone"),
        ("-", "at least two letters"),
        ("zebrafish", "Nothing within your reach says “zebrafish”."),
        ("x" * 5000 + "\x00", "Nothing within your reach"),
    ],
)
def test_an_answer_without_hits_says_what_to_do(world: World, typed: str, said: str) -> None:
    world.complaint()
    assert said in look(world.sara, typed)


def test_results_go_on_where_the_page_ended(world: World) -> None:
    complaints = [world.complaint() for _ in range(22)]
    first = look(world.sara, "machine")
    assert complaints[1].reference not in first
    cursor = first.partition("after=")[2].partition('"')[0]
    second = look(world.sara, "machine", after=cursor)
    assert second.count('class="row"') == 2
    assert complaints[0].reference in second


@pytest.mark.parametrize("count", [1, 9])
def test_the_page_takes_the_same_number_of_queries_whatever_is_found(world: World, count: int) -> None:
    for _ in range(count):
        actions.note(world.taken(), text="A zebrafish.", by=world.sara)
    keeping.keep_all(keeping.unkept())
    client = log_in(Client(), world.sara)
    client.get("/desk/search/", {"q": "zebrafish"})
    with CaptureQueriesContext(connection) as asked:
        client.get("/desk/search/", {"q": "zebrafish"})
    assert len(asked) == 10


def test_a_stranger_is_sent_to_the_login(db: None, world: World, client: Client) -> None:
    assert client.get("/desk/search/?q=machine").status_code == 302
