"""Content: kinds of record turn either way, issue lines get findings of their own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shenava.common import clock
from shenava.complaints import actions
from shenava.complaints.models import RecordType
from shenava.journal.actions import Refused
from shenava.journal.models import Entry
from shenava.process.models import WorkItem
from tests.complaints.reading import everything, kinds, running
from tests.world import MONDAY, World


@pytest.mark.parametrize("kind", [kind for kind in RecordType if kind != RecordType.COMPLAINT])
def test_every_kind_of_record_can_become_a_complaint_and_back(world: World, kind: str) -> None:
    record = world.complaint(record_type=kind)
    actions.convert(record, record_type="complaint", by=world.sara)
    actions.convert(record, record_type=kind, by=world.sara)
    record.refresh_from_db()
    assert (record.record_type, record.reference, record.stage) == (kind, "1405-000001", "registered")
    turns = Entry.objects.filter(kind="complaint.converted").order_by("seq").values_list("data", flat=True)
    assert list(turns) == [{"before": kind, "after": "complaint"}, {"before": "complaint", "after": kind}]


def test_an_enquiry_that_becomes_a_complaint_is_promised_what_a_complaint_is(world: World) -> None:
    with clock.set_to(MONDAY):
        record = world.complaint(record_type="enquiry")
    with clock.set_to(MONDAY + timedelta(days=2)):
        actions.convert(record, record_type="complaint", by=world.sara)
    assert (record.due_at - MONDAY).days == 12
    assert WorkItem.objects.open().get(complaint=record).due_at == record.due_at
    assert record.clocks.open().get(kind="answer").due_at == record.due_at


def test_a_promise_once_given_is_not_put_off_by_another_name(world: World) -> None:
    with clock.set_to(MONDAY):
        enquiry, complaint = world.complaint(record_type="enquiry"), world.complaint()
        promised = (enquiry.due_at, complaint.due_at)
        actions.convert(complaint, record_type="suggestion", by=world.sara)
    with clock.set_to(MONDAY + timedelta(days=12)):
        actions.convert(enquiry, record_type="complaint", by=world.sara)
    assert (enquiry.due_at, complaint.due_at) == promised
    assert running(complaint) == ["acknowledge", "answer"]


def test_what_was_answered_or_closed_gets_no_new_promise(world: World) -> None:
    closed = world.taken()
    actions.mark_not_a_complaint(closed, text="A compliment.", by=world.sara)
    actions.convert(closed, record_type="compliment", by=world.sara)
    assert (closed.record_type, closed.stage, running(closed)) == ("compliment", "not_a_complaint", [])


def test_turning_it_into_what_it_is_changes_nothing(world: World) -> None:
    complaint = world.taken()
    before = everything(complaint)
    with pytest.raises(Refused, match="already"):
        actions.convert(complaint, record_type="complaint", by=world.sara)
    assert everything(complaint) == before


def test_issue_lines_are_numbered_in_the_order_in_which_they_were_found(world: World) -> None:
    complaint = world.taken()
    actions.add_issue_line(complaint, subject="staff", text="The installer was rude.", by=world.sara)
    actions.add_issue_line(complaint, subject="process", text="Nobody rang back.", by=world.sara)
    lines = list(complaint.issue_lines.values_list("position", "subject"))
    assert lines == [(1, "product"), (2, "staff"), (3, "process")]


def test_a_finding_says_who_found_what_and_why_and_may_be_corrected(world: World) -> None:
    complaint = world.taken()
    line = complaint.issue_lines.get()
    actions.record_finding(complaint, line=line, finding="upheld", reasons="The drum is worn.", by=world.sara)
    actions.record_finding(complaint, line=line, finding="partly", reasons="Worn, but by misuse too.", by=world.sara)
    line.refresh_from_db()
    assert (line.finding, line.reasons, line.found_by) == ("partly", "Worn, but by misuse too.", world.sara)
    assert kinds(complaint)[-2:] == ["finding_recorded", "finding_recorded"]


def test_a_finding_belongs_to_a_line_of_this_complaint(world: World) -> None:
    complaint, other = world.taken(), world.taken()
    before = everything(other)
    with pytest.raises(Refused, match="another complaint"):
        actions.record_finding(complaint, line=other.issue_lines.get(), finding="upheld", reasons="x", by=world.sara)
    assert everything(other) == before
    assert kinds(complaint) == ["registered", "taken"]
