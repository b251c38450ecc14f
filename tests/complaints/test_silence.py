"""Silence after a response closes nothing without a warning; a response that was wrong is corrected, not changed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shenava.common import clock
from shenava.complaints import actions
from shenava.complaints.actions import Addition
from shenava.complaints.models import ClosureReason, Complaint
from shenava.complaints.sweeps import mind_silence
from shenava.journal.actions import Refused
from shenava.journal.models import Entry
from shenava.messages.models import Outgoing
from tests.world import World

DAY = timedelta(days=1)


def kinds(complaint: Complaint) -> list[str]:
    entries = Entry.objects.filter(stream__name=complaint.journal_stream).order_by("seq")
    return [entry.kind.removeprefix("complaint.") for entry in entries]


def swept(*days: int) -> None:
    """The sweep ran on these days from now, in this order."""
    for day in days:
        with clock.shifted(day * DAY):
            mind_silence()


def fresh(complaint: Complaint) -> Complaint:
    return Complaint.objects.get(pk=complaint.pk)


def test_a_silent_complainant_is_warned_once_and_nothing_is_closed_yet(world: World) -> None:
    complaint = world.responded()
    swept(13, 15, 16, 20)
    assert kinds(complaint).count("silence_warned") == 1
    mail = Outgoing.objects.get(complaint=complaint, purpose="notice")
    assert mail.to_email == "mahsa@example.com"
    assert not fresh(complaint).is_closed


def test_nobody_is_warned_before_the_days_are_over(world: World) -> None:
    complaint = world.responded()
    swept(1, 13)
    assert "silence_warned" not in kinds(complaint)
    assert not Outgoing.objects.filter(complaint=complaint, purpose="notice").exists()


def test_after_the_warning_and_its_days_the_complaint_is_closed_for_want_of_an_answer(world: World) -> None:
    complaint = world.responded()
    swept(15, 23)
    assert fresh(complaint).closure_reason == ClosureReason.NO_ANSWER
    assert fresh(complaint).stage == "closed"
    assert kinds(complaint)[-2:] == ["silence_warned", "closed"]


def test_a_sweep_that_was_away_for_long_warns_before_it_closes(world: World) -> None:
    complaint = world.responded()
    swept(60, 61)
    assert not fresh(complaint).is_closed
    swept(68)
    assert fresh(complaint).is_closed


def test_whoever_says_anything_is_not_silent_and_the_days_begin_anew(world: World) -> None:
    complaint = world.responded()
    swept(15)
    with clock.shifted(16 * DAY):
        addition = Addition(text="I am still thinking.", channel="portal")
        actions.add_information(complaint, addition=addition, by=complaint.complainant)
    swept(23, 29)
    assert not fresh(complaint).is_closed
    assert kinds(complaint).count("silence_warned") == 1
    swept(31)
    assert kinds(complaint).count("silence_warned") == 2


def test_whoever_answered_is_neither_warned_nor_closed(world: World) -> None:
    complaint = world.responded()
    actions.record_rejection(complaint, text="No.", by=complaint.complainant)
    swept(15, 23, 60)
    assert fresh(complaint).stage == "in_handling"
    assert "silence_warned" not in kinds(complaint)


def test_a_complaint_closed_for_silence_is_opened_again_by_its_complainant(world: World) -> None:
    complaint = world.responded()
    swept(15, 23)
    actions.reopen(complaint, text="I was travelling.", by=complaint.complainant)
    assert fresh(complaint).stage == "in_handling"


@pytest.mark.parametrize("verb", ["warn_silence", "close_unanswered"])
@pytest.mark.parametrize("who", ["manager", "sara", "administrator", "system"])
def test_nobody_closes_for_silence_before_its_time(world: World, verb: str, who: str) -> None:
    complaint = world.responded()
    before = kinds(complaint)
    with pytest.raises(Refused):
        actions.MENU[verb](complaint, by=getattr(world, who))
    assert kinds(complaint) == before
    assert not fresh(complaint).is_closed


def test_a_response_is_corrected_by_another_and_the_first_stays_on_record(world: World) -> None:
    complaint = world.responded()
    first = complaint.responses.get()
    second = actions.correct_response(complaint, text="He comes on Monday.", by=world.sara)
    first.refresh_from_db()
    assert second.supersedes == first
    assert first.message.text == "A technician comes tomorrow."
    assert complaint.responses.awaited().get() == second
    mails = Outgoing.objects.filter(complaint=complaint, purpose="response").order_by("pk")
    assert "replaces the one we sent before" in mails.last().body
    assert kinds(complaint)[-1] == "response_corrected"


def test_the_complainant_accepts_the_response_that_counts(world: World) -> None:
    complaint = world.responded()
    second = actions.correct_response(complaint, text="He comes on Monday.", by=world.sara)
    accepted = actions.record_acceptance(complaint, by=complaint.complainant)
    assert accepted == second
    assert complaint.responses.filter(answer="accepted").count() == 1


@pytest.mark.parametrize("who", ["agent", "expert", "reza", "auditor", "administrator"])
def test_only_the_holder_or_a_manager_corrects_a_response(world: World, who: str) -> None:
    complaint = world.responded()
    with pytest.raises(Refused):
        actions.correct_response(complaint, text="No.", by=getattr(world, who))
    assert complaint.responses.count() == 1


@pytest.mark.parametrize("corrections", [(), ("He comes on Friday.",)])
def test_what_was_closed_without_being_accepted_is_answered_anew_when_it_is_opened(
    world: World, corrections: tuple[str, ...]
) -> None:
    complaint = world.responded()
    for text in corrections:
        actions.correct_response(complaint, text=text, by=world.sara)
    actions.close(complaint, text="There is no more to be done.", by=world.sara)
    actions.reopen(complaint, text="There is.", by=complaint.complainant)
    actions.respond(complaint, text="You are right.", by=world.sara)
    assert complaint.responses.awaited().get().message.text == "You are right."
    assert complaint.responses.filter(answer="rejected", answer_text="There is.").count() == 1
