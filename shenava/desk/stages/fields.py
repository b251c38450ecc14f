"""What a condition in a process may look at: facts of the complaint, and what came of its tasks."""

from __future__ import annotations

from shenava.process import vocabulary
from shenava.process.fields import CHOICE, Choice, Field
from shenava.process.kernel import named
from shenava.process.stages import Form, Place
from shenava.process.stages.form import TASK

LEFT_OUT = ("stage",)


def fields_of(form: Form, language: str) -> dict[str, Field]:
    """Every field that a condition of this process may name, by key."""
    found = {one.key: one for one in vocabulary.all_fields() if one.key not in LEFT_OUT}
    return found | {one.key: _outcome(one, language) for one in form.places if one.kind == TASK and one.ways}


def said_in(names: dict[str, str], language: str, otherwise: str = "") -> str:
    """A name in a language, else in English, else in any."""
    return named(names, language) or otherwise


def _outcome(task: Place, language: str) -> Field:
    choices: list[Choice] = [(way.on, said_in(dict(way.names), language, way.on)) for way in task.ways if way.on]
    return Field(task.key, said_in(task.names, language, task.key), CHOICE, lambda: choices)
