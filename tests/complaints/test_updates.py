"""Promises besides the answer: first contact, assessment, the law's date, closing, and words on how it stands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from shenava.common import clock
from shenava.complaints import actions, policy
from shenava.complaints.actions import Look
from shenava.complaints.models import Complaint
from shenava.deadlines import actions as deadlines
from shenava.deadlines.clocks import About
from shenava.journal.actions import Refused
from shenava.journal.models import Entry
from tests.complaints.reading import running
from tests.world import World, log_in

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
DAYS, EVENING = "calendar_days", timedelta(hours=11, minutes=29)


@pytest.fixture
def everything(world: World) -> World:
    """An organisation that promises all there is to promise."""
    for kind, days in {"contact": 2, "assess": 3, "update": 7, "legal": 12, "close": 30}.items():
        deadlines.add_promise(kind=kind, terms=(days, DAYS, ""), by=world.administrator)
    return world


def due(complaint: Complaint, kind: str) -> datetime:
    found: datetime = complaint.clocks.open().get(kind=kind).due_at
    return found


def told(complaint: Complaint) -> list[str]:
    entries = Entry.objects.filter(stream__name=complaint.journal_stream).order_by("seq")
    return list(entries.values_list("kind", flat=True))


def test_each_promise_is_kept_by_what_was_promised(everything: World) -> None:
    complaint = everything.taken()
    assert running(complaint) == ["acknowledge", "answer", "assess", "close", "contact", "legal", "update"]
    actions.assess(complaint, look=Look(3, 3), by=everything.sara)
    actions.tell_complainant(complaint, text="We have asked the workshop.", by=everything.sara)
    actions.acknowledge(complaint, by=everything.system)
    assert running(complaint) == ["answer", "close", "legal", "update"]
    actions.respond(complaint, text="It is repaired.", by=everything.sara)
    assert running(complaint) == ["close"]
    actions.record_rejection(complaint, text="No.", by=complaint.complainant)
    assert running(complaint) == ["answer", "close", "legal", "update"]
    actions.withdraw(complaint, by=complaint.complainant)
    assert running(complaint) == []
    actions.reopen(complaint, text="It shakes.", by=complaint.complainant)
    assert running(complaint) == ["answer", "close", "legal", "update"]


def test_a_promise_is_made_by_channel_and_by_the_country_of_the_unit(world: World) -> None:
    deadlines.add_promise(kind="contact", about=About(channel="phone"), terms=(1, DAYS, ""), by=world.administrator)
    deadlines.add_promise(kind="legal", about=About(jurisdiction="IL"), terms=(45, DAYS, ""), by=world.administrator)
    assert running(world.complaint(channel="phone")) == ["acknowledge", "answer", "contact"]
    world.service.jurisdiction = "IL"
    world.service.save()
    assert running(world.complaint(unit=world.service)) == ["acknowledge", "answer", "legal"]


def test_the_complainant_hears_as_often_as_was_agreed_and_the_time_begins_anew_with_each_word(world: World) -> None:
    with clock.set_to(MONDAY):
        complaint = world.taken()
        actions.agree_updates(complaint, every_days=5, text="On the telephone.", by=world.agent)
        assert due(complaint, "update") == MONDAY + 5 * DAY + EVENING
    with clock.set_to(MONDAY + 3 * DAY):
        actions.ask_complainant(complaint, text="Which number stands on the door?", by=world.sara)
        assert due(complaint, "update") == MONDAY + 8 * DAY + EVENING
    with clock.set_to(MONDAY + 4 * DAY):
        message = actions.tell_complainant(complaint, text="The part is on its way.", by=world.sara)
        assert due(complaint, "update") == MONDAY + 9 * DAY + EVENING
    assert (message.text, message.direction) == ("The part is on its way.", "out")
    assert told(complaint)[-3:] == ["complaint.updates_agreed", "complaint.questioned", "complaint.complainant_told"]


def test_whoever_wants_no_word_is_promised_none_and_a_later_agreement_holds(everything: World) -> None:
    complaint = everything.taken()
    actions.agree_updates(complaint, every_days=0, by=everything.sara)
    assert "update" not in running(complaint)
    actions.tell_complainant(complaint, text="All the same.", by=everything.sara)
    actions.respond(complaint, text="So.", by=everything.sara)
    actions.record_rejection(complaint, text="No.", by=complaint.complainant)
    assert "update" not in running(complaint)
    actions.agree_updates(complaint, every_days=2, by=everything.sara)
    assert "update" in running(complaint)


def test_the_date_of_the_law_stands_apart_and_moves_only_where_the_law_lets_it(everything: World) -> None:
    with clock.set_to(MONDAY):
        complaint = everything.taken()
        by_law, later = due(complaint, "legal"), MONDAY + 20 * DAY
        with pytest.raises(Refused) as refused:
            actions.change_deadline(complaint, due_at=later, reason="The part is late.", by=everything.sara)
        assert refused.value.reason == policy.BEYOND_LAW.reason
        actions.change_deadline(complaint, due_at=by_law - DAY, reason="The part is late.", by=everything.sara)
        assert (due(complaint, "answer"), due(complaint, "legal")) == (by_law - DAY, by_law)
        change = actions.change_deadline(
            complaint, due_at=later, reason="The law lets us.", is_legal=True, by=everything.sara
        )
    assert (due(complaint, "answer"), due(complaint, "legal"), change.is_legal) == (later, later, True)
    assert told(complaint)[-1] == "complaint.legal_deadline_extended"


def test_only_those_whose_work_it_is_agree_and_tell(world: World) -> None:
    complaint = world.taken()
    for party in (world.reza, world.expert, world.auditor, complaint.complainant, world.system):
        assert not policy.may(party, "agree_updates", complaint)
        assert not policy.may(party, "tell_complainant", complaint)
    assert policy.may(world.agent, "agree_updates", complaint)


def test_the_desk_agrees_and_tells_and_the_portal_shows_it(everything: World) -> None:
    complaint, browser = everything.complaint(secret="abcd-efgh-jkmn-pqrs"), Client()
    actions.take(complaint, by=everything.sara)
    browser.post("/track/", {"code": complaint.public_code, "secret": "abcd-efgh-jkmn-pqrs"})
    sara, page = log_in(Client(), everything.sara), f"/desk/complaints/{complaint.reference}/"
    assert "first contact by a person" in sara.get(page).content.decode()
    assert sara.post(page + "updates/", {"every_days": "200"}).status_code == 422
    sara.post(page + "updates/", {"every_days": "5", "text": "On the telephone."})
    sara.post(page + "words/", {"text": "The part is on its way."})
    shown = sara.get(page).content.decode()
    assert "first contact by a person" not in shown
    assert "every 5 days" in shown
    public = browser.get(f"/complaints/{complaint.public_code}/").content.decode()
    assert "We agreed on how often we tell you" in public
    assert "The part is on its way." in public


def test_a_day_beyond_the_law_is_refused_at_the_field_and_nothing_typed_is_lost(everything: World) -> None:
    complaint = everything.taken()
    sara, page = log_in(Client(), everything.sara), f"/desk/complaints/{complaint.reference}/"
    said = {"due_at": "1490/01/01", "reason": "The part is late."}
    answer = sara.post(page + "deadlines/", said)
    assert (answer.status_code, "The law wants an answer" in answer.content.decode()) == (422, True)
    assert "The part is late." in answer.content.decode()
    assert sara.post(page + "deadlines/", said | {"is_legal": "on"}).status_code == 302
