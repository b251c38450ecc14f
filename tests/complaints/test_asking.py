"""Conversation: what we ask of the complainant and tell him beside the answer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shenava.common import clock
from shenava.complaints import actions
from shenava.complaints.actions import Addition
from shenava.complaints.cartable import Desk, follow_up, received
from shenava.complaints.models import Complaint
from shenava.deadlines.models import Clock
from shenava.journal.actions import Refused
from shenava.journal.models import Entry
from shenava.messages.models import Outgoing
from shenava.pages.circulation import circulation
from shenava.people.standing import standing_of
from shenava.process.circulation import Rank
from tests.world import World

TEN_DAYS = timedelta(days=10)


def kinds(complaint: Complaint) -> list[str]:
    entries = Entry.objects.filter(stream__name=complaint.journal_stream).order_by("seq")
    return [entry.kind.removeprefix("complaint.") for entry in entries]


def questioned(world: World) -> Complaint:
    """A complaint about which Sara has asked the complainant something."""
    complaint = world.taken()
    actions.ask_complainant(complaint, text="Which number stands on the door?", by=world.sara)
    return complaint


def said(complaint: Complaint, text: str = "It is 4711.") -> None:
    addition = Addition(text=text, channel="portal")
    actions.add_information(complaint, addition=addition, by=complaint.complainant)


def test_a_date_is_changed_with_the_reason_and_the_complainant_is_told(world: World) -> None:
    complaint = world.taken()
    before, later = complaint.due_at, complaint.due_at + TEN_DAYS
    change = actions.change_deadline(complaint, due_at=later, reason="The part is late.", by=world.sara)
    assert (change.before_at, complaint.due_at) == (before, later)
    assert Clock.objects.open().get(complaint=complaint, kind="answer").due_at == later
    assert complaint.work_items.get(kind="stage", closed_at=None).due_at == later
    mail = Outgoing.objects.get(complaint=complaint, purpose="notice")
    assert mail.to_email == "mahsa@example.com"
    assert "The part is late." in mail.body
    assert kinds(complaint)[-1] == "deadline_changed"


def test_the_complainant_reads_it_in_the_language_of_the_complaint(world: World) -> None:
    complaint = world.complaint(language="fa")
    actions.take(complaint, by=world.sara)
    actions.change_deadline(complaint, due_at=complaint.due_at + TEN_DAYS, reason="قطعه نرسیده است.", by=world.sara)
    mail = Outgoing.objects.get(complaint=complaint, purpose="notice")
    assert mail.language == "fa"
    assert "شکایت" in mail.subject + mail.body


def test_no_date_that_is_past_is_promised(world: World) -> None:
    complaint = world.taken()
    before = complaint.due_at
    with pytest.raises(Refused, match="lies ahead"):
        actions.change_deadline(complaint, due_at=clock.now(), reason="Oops.", by=world.sara)
    complaint.refresh_from_db()
    assert complaint.due_at == before
    assert not Outgoing.objects.filter(complaint=complaint, purpose="notice").exists()


@pytest.mark.parametrize("who", ["agent", "expert", "reza", "auditor", "administrator"])
def test_only_the_holder_or_a_manager_changes_the_date_or_asks(world: World, who: str) -> None:
    complaint, by = world.taken(), getattr(world, who)
    before = complaint.due_at
    with pytest.raises(Refused):
        actions.change_deadline(complaint, due_at=before + TEN_DAYS, reason="Because.", by=by)
    with pytest.raises(Refused):
        actions.ask_complainant(complaint, text="Well?", by=by)
    complaint.refresh_from_db()
    assert (complaint.due_at, complaint.questions.count()) == (before, 0)


def test_a_question_goes_out_and_the_work_waits_in_follow_up(world: World) -> None:
    complaint = questioned(world)
    mail = Outgoing.objects.get(complaint=complaint, purpose="notice")
    assert "Which number stands on the door?" in mail.body
    sara = Desk(standing_of(world.sara))
    assert list(received(sara)) == []
    assert list(follow_up(sara)) == [complaint]
    assert kinds(complaint)[-1] == "questioned"


def test_the_answer_closes_the_question_and_brings_the_work_back(world: World) -> None:
    complaint = questioned(world)
    said(complaint)
    question = complaint.questions.get()
    assert question.closed_at is not None
    assert question.answer.text == "It is 4711."
    sara = Desk(standing_of(world.sara))
    assert received(sara).get().complaint == complaint
    assert list(follow_up(sara)) == []


def test_the_time_of_a_question_is_the_complainants(world: World) -> None:
    complaint, start = questioned(world), clock.now()
    with clock.shifted(timedelta(days=2)):
        said(complaint)
    with clock.shifted(timedelta(days=3)):
        way = circulation(Complaint.objects.for_page().get(pk=complaint.pk), clock.now())
    his = [share.length for share in way.shares if share.rank == Rank.COMPLAINANT]
    assert [round(length / timedelta(days=1)) for length in his] == [2]
    assert sum((share.length for share in way.shares), timedelta()) == way.whole
    assert way.whole >= timedelta(days=3) - (clock.now() - start)


def test_whoever_answers_the_complainant_asks_him_nothing_any_more(world: World) -> None:
    complaint = questioned(world)
    actions.respond(complaint, text="We found it ourselves.", by=world.sara)
    question = complaint.questions.get()
    assert question.closed_at is not None
    assert question.answer is None


def test_who_left_no_address_is_asked_on_the_portal(world: World) -> None:
    complaint = world.complaint(complainant=None)
    actions.take(complaint, by=world.sara)
    question = actions.ask_complainant(complaint, text="Where was it?", by=world.sara)
    assert question.message.channel == "portal"
    assert not Outgoing.objects.filter(complaint=complaint).exists()
