"""The sheet on which a decision table is written: what a form says becomes the table's data, and the other way.

Names in the form: `column` for each input, `input` for the order they stand in, `rows` for how many rows there are,
`r0.channel.is`, `r0.channel.value` and `r0.channel.to` for a cell, `r0.then.unit` for an answer. Nothing that people
type is read as anything but a value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shenava.common.text import clean_name
from shenava.process import vocabulary
from shenava.process.fields import CHOICE, TEXT, YES_NO, Choice, Field
from shenava.process.questions import Output, Question
from shenava.process.table_actions import MOST_ROWS

OPERATORS: dict[str, Promise | str] = {
    "any": pgettext_lazy("cell of a table", "any"),
    "in": pgettext_lazy("cell of a table", "one of"),
    "not_in": pgettext_lazy("cell of a table", "none of"),
    "is": pgettext_lazy("cell of a table", "is"),
    "is_not": pgettext_lazy("cell of a table", "is not"),
    "at_least": pgettext_lazy("cell of a table", "at least"),
    "at_most": pgettext_lazy("cell of a table", "at most"),
    "between": pgettext_lazy("cell of a table", "between"),
    "empty": pgettext_lazy("cell of a table", "not given"),
    "not_empty": pgettext_lazy("cell of a table", "given"),
    "yes": _("yes"),
    "no": _("no"),
}
YES_OR_NO = {"yes": True, "no": False}


@dataclass(frozen=True)
class Option:
    """One thing to choose."""

    value: str
    label: Any
    is_chosen: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell as the form shows it: what is compared, with what."""

    name: str
    label: Any
    kind: str
    operators: list[Option]
    options: list[Option]
    value: str = ""
    to: str = ""


@dataclass(frozen=True)
class Answer:
    """What a row says about one thing."""

    name: str
    label: Any
    kind: str
    options: list[Option]
    is_needed: bool


@dataclass
class Line:
    """A row of the sheet, with what was found about it."""

    place: int
    cells: list[Cell]
    answers: list[Answer]
    notes: list[Any] = field(default_factory=list)

    @property
    def number(self) -> int:
        """Rows are counted from one by people."""
        return self.place + 1


def read(question: Question, given: QueryDict) -> dict[str, Any]:
    """The table that a form says. What it names and there is not is left out."""
    ticked = given.getlist("column")
    in_order = dict.fromkeys([*given.getlist("input"), *ticked])  # those that were there stay in their places
    inputs = [key for key in in_order if key in ticked and key in question.fields]
    count = min(number_of(given.get("rows", "")) or 0, MOST_ROWS)
    rows = [_row(question, given, inputs, place) for place in range(count)]
    return {"inputs": inputs, "outputs": [one.key for one in question.outputs], "rows": rows}


def arranged(content: dict[str, Any], do: str) -> dict[str, Any]:
    """The table after a row was added, taken away or moved, as a button of the sheet asks: `add`, `up-2`."""
    rows, (deed, _dash, place) = list(content["rows"]), do.partition("-")
    at = number_of(place)
    if deed == "add":
        rows.append({"if": [], "then": {}})
    elif at is not None and at < len(rows):
        _arrange(rows, deed, at)
    return {**content, "rows": rows}


def lines(question: Question, content: Mapping[str, Any]) -> list[Line]:
    """The rows of a table as the form shows them."""
    shown = [vocabulary.field(key) for key in content["inputs"]]
    choices = {one.key: list(one.choices()) for one in shown} | {
        one.key: list(one.choices()) for one in question.outputs
    }
    return [
        Line(
            place,
            [cell_of(f"r{place}.{one.key}", one, _asked(row, one.key), choices[one.key]) for one in shown],
            [_answer(f"r{place}.then.{one.key}", one, row, choices[one.key]) for one in question.outputs],
        )
        for place, row in enumerate(content["rows"])
    ]


def _arrange(rows: list[dict[str, Any]], deed: str, at: int) -> None:
    if deed == "remove":
        del rows[at]
    if deed == "insert":
        rows.insert(at, {"if": [], "then": {}})
    if deed in ("up", "down"):
        rows.insert(max(at - 1 if deed == "up" else at + 1, 0), rows.pop(at))


def _row(question: Question, given: QueryDict, inputs: list[str], place: int) -> dict[str, Any]:
    cells = [condition_of(given, f"r{place}.{key}", vocabulary.field(key)) for key in inputs]
    said = {one.key: _said(given, f"r{place}.then.{one.key}", one) for one in question.outputs}
    then = {key: value for key, value in said.items() if value not in (None, "", [])}
    return {"if": [cell for cell in cells if cell], "then": then}


def condition_of(given: QueryDict, name: str, asked: Field) -> dict[str, Any] | None:
    """What a cell of a form says of a field; None where it says nothing."""
    operator = given.get(f"{name}.is", "any")
    if asked.kind == YES_NO:
        return {"field": asked.key, "is": "is", "value": YES_OR_NO[operator]} if operator in YES_OR_NO else None
    if operator not in asked.operators:
        return None
    if operator in ("empty", "not_empty"):
        return {"field": asked.key, "is": operator}
    return {"field": asked.key, "is": operator, "value": _value(given, name, asked, operator)}


def _value(given: QueryDict, name: str, asked: Field, operator: str) -> Any:
    """What is compared with; a number that was not written is nothing, and told as a fault."""
    typed = given.getlist(f"{name}.value")
    if asked.kind == CHOICE:
        return [value for value in asked.values if str(value) in typed]
    first = (typed or [""])[0]
    if asked.kind == TEXT:
        return clean_name(first)[:200]
    low, high = number_of(first), number_of(given.get(f"{name}.to", ""))
    return [low, high] if operator == "between" else low


def _said(given: QueryDict, name: str, asked: Output) -> Any:
    typed = given.getlist(name)
    if asked.kind == YES_NO:
        return "yes" in typed or None
    known = [value for value, _label in asked.choices() if str(value) in typed]
    return known if asked.kind == "several" else next(iter(known), None)


def _asked(row: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    return next((one for one in row["if"] if one["field"] == key), {"is": "any"})


def cell_of(name: str, asked: Field, condition: Mapping[str, Any], choices: list[Choice]) -> Cell:
    """A cell of the form, with what it says now."""
    value, chosen = condition.get("value"), condition["is"]
    if asked.kind == YES_NO:
        offered, chosen = ["any", "yes", "no"], {True: "yes", False: "no"}.get(value, "any")  # type: ignore[arg-type]
    else:
        offered = ["any", *asked.operators]
    values = value if isinstance(value, list) else [value]
    low, high = (values[0], values[1]) if chosen == "between" else (values[0] if values else None, None)
    return Cell(
        name,
        asked.label,
        asked.kind,
        [Option(one, OPERATORS[one], one == chosen) for one in offered],
        [Option(str(key), label, key in values) for key, label in choices],
        value="" if low is None else str(low),
        to="" if high is None else str(high),
    )


def _answer(name: str, asked: Output, row: Mapping[str, Any], choices: list[Choice]) -> Answer:
    said = row["then"].get(asked.key)
    values = said if isinstance(said, list) else [said]
    options = [Option(str(key), label, key in values) for key, label in choices]
    if asked.kind == YES_NO:
        options = [Option("yes", _("yes"), said is True)]
    return Answer(name, asked.label, asked.kind, options, asked.is_needed)


def number_of(text: str) -> int | None:
    """A whole number in the digits of any script; None for anything else."""
    text = text.strip()
    return int(text) if text.isdecimal() and len(text) <= 9 else None
