"""Keeping: when things happened, in which folder they lie, and that nothing is ever thrown away."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from shenava.common import clock
from shenava.complaints import actions, personal
from shenava.complaints.cartable import FOLDERS, Desk, as_row, counts
from shenava.complaints.models import Complaint
from shenava.people.models import Party
from shenava.people.standing import standing_of
from tests.world import MONDAY, World


def lying_in(folder: str, party: Party) -> list[Complaint]:
    return [as_row(row).complaint for row in FOLDERS[folder].rows(Desk(standing_of(party)))]


def test_the_moment_of_entry_is_stamped_whenever_the_complaint_was_received(world: World) -> None:
    with clock.set_to(MONDAY):
        complaint = world.complaint(received_at=MONDAY - timedelta(days=2))
    assert (complaint.entered_at, complaint.received_at) == (MONDAY, MONDAY - timedelta(days=2))


def test_acceptance_is_the_end_of_the_clock_and_the_moment_of_archiving(world: World) -> None:
    complaint = world.responded()
    moment = clock.now() + timedelta(hours=3)
    with clock.set_to(moment):
        actions.record_acceptance(complaint, by=complaint.complainant)
    assert complaint.closed_at == moment
    assert not complaint.clocks.open().exists()
    assert lying_in("archive", world.sara) == [complaint]


def test_a_complaint_is_never_deleted_not_even_behind_the_programs_back(world: World) -> None:
    complaint = world.complaint()
    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
        connection.cursor().execute("DELETE FROM complaints_complaint WHERE id = %s", [complaint.pk])
    assert Complaint.objects.filter(pk=complaint.pk).exists()


def test_work_goes_through_the_folders_as_the_complaint_goes_through_its_stages(world: World) -> None:
    complaint = world.complaint()
    assert lying_in("received", world.sara) == [complaint]
    actions.take(complaint, by=world.sara)
    actions.assign(complaint, to=world.reza, by=world.sara)
    assert (lying_in("received", world.sara), lying_in("received", world.reza)) == ([], [complaint])
    assert lying_in("sent", world.sara) == [complaint]
    actions.respond(complaint, text="It is mended.", by=world.reza)
    assert (lying_in("received", world.reza), lying_in("follow-up", world.reza)) == ([], [complaint])
    actions.record_acceptance(complaint, by=complaint.complainant)
    assert (lying_in("follow-up", world.reza), lying_in("archive", world.reza)) == ([], [complaint])


def test_what_was_begun_lies_among_ones_own_drafts_and_nobody_elses(world: World) -> None:
    complaint = world.taken()
    personal.keep_writing(world.sara, complaint, "response", "Dear Mahsa, …")
    assert counts(standing_of(world.sara))["drafts"] == 1
    assert counts(standing_of(world.manager))["drafts"] == 0


def test_a_flagged_complaint_is_followed_by_whoever_flagged_it(world: World) -> None:
    complaint = world.complaint()
    personal.toggle_flag(world.agent, complaint)
    assert (lying_in("follow-up", world.agent), lying_in("follow-up", world.expert)) == ([complaint], [])
    personal.toggle_flag(world.agent, complaint)
    assert lying_in("follow-up", world.agent) == []


def test_a_complaint_is_late_once_its_promised_date_has_passed_without_an_answer(world: World) -> None:
    unanswered, answered = world.complaint(), world.responded()
    after = max(unanswered.due_at, answered.due_at) + timedelta(minutes=1)
    assert list(Complaint.objects.late(clock.now())) == []
    assert list(Complaint.objects.late(after)) == [unanswered]
    assert (unanswered.is_late(after), answered.is_late(after)) == (True, False)
