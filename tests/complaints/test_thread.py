"""The thread: one complaint from a stranger's words to an accepted answer."""

from __future__ import annotations

import pytest

from shenava.common import clock
from shenava.complaints import actions
from shenava.complaints.models import Channel, ClosureReason, Complaint
from shenava.journal.actions import Refused
from shenava.journal.models import Entry
from shenava.journal.verify import verify
from shenava.people.parties import Introduction
from shenava.process.models import WorkItem
from tests.world import World


def kinds(complaint: Complaint) -> list[str]:
    entries = Entry.objects.filter(stream__name=complaint.journal_stream).order_by("seq")
    return [entry.kind.removeprefix("complaint.") for entry in entries]


def test_a_complaint_gets_a_number_a_holder_and_a_promised_date_at_once(world: World) -> None:
    complaint = world.complaint()
    assert complaint.reference == "1405-000001"
    assert complaint.stage == "registered"
    assert complaint.owner == world.service.party
    assert complaint.due_at > clock.now()
    assert WorkItem.objects.get(complaint=complaint).holder == world.service.party
    assert kinds(complaint) == ["registered"]


@pytest.mark.parametrize("channel", Channel.values)
def test_a_complaint_comes_by_every_channel_and_its_words_stand_there_as_a_message(world: World, channel: str) -> None:
    complaint = world.complaint(channel=channel)
    message = complaint.messages.get()
    assert (message.channel, message.text) == (channel, complaint.description)
    assert message.get_channel_display() == complaint.get_channel_display()


def test_numbers_follow_each_other_in_the_year_of_the_organisations_calendar(world: World) -> None:
    assert [world.complaint().reference for _ in range(3)] == ["1405-000001", "1405-000002", "1405-000003"]


def test_the_number_of_a_failed_registration_is_given_to_the_next(world: World) -> None:
    world.complaint()
    with pytest.raises(Refused):
        actions.register(intake=actions.Intake(description="x", channel="portal", unit=world.service), by=world.expert)
    assert world.complaint().reference == "1405-000002"


def test_the_same_submission_twice_is_one_complaint(world: World) -> None:
    intake = actions.Intake(description="Twice.", channel="portal", submission="mark", unit=world.service)
    first = actions.register_once(intake=intake, by=world.system)
    second = actions.register_once(intake=intake, by=world.system)
    assert first.pk == second.pk
    assert Complaint.objects.count() == 1


def test_an_officer_takes_answers_and_the_complainant_accepts(world: World) -> None:
    complaint = world.complaint()
    actions.take(complaint, by=world.sara)
    assert complaint.stage == "in_handling"
    actions.respond(complaint, text="A technician comes tomorrow.", by=world.sara)
    assert complaint.stage == "responded"
    assert not WorkItem.objects.open().filter(complaint=complaint).exists()
    actions.record_acceptance(complaint, by=complaint.complainant)
    assert complaint.stage == "closed"
    assert complaint.closure_reason == ClosureReason.ACCEPTED
    assert kinds(complaint) == ["registered", "taken", "responded", "response_accepted", "closed"]
    assert verify().broken == ()


def test_a_rejected_answer_goes_back_into_handling_with_a_new_promise(world: World) -> None:
    complaint = world.responded()
    actions.record_rejection(complaint, text="Nobody came.", by=complaint.complainant)
    assert complaint.stage == "in_handling"
    assert complaint.responded_at is None
    assert complaint.due_at > clock.now()
    assert WorkItem.objects.open().get(complaint=complaint).holder == world.sara


def test_a_closed_complaint_can_be_reopened_by_its_complainant(world: World) -> None:
    complaint = world.responded()
    actions.record_acceptance(complaint, by=complaint.complainant)
    actions.reopen(complaint, text="It shakes again.", by=complaint.complainant)
    assert complaint.stage == "in_handling"
    assert complaint.closed_at is None
    assert complaint.reopened_count == 1


def test_nobody_closes_a_complaint_that_was_never_answered(world: World) -> None:
    complaint = world.taken()
    with pytest.raises(Refused):
        actions.close(complaint, text="Enough.", by=world.manager)
    complaint.refresh_from_db()
    assert complaint.stage == "in_handling"
    assert kinds(complaint) == ["registered", "taken"]


def test_only_the_holder_or_a_manager_answers(world: World) -> None:
    complaint = world.taken()
    for outsider in (world.reza, world.auditor, world.administrator, world.agent):
        with pytest.raises(Refused):
            actions.respond(complaint, text="Not mine.", by=outsider)
    assert complaint.responses.count() == 0
    actions.respond(complaint, text="From the manager.", by=world.manager)
    assert complaint.responses.count() == 1


def test_side_exits_keep_the_number_and_the_reason(world: World) -> None:
    complaint = world.taken()
    actions.mark_misdirected(complaint, text="For the water company.", by=world.sara)
    assert complaint.closure_reason == ClosureReason.MISDIRECTED
    assert complaint.reference == "1405-000001"
    assert complaint.closures.get().text == "For the water company."


def test_a_record_can_be_made_a_complaint_and_back(world: World) -> None:
    complaint = world.complaint(record_type="enquiry")
    actions.convert(complaint, record_type="complaint", by=world.sara)
    actions.convert(complaint, record_type="enquiry", by=world.sara)
    assert complaint.record_type == "enquiry"
    assert kinds(complaint)[-2:] == ["converted", "converted"]


def test_an_anonymous_complainant_is_a_party_without_a_name(world: World) -> None:
    complaint = world.complaint(complainant=None)
    assert complaint.is_anonymous
    assert complaint.complainant.name == ""


def test_a_representative_speaks_for_the_complainant(world: World) -> None:
    complaint = world.complaint(
        complainant=Introduction(name="An old lady"),
        representative=Introduction(name="Her son", email="son@example.com"),
    )
    actions.withdraw(complaint, by=complaint.representative)
    assert complaint.closure_reason == ClosureReason.WITHDRAWN


def test_each_issue_line_gets_its_own_finding(world: World) -> None:
    complaint = world.taken()
    second = actions.add_issue_line(complaint, subject="staff", text="The installer was rude.", by=world.sara)
    first = complaint.issue_lines.get(position=1)
    actions.record_finding(complaint, line=first, finding="upheld", reasons="The drum is worn.", by=world.sara)
    actions.record_finding(complaint, line=second, finding="not_upheld", reasons="No witness.", by=world.sara)
    found = list(complaint.issue_lines.values_list("position", "finding"))
    assert found == [(1, "upheld"), (2, "not_upheld")]
