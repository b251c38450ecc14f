"""Entries are worded when they are read, in the reader's language, calendar and digits."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from shenava.common import clock
from shenava.complaints import actions as complaints
from shenava.deadlines import actions as deadlines
from shenava.deadlines.models import PromiseRule
from shenava.journal.models import Entry
from shenava.journal.recording import record
from shenava.journal.wording import Reading, lines
from shenava.people import actions, facts
from shenava.people.models import Party, Role
from tests.world import MONDAY, World

ENGLISH = Reading("en", "gregorian", "UTC")
PERSIAN = Reading("fa", "jalali", "Asia/Tehran")
HEBREW = Reading("he", "hebrew", "Asia/Jerusalem")


def newest(stream: str, reading: Reading = ENGLISH, *, public: bool = False) -> str:
    entries = Entry.objects.filter(stream__name=stream).order_by("-seq")[:1]
    with translation.override(reading.language):
        return lines(entries, reading, public=public)[0].sentence


@pytest.mark.parametrize(
    ("reading", "words"),
    [
        (ENGLISH, "<bdi>Dara Karimi</bdi> set the hours of 21 March 2026."),
        (PERSIAN, "۱ فروردین ۱۴۰۵"),
        (HEBREW, "ג׳ בניסן תשפ״ו"),
    ],
)
def test_days_and_numbers_are_the_readers(world: World, reading: Reading, words: str) -> None:
    calendar = world.organisation.calendar
    deadlines.set_day(calendar, day=date(2026, 3, 21), name="x", intervals=(), by=world.administrator)
    assert words in newest("settings", reading)


def test_counts_are_in_the_readers_digits(world: World) -> None:
    actions.end_sessions(world.sara, by=world.administrator)
    assert "۰" in newest("people", PERSIAN)
    assert "ended 0 logins of <bdi>Sara Rostami</bdi>" in newest("people")


def test_moments_are_where_the_reader_is(world: World) -> None:
    with clock.set_to(MONDAY):
        complaint = world.complaint()
    assert "Thursday 3 December 2026, 20:29" in newest(complaint.journal_stream, public=True)
    assert "۱۲ آذر ۱۴۰۵، ۲۳:۵۹" in newest(complaint.journal_stream, PERSIAN, public=True)


@pytest.mark.parametrize(
    ("reading", "role", "scope"),
    [(ENGLISH, "approver", "everywhere"), (PERSIAN, "تأیید", "همه جا"), (HEBREW, "מאשר", "בכל מקום")],
)
def test_enumerations_and_empty_fields_have_words(world: World, reading: Reading, role: str, scope: str) -> None:
    actions.grant_role(world.sara, role=Role.APPROVER, unit=None, by=world.administrator)
    sentence = newest("people", reading)
    assert role in sentence
    assert scope in sentence
    assert "None" not in sentence


def test_a_name_that_is_changed_or_forgotten_changes_in_all_sentences(world: World) -> None:
    complaint = world.taken()
    assert newest(complaint.journal_stream) == "<bdi>Sara Rostami</bdi> took the complaint."
    Party.objects.filter(pk=world.sara.pk).update(name="")
    assert newest(complaint.journal_stream) == "<bdi>Unnamed</bdi> took the complaint."


def test_a_name_cannot_write_into_the_page(world: World) -> None:
    Party.objects.filter(pk=world.sara.pk).update(name="<script>alert(1)</script>{by}")
    complaint = world.taken()
    assert newest(complaint.journal_stream).startswith("<bdi>&lt;script&gt;alert(1)&lt;/script&gt;{by}</bdi>")


def test_whoever_stands_in_is_named_with_whom_he_stands_in_for(world: World) -> None:
    record("people", facts.PasswordChanged(), by=world.reza, on_behalf_of=world.sara)
    assert newest("people").startswith("<bdi>Reza Ahmadi</bdi> (for <bdi>Sara Rostami</bdi>)")


@pytest.mark.parametrize("reading", [ENGLISH, PERSIAN, HEBREW])
@pytest.mark.parametrize(
    "shape", [{"key": "complaint.sung"}, {"version": 99}, {"key": "people.joined"}], ids=["key", "version", "fields"]
)
def test_an_unknown_or_older_shape_still_shows(world: World, reading: Reading, shape: dict[str, object]) -> None:
    class Older(facts.PasswordChanged):
        pass

    for name, value in shape.items():
        setattr(Older, name, value)
    record("people", Older(), by=world.sara)
    sentence = newest("people", reading)
    assert "<bdi>Sara Rostami</bdi>" in sentence
    assert f"({Older.key})" in sentence


def test_only_public_facts_are_told_to_the_complainant(world: World) -> None:
    complaint = world.taken()
    complaints.note(complaint, text="x", by=world.sara)
    entries = Entry.objects.filter(stream__name=complaint.journal_stream).order_by("seq")
    told = [line.sentence for line in lines(entries, ENGLISH, public=True)]
    assert len(told) == 2
    assert not any("Sara" in sentence for sentence in told)


def test_a_hundred_entries_are_worded_with_one_query_for_names(world: World, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    complaint = world.taken()
    for _ in range(50):
        complaints.note(complaint, text="x", by=world.sara)
    entries = list(Entry.objects.filter(stream__name=complaint.journal_stream).order_by("seq"))
    with django_assert_num_queries(1):
        assert len(lines(entries, ENGLISH)) == 52


def test_a_promise_that_is_none_is_not_told_as_none(world: World) -> None:
    PromiseRule.objects.update(is_active=False)
    complaint = world.complaint()
    assert "None" not in newest(complaint.journal_stream, public=True)
