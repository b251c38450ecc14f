"""Processes and decision tables in files: written for others, and read with the words that there are here."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import translation

from shenava.people.models import Role
from shenava.process import bpmn, dmn, kernel, vocabulary
from shenava.process.bpmn import Known, Reading, Refusal
from shenava.process.deciding import check
from shenava.process.questions import Question, all_questions

RTL = ("fa", "he")


def bpmn_of(content: Mapping[str, Any], language: str) -> bytes:
    """A process as BPMN, in a language and its direction. Raises FaultyGraphError for what cannot be drawn."""
    with translation.override(language):
        words = {str(value): str(label) for value, label in Role.choices}
        words |= {one.key: str(one.label) for one in all_questions()}
    return bpmn.write(content, language=language, rtl=language in RTL, words=words)


def dmn_of(asked: Question, content: Mapping[str, Any], language: str) -> bytes:
    """A decision table as DMN, its columns named in a language."""
    with translation.override(language):
        words = {key: str(vocabulary.field(key).label) for key in asked.fields}
        words |= {said.key: str(said.label) for said in asked.outputs}
        return dmn.write(content, key=asked.key, name=str(asked.label), words=words)


def read_bpmn(given: bytes) -> Reading:
    """What a file draws, with the roles, operations and tables that there are here."""
    tables = frozenset(one.key for one in all_questions())
    return bpmn.read(given, Known(_roles(), vocabulary.known_operations(), tables))


def read_table(asked: Question, given: bytes) -> tuple[dict[str, Any] | None, list[Refusal]]:
    """The table in a file that answers a question, or all that is refused: also what is asked or said beside it."""
    reading = dmn.read(given, _names(asked))
    found = reading.tables.get(asked.key) or (next(iter(reading.tables.values())) if len(reading.tables) == 1 else None)
    if reading.refused:
        return None, reading.refused
    if found is None:
        return None, [Refusal("decision", "", name, "another_table") for name in reading.tables]
    said = [one.key for one in asked.outputs]
    strange = [Refusal("input", "", name, "unknown_field") for name in found["inputs"] if name not in asked.fields]
    strange += [Refusal("output", "", name, "unknown_answer") for name in found["outputs"] if name not in said]
    content = {**found, "outputs": said}
    strange += [] if strange else _unfit(asked, content)
    return (None, strange) if strange else (content, [])


def faults_in(content: Mapping[str, Any]) -> list[kernel.Fault]:
    """What stands in the way of a process, but for what only the other processes tell."""
    try:
        drawn = kernel.load(content)
    except kernel.FaultyGraphError as faulty:
        return faulty.faults
    return kernel.unsound(drawn) + vocabulary.unknown_words(drawn) + vocabulary.misplaced_ends(drawn)


def _unfit(asked: Question, content: dict[str, Any]) -> list[Refusal]:
    """Cells that compare with what a field cannot be."""
    found = [one for one in check(asked, content) if one.what != "no_answer"]
    return [Refusal("inputEntry", "", f"{(one.row or 0) + 1} · {one.name}", "unknown_value") for one in found]


@cache
def _roles() -> Mapping[str, str]:
    """Every role by its key and by what it is called in each language, in small letters."""
    found = {str(value): str(value) for value in Role.values}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {str(label).casefold(): str(value) for value, label in Role.choices}
    return found


def _names(asked: Question) -> Mapping[str, str]:
    """The fields and answers of a question by what they are called in each language, in small letters."""
    found = {key.casefold(): key for key in (*asked.fields, *(said.key for said in asked.outputs))}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            labels = {str(vocabulary.field(key).label).casefold(): key for key in asked.fields}
            labels |= {str(said.label).casefold(): said.key for said in asked.outputs}
            found = labels | found
    return found
