"""Gathering: many tables by one statement give the same rows as each of them asked for itself."""

from __future__ import annotations

from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from shenava.common.gathering import attach, gathering, keep
from shenava.complaints import actions
from shenava.complaints.models import Complaint, IssueLine, Note, Summary
from shenava.journal.models import Entry
from shenava.messages.models import Message, Outgoing
from shenava.people.models import Party
from shenava.process.models import Instance
from tests.world import World


def values(row: Model) -> dict[str, object]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_the_rows_are_those_that_each_question_would_have_given(world: World) -> None:
    complaint = world.taken()
    actions.note(complaint, text="It is the drum.\u200c «تشت»", by=world.sara)
    actions.note(complaint, text="It is not.", by=world.expert)
    questions = [
        Complaint.objects.filter(pk=complaint.pk), IssueLine.objects.all(), Note.objects.order_by("-at", "-pk"),
        Entry.objects.filter(stream__name=complaint.journal_stream), Message.objects.all(), Summary.objects.all(),
        Outgoing.objects.all(), Instance.objects.all(), Party.objects.all(),
    ]  # fmt: skip
    with CaptureQueriesContext(connection) as asked:
        gathered = gathering(*questions).rows()
    assert len(asked) == 1
    plain = [list(question if question.ordered else question.order_by("pk")) for question in questions]
    assert [[values(row) for row in rows] for rows in gathered] == [[values(row) for row in rows] for rows in plain]
    assert [row.text for row in gathered[2]] == ["It is not.", "It is the drum.\u200c «تشت»"]


def test_what_was_gathered_is_asked_for_no_more(world: World) -> None:
    complaint = world.taken()
    actions.note(complaint, text="It is the drum.", by=world.sara)
    (notes,) = gathering(Note.objects.filter(complaint=-1)).rows({-1: complaint.pk})
    attach(notes, "by", {world.sara.pk: world.sara})
    keep(complaint, "notes", notes)
    keep(notes[0], "files", [])
    with CaptureQueriesContext(connection) as asked:
        (note,) = complaint.notes.all()
        assert (note.by, note.complaint, list(note.files.all())) == (world.sara, complaint, [])
    assert len(asked) == 0
    assert complaint.notes.count() == complaint.notes.filter(by=world.sara).count() == 1
