"""Reasons stand beside what they were given for: for staff all of them, for the complainant his own."""

from __future__ import annotations

from django.test import Client

from shenava.common import tokens
from shenava.complaints import actions
from shenava.complaints.models import Complaint
from tests.world import World, log_in


def read_by_staff(world: World, complaint: Complaint) -> str:
    return log_in(Client(), world.sara).get(f"/desk/complaints/{complaint.reference}/").content.decode()


def read_by_complainant(complaint: Complaint, key: str) -> str:
    stranger = Client()
    stranger.post("/track/", {"code": complaint.public_code, "secret": key})
    return stranger.get(f"/complaints/{complaint.public_code}/").content.decode()


def test_why_it_was_rejected_accepted_and_opened_again_is_read_by_both(world: World) -> None:
    key = tokens.human_secret()
    complaint = world.complaint(secret=key)
    actions.take(complaint, by=world.sara)
    actions.respond(complaint, text="Clean the filter.", by=world.sara)
    actions.record_rejection(complaint, text="It was clean.", by=complaint.complainant)
    actions.respond(complaint, text="The pump is exchanged.", by=world.sara)
    actions.record_acceptance(complaint, text="Quiet now.", by=complaint.complainant)
    actions.reopen(complaint, text="It is <b>loud</b> again.", by=complaint.complainant)
    for page in (read_by_staff(world, complaint), read_by_complainant(complaint, key)):
        said = [page.count(words) for words in ("It was clean.", "Quiet now.", "It is &lt;b&gt;loud&lt;/b&gt; again.")]
        assert said == [1, 1, 1]


def test_why_staff_closed_it_is_for_staff_and_what_he_was_written_stands_there_once(world: World) -> None:
    key = tokens.human_secret()
    exhausted, elsewhere = world.complaint(secret=key), world.taken()
    actions.take(exhausted, by=world.sara)
    actions.respond(exhausted, text="No.", by=world.sara)
    actions.close(exhausted, text="Nothing else can be done.", by=world.sara)
    actions.mark_misdirected(elsewhere, text="Turn to the water board.", by=world.sara)
    assert "Nothing else can be done." in read_by_staff(world, exhausted)
    assert "Nothing else can be done." not in read_by_complainant(exhausted, key)
    assert read_by_staff(world, elsewhere).count("Turn to the water board.") == 1


def test_a_withdrawal_keeps_its_remark(world: World) -> None:
    complaint = world.taken()
    actions.withdraw(complaint, text="We settled it.", by=complaint.complainant)
    assert "We settled it." in read_by_staff(world, complaint)
