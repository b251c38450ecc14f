"""Conversation: receipt is acknowledged once, what does not arrive is an alarm, additions are never too late."""

from __future__ import annotations

import pytest

from shenava.common import clock
from shenava.complaints import actions, sweeps
from shenava.journal.actions import Refused
from shenava.messages.models import Message, Outgoing
from shenava.people.parties import Introduction
from shenava.process.models import WorkItem
from tests.complaints.reading import everything, kinds, open_holders, running
from tests.world import World


def add(world: World, complaint: object, text: str = "It also leaks.") -> Message:
    addition = actions.Addition(text=text, channel="portal")
    return actions.add_information(complaint, addition=addition, by=complaint.complainant)  # type: ignore[attr-defined]


def test_acknowledging_tells_number_code_and_date_and_stops_its_clock(world: World) -> None:
    complaint = world.complaint()
    actions.acknowledge(complaint, by=world.system)
    mail = Outgoing.objects.get(complaint=complaint)
    words = mail.body or mail.message.text
    assert mail.to_email == "mahsa@example.com"
    assert complaint.reference in words
    assert complaint.public_code in words
    assert complaint.acknowledged_at is not None
    assert running(complaint) == ["answer"]


@pytest.mark.parametrize("hostile", ["Buy cheap watches at http://evil.example", "<b>You have won</b>"])
def test_the_acknowledgement_carries_nothing_of_what_the_stranger_wrote(world: World, hostile: str) -> None:
    complaint = world.complaint(
        description=hostile, title=hostile, product=hostile, expectation=hostile,
        complainant=Introduction(name=hostile, email="victim@example.com"),
    )  # fmt: skip
    actions.acknowledge(complaint, by=world.system)
    mail = Outgoing.objects.get(complaint=complaint)
    assert hostile not in mail.subject + mail.body + mail.message.text + mail.message.subject


def test_a_victim_of_false_complaints_gets_three_acknowledgements_a_day_and_the_others_are_held(world: World) -> None:
    spellings = ["victim@example.com", "VICTIM@example.com", "victim+1@example.com", "victim+2@example.com"] * 3
    for address in spellings:
        complaint = world.complaint(complainant=Introduction(name="X", email=address))
        actions.acknowledge(complaint, by=world.system)
    states = list(Outgoing.objects.order_by("pk").values_list("state", flat=True))
    assert (states.count("due"), states.count("held")) == (3, 9)


def test_without_an_address_the_receipt_on_the_screen_was_the_acknowledgement(world: World) -> None:
    complaint = world.complaint(complainant=None)
    actions.acknowledge(complaint, by=world.system)
    assert Outgoing.objects.count() == 0
    assert kinds(complaint) == ["registered", "acknowledged"]


def test_the_sweep_acknowledges_once_however_often_it_runs(world: World) -> None:
    complaint = world.complaint()
    sweeps.acknowledge_one(complaint_id=complaint.pk)
    sweeps.acknowledge_one(complaint_id=complaint.pk)
    assert kinds(complaint) == ["registered", "acknowledged"]
    assert Outgoing.objects.count() == 1


def test_an_acknowledgement_that_does_not_arrive_is_work_for_the_holder_once(world: World) -> None:
    complaint = world.taken()
    actions.acknowledge(complaint, by=world.system)
    Outgoing.objects.update(state="bounced")
    sweeps.alarm_undelivered()
    sweeps.alarm_undelivered()
    alarm = WorkItem.objects.get(title="acknowledgement_undelivered")
    assert (alarm.holder, alarm.kind, alarm.closed_at) == (world.sara, WorkItem.Kind.TASK, None)
    assert kinds(complaint).count("acknowledgement_undelivered") == 1


def test_an_impossible_address_is_an_alarm_too(world: World) -> None:
    complaint = world.complaint(complainant=Introduction(name="Mahsa", email="mahsa@@nowhere"))
    actions.acknowledge(complaint, by=world.system)
    sweeps.alarm_undelivered()
    assert kinds(complaint)[-1] == "acknowledgement_undelivered"


def test_nobody_but_the_program_raises_the_alarm(world: World) -> None:
    complaint = world.taken()
    actions.acknowledge(complaint, by=world.system)
    before = everything(complaint)
    with pytest.raises(Refused):
        actions.record_undelivered(complaint, outgoing=Outgoing.objects.get(), by=world.manager)
    assert everything(complaint) == before


def test_what_the_complainant_adds_brings_an_answered_complaint_back_into_the_cartable(world: World) -> None:
    complaint = world.responded()
    assert open_holders(complaint) == []
    message = add(world, complaint)
    assert (complaint.stage, open_holders(complaint)) == ("responded", ["Sara Rostami"])
    assert (message.author, message.direction) == (complaint.complainant, "in")


def test_a_closed_complaint_keeps_what_is_added_and_stays_closed(world: World) -> None:
    complaint = world.responded()
    actions.record_acceptance(complaint, by=complaint.complainant)
    add(world, complaint, "Thank you\0 again.")
    assert complaint.stage == "closed"
    assert Message.objects.filter(complaint=complaint).latest("pk").text == "Thank you again."


def test_what_is_said_after_the_end_is_shown_once_to_whoever_answered_for_it(world: World) -> None:
    complaint = world.responded()
    actions.record_acceptance(complaint, by=complaint.complainant)
    add(world, complaint, "It shakes again.")
    add(world, complaint, "Do you hear?")
    task = WorkItem.objects.open().get(complaint=complaint)
    assert (task.title, task.holder, task.due_at) == ("said_after_end", world.sara, None)
    actions.settle_tasks(complaint, by=world.sara)
    assert open_holders(complaint) == []
    assert complaint.stage == "closed"


def test_staff_write_down_what_the_complainant_said_in_the_complainants_name(world: World) -> None:
    complaint = world.taken()
    addition = actions.Addition(text="She rang: it leaks.", channel="phone")
    message = actions.add_information(complaint, addition=addition, by=world.agent)
    assert (message.author, message.channel) == (complaint.complainant, "phone")
    assert kinds(complaint)[-1] == "message_received"


def test_a_stranger_adds_nothing(world: World) -> None:
    complaint, other = world.complaint(), world.complaint()
    before = everything(complaint)
    with pytest.raises(Refused):
        actions.add_information(
            complaint, addition=actions.Addition(text="Let me in.", channel="portal"), by=other.complainant
        )
    assert everything(complaint) == before
    assert clock.now() < complaint.due_at
