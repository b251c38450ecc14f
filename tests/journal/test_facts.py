"""Facts carry ids and enumerations; each has an icon and a sentence in every language."""

from __future__ import annotations

import dataclasses
import re
from string import Formatter

import pytest
from django.conf import settings
from django.utils import translation

from shenava.journal.facts import Fact, all_facts, fact
from shenava.ui.icons import icon

FACTS = sorted(all_facts().values(), key=lambda shape: (shape.key, shape.version))
PLAIN = {"int", "bool", "date", "datetime"}
COLUMNS = {
    ("messages.mailbox_changed", "fields"),
    ("messages.template_changed", "fields"),
    ("complaint.step_moved", "to"),
}  # names of columns that changed, never what stands in them; keys of steps
each_fact = pytest.mark.parametrize("shape", FACTS, ids=lambda shape: f"{shape.key}-{shape.version}")


@each_fact
def test_a_fact_holds_ids_enumerations_numbers_and_moments_and_no_free_words(shape: type[Fact]) -> None:
    worded = {name for name, kind in shape.kinds().items() if kind not in PLAIN}
    named = {name for key, name in COLUMNS if key == shape.key}
    assert worded - named <= set(shape.labels)
    assert all(shape.kinds()[name] in ("str", "int") for name in shape.labels)
    assert all(len(shape.labels[name].choices) > 1 for name in shape.labels)


@each_fact
def test_no_field_of_a_fact_sounds_like_a_name_an_address_or_a_text(shape: type[Fact]) -> None:
    suspect = re.compile(r"name|email|mail_?address|phone|address|text|title|subject|description|reason_text|password")
    assert [name for name in shape.kinds() if suspect.fullmatch(name)] == []


@each_fact
def test_parties_of_a_fact_are_numbers_of_its_own_fields(shape: type[Fact]) -> None:
    assert {shape.kinds().get(name) for name in shape.parties} <= {"int"}


@each_fact
def test_the_icon_of_a_fact_exists(shape: type[Fact]) -> None:
    assert "<svg" in icon(shape.icon)


@each_fact
@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_a_fact_is_one_sentence_in_every_language_and_needs_what_it_has(shape: type[Fact], language: str) -> None:
    with translation.override("en"):
        plain = [str(shape.sentence), str(shape.public_sentence)]
    with translation.override(language):
        told = [str(shape.sentence), str(shape.public_sentence)]
    known = {"by", *shape.kinds()}
    assert told[0]
    for sentence, original in zip(told, plain, strict=True):
        placeholders = {name for _text, name, _format, _conversion in Formatter().parse(sentence) if name}
        assert placeholders <= known
        assert (sentence == original) == (language == "en" or original == "")


@each_fact
def test_a_fact_cannot_change(shape: type[Fact]) -> None:
    assert dataclasses.fields(shape) is not None
    assert shape.__dataclass_params__.frozen  # type: ignore[attr-defined]


def test_a_key_and_version_are_taken_once() -> None:
    with pytest.raises(ValueError, match="taken by Registered"):
        fact("complaint.registered", 1)(Fact)
