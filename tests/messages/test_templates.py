"""Words of the organisation: what may stand in them, and what becomes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from shenava.journal.actions import Refused
from shenava.journal.models import Entry
from shenava.messages import actions, examples, placeholders, texts
from shenava.messages.actions import Words
from shenava.messages.models import Template
from shenava.people.models import Organisation
from tests.world import World

OWN = Words(subject="{number} is with us", body="You hear from us by {promised}.\n\nFollow {number} here: {link}")
DUE = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
CARE = Organisation(name="Arman Care", calendar_kind="gregorian", time_zone="UTC")
FACTS = texts.ComplaintFacts("1405-000123", "K7QX22MPAB", "", DUE, CARE)


def test_where_no_date_is_promised_words_that_speak_of_one_are_not_sent() -> None:
    undated, own = replace(FACTS, due_at=None), texts.Wording(OWN.subject, OWN.body)
    assert texts.acknowledgement(undated, language="en", own=own) == texts.acknowledgement(undated, language="en")
    assert "You hear from us by" in texts.acknowledgement(FACTS, language="en", own=own).body


@pytest.mark.parametrize(
    "typed",
    [
        "{name}", "{received}", "{0.__class__}", "{number.__class__}", "{number!r:>9}", "{{7*7}}", "{% load x %}",
        "{", "}", "{Number}",
    ],
)  # fmt: skip
def test_what_an_acknowledgement_is_not_offered_is_refused_at_its_field(world: World, typed: str) -> None:
    with pytest.raises(ValidationError) as refused:
        actions.add_template(
            kind="acknowledgement", language="en", words=replace(OWN, body=OWN.body + typed), by=world.administrator
        )
    assert set(refused.value.message_dict) == {"body"}
    assert placeholders.strange(typed, ())[0] in refused.value.message_dict["body"][0]
    assert not Template.objects.exists()


@pytest.mark.parametrize("needed", ["{number}", "{promised}", "{link}"])
def test_an_acknowledgement_has_to_say_number_date_and_way(world: World, needed: str) -> None:
    words = replace(OWN, body=OWN.body.replace(needed, "…"))
    with pytest.raises(ValidationError, match=needed):
        actions.add_template(kind="acknowledgement", language="en", words=words, by=world.administrator)
    assert not Template.objects.exists()


def test_the_subject_of_a_mail_gets_no_link(world: World) -> None:
    words = replace(OWN, subject="{number} {link}")
    with pytest.raises(ValidationError) as refused:
        actions.add_template(kind="acknowledgement", language="en", words=words, by=world.administrator)
    assert set(refused.value.message_dict) == {"subject"}
    assert not Template.objects.exists()


@pytest.mark.parametrize(
    ("kind", "language", "words"),
    [
        ("acknowledgement", "en", replace(OWN, subject="")),
        ("acknowledgement", "en", replace(OWN, name="Ours")),
        ("acknowledgement", "xx", OWN),
        ("response", "en", Words(body="We are sorry.")),
        ("response", "en", Words(body="", name="Sorry")),
        ("policy", "en", Words(body="We have {number} complaints.")),
        ("else", "en", Words(body="We are sorry.")),
    ],
)
def test_impossible_ones_are_refused(world: World, kind: str, language: str, words: Words) -> None:
    with pytest.raises(ValidationError):
        actions.add_template(kind=kind, language=language, words=words, by=world.administrator)
    assert not Template.objects.exists()


def test_there_is_one_acknowledgement_a_language(world: World) -> None:
    actions.add_template(kind="acknowledgement", language="en", words=OWN, by=world.administrator)
    with pytest.raises(ValidationError, match="already"):
        actions.add_template(kind="acknowledgement", language="en", words=OWN, by=world.administrator)
    assert Template.objects.count() == 1


def test_each_change_leaves_its_fact_with_what_changed_and_not_to_what(world: World) -> None:
    own = actions.add_template(kind="acknowledgement", language="en", words=OWN, by=world.administrator)
    actions.change_template(own, words=replace(OWN, subject="Ours: {number}"), by=world.administrator)
    added, changed = Entry.objects.filter(kind__startswith="messages.template_").order_by("seq")
    told = {"template": own.pk, "kind": "acknowledgement", "language": "en"}
    assert (added.stream.name, added.data) == ("settings", told)
    assert (changed.stream.name, changed.data) == ("settings", told | {"fields": ["subject"]})


def test_only_an_administrator_writes_them(world: World) -> None:
    own = actions.add_template(kind="acknowledgement", language="en", words=OWN, by=world.administrator)
    with pytest.raises(Refused):
        actions.change_template(own, words=replace(OWN, subject="Hers"), by=world.sara)
    with pytest.raises(Refused):
        actions.add_template(kind="policy", language="en", words=Words(body="Hers"), by=world.manager)
    assert [one.subject for one in Template.objects.all()] == [OWN.subject]


def test_a_piece_of_an_answer_is_filled_in_once_and_a_name_may_be_missing() -> None:
    def filled(body: str, name: str) -> str:
        return texts.piece_of_an_answer(body, FACTS, name=name, received_at=DUE, language="en")

    assert filled("Dear {name}, about {number}:", "{code} {x}") == "Dear {code} {x}, about 1405-000123:"
    assert filled("Dear {name},", "") == "Dear customer,"


def test_a_promise_that_was_not_made_is_not_passed_over_in_silence() -> None:
    undated = replace(FACTS, due_at=None)
    said = texts.piece_of_an_answer("By {promised}.", undated, name="", received_at=DUE, language="en")
    assert said == "By {promised}."


@pytest.mark.parametrize("language", ["en", "fa", "he"])
@pytest.mark.parametrize("kind", ["acknowledgement", "response", "policy"])
def test_every_placeholder_has_a_meaning_and_an_example_that_fills_it(world: World, kind: str, language: str) -> None:
    rows = examples.table(Template(kind=kind, language=language))
    body = " ".join(str(row["written"]) for row in rows)
    shown = examples.filled(Template(kind=kind, language=language, subject="{number}", body=body))
    assert all(row["meaning"] and row["example"] for row in rows)
    assert "{" not in shown.subject + shown.body
