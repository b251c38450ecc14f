"""Intake: number, code, secret, promise and words of a complaint that has just come in."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from shenava.common import clock, tokens
from shenava.complaints import actions
from shenava.complaints.models import Channel, Complaint
from shenava.deadlines.models import Clock
from shenava.messages.models import Message
from shenava.people.parties import Introduction
from tests.complaints.reading import kinds, running
from tests.world import MONDAY, World

NOUROUZ = datetime(2027, 3, 20, 20, 30, tzinfo=UTC)  # midnight in Tehran, the first of Farvardin 1406
SECOND = timedelta(seconds=1)


def test_the_year_of_a_number_turns_at_midnight_of_nourouz_where_the_organisation_is(world: World) -> None:
    with clock.set_to(NOUROUZ - SECOND):
        last = world.complaint()
    with clock.set_to(NOUROUZ):
        first, second = world.complaint(), world.complaint()
    assert [last.reference, first.reference, second.reference] == ["1405-000001", "1406-000001", "1406-000002"]


@pytest.mark.parametrize(
    ("calendar", "zone", "before", "after"),
    [
        ("gregorian", "Asia/Tehran", "2026-000001", "2027-000001"),
        ("gregorian", "America/Los_Angeles", "2026-000001", "2026-000002"),
    ],
)
def test_numbers_follow_the_calendar_and_the_time_zone_of_the_organisation(
    world: World, calendar: str, zone: str, before: str, after: str
) -> None:
    world.organisation.calendar_kind, world.organisation.time_zone = calendar, zone
    world.organisation.save()
    turn = datetime(2026, 12, 31, 20, 30, tzinfo=UTC)
    with clock.set_to(turn - SECOND):
        last = world.complaint()
    with clock.set_to(turn):
        first = world.complaint()
    assert [last.reference, first.reference] == [before, after]


def test_a_number_once_given_is_never_changed_not_even_behind_the_programs_back(world: World) -> None:
    complaint = world.complaint()
    with pytest.raises(DatabaseError), transaction.atomic():
        Complaint.objects.filter(pk=complaint.pk).update(reference="1405-000099")
    complaint.refresh_from_db()
    assert complaint.reference == "1405-000001"


def test_the_number_outlives_every_kind_of_change(world: World) -> None:
    complaint = world.responded()
    actions.record_acceptance(complaint, by=complaint.complainant)
    actions.reopen(complaint, text="Again.", by=complaint.complainant)
    actions.convert(complaint, record_type="enquiry", by=world.sara)
    complaint.refresh_from_db()
    assert complaint.reference == "1405-000001"


def test_the_public_code_has_no_letters_that_look_alike_and_is_nobody_elses(world: World) -> None:
    codes = {world.complaint().public_code for _ in range(20)}
    assert len(codes) == 20
    assert all(re.fullmatch(r"[2-9A-HJKMNP-Z]{10}", code) for code in codes)


def test_of_the_secret_only_a_hash_is_kept(world: World) -> None:
    secret = tokens.human_secret()
    complaint = world.complaint(secret=secret)
    row = Complaint.objects.filter(pk=complaint.pk).values().get()
    assert row["secret_hash"] == tokens.digest(tokens.normalise_human_secret(secret.lower().replace("-", " ")))
    assert secret not in str(row)


def test_an_answer_is_promised_from_the_moment_of_receipt_by_the_rule_of_the_record(world: World) -> None:
    with clock.set_to(MONDAY):
        complaint, enquiry = world.complaint(), world.complaint(record_type="enquiry")
        late = world.complaint(received_at=MONDAY - timedelta(days=3))
    assert (complaint.due_at - MONDAY).days == 10
    assert (enquiry.due_at - MONDAY).days == 15
    assert complaint.due_at - late.due_at == timedelta(days=3)
    assert running(complaint) == ["acknowledge", "answer"]
    assert Clock.objects.get(complaint=complaint, kind="answer").due_at == complaint.due_at


def test_the_longest_text_is_kept_to_its_last_letter(world: World) -> None:
    text = "شکایت " * 3333 + "پا"
    complaint = world.complaint(description=text)
    complaint.refresh_from_db()
    assert (len(complaint.description), complaint.description) == (20_000, text)
    assert Message.objects.get(complaint=complaint).text == text


def test_what_no_database_takes_and_no_reader_sees_is_left_out(world: World) -> None:
    complaint = world.complaint(
        description="It\0 shakes\ud800.\r\nLoudly.\u2028Often.",
        title="Shakes\u202e gnitirw\0",
        product="Model\u202e 7\0",
        expectation="Mend\0 it\udfff",
        complainant=Introduction(name="Mahsa\u202e Kianpour\u200b\0"),
        representative=Introduction(name="\u2067Her son\u2069"),
        authority="As her\u202e son\0",
    )
    complaint.refresh_from_db()
    assert complaint.description == "It shakes.\nLoudly.\nOften."
    assert (complaint.title, complaint.product, complaint.expectation) == ("Shakes gnitirw", "Model 7", "Mend it")
    assert (str(complaint.complainant), str(complaint.representative)) == ("Mahsa Kianpour", "Her son")
    assert complaint.authority == "As her son"


def test_what_came_by_an_open_channel_is_not_taken_as_proven(world: World) -> None:
    said = {channel: world.complaint(channel=channel) for channel in (Channel.PORTAL, Channel.FAX, Channel.PHONE)}
    verdicts = {channel: Message.objects.get(complaint=one).sender_verdict for channel, one in said.items()}
    assert verdicts == {Channel.PORTAL: "unverified", Channel.FAX: "unverified", Channel.PHONE: "verified"}


def test_without_a_unit_it_lies_with_the_intake_unit_and_with_a_closed_one_with_the_unit_above(world: World) -> None:
    assert world.complaint(unit=None).owner == world.service.party
    assert kinds(world.complaint(unit=world.sales)) == ["registered"]
