"""A decision table: inputs, outputs, and rows of which the first that holds decides.

As data: `{"inputs": [field …], "outputs": [name …], "rows": [{"if": [condition …], "then": {name: value}} …]}`. A row
says nothing about an input that none of its conditions names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shenava.process.tables.cells import LISTING, OPERATORS, Compare, Condition, is_whole

SHAPE = {"inputs": list, "outputs": list, "rows": list}


@dataclass(frozen=True)
class Fault:
    """What is wrong with a table, and where: the row counted from 0, the input or output."""

    what: str
    row: int | None = None
    name: str = ""


class FaultyTableError(ValueError):
    """A table that cannot decide. `faults` says where."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f"{one.what} ({one.row}, {one.name})" for one in faults))
        self.faults = faults


@dataclass(frozen=True)
class Row:
    """When it holds, and what it says then."""

    conditions: tuple[Condition, ...]
    then: Mapping[str, Any]
    compared: tuple[tuple[str, Compare, Any], ...]


@dataclass(frozen=True)
class Table:
    """A table ready to decide."""

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    rows: tuple[Row, ...]


def load(content: Mapping[str, Any]) -> Table:
    """The table that the data describe. Raises FaultyTableError."""
    faults = faults_of(content)
    if faults:
        raise FaultyTableError(faults)
    return Table(tuple(content["inputs"]), tuple(content["outputs"]), tuple(map(_row, content["rows"])))


def decide(table: Table, facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the first row that holds of the facts says; nothing where none does."""
    row = row_for(table, facts)
    return {} if row is None else table.rows[row].then


def row_for(table: Table, facts: Mapping[str, Any]) -> int | None:
    """Which row decides, counted from 0; None where none holds."""
    for place, row in enumerate(table.rows):
        for field, compare, value in row.compared:
            if not compare(facts.get(field), value):
                break
        else:
            return place
    return None


def faults_of(content: Mapping[str, Any]) -> list[Fault]:
    """What is wrong with the data by themselves, whatever their fields mean."""
    wrong = [Fault("shape", name=name) for name, kind in SHAPE.items() if not isinstance(content.get(name), kind)]
    if wrong:
        return wrong
    return [fault for place, row in enumerate(content["rows"]) for fault in _faults_of_row(content, place, row)]


def _faults_of_row(content: Mapping[str, Any], place: int, row: Any) -> list[Fault]:
    if not isinstance(row, dict) or not isinstance(row.get("if"), list) or not isinstance(row.get("then"), dict):
        return [Fault("shape", place)]
    if not all(isinstance(one, dict) and isinstance(one.get("field"), str) for one in row["if"]):
        return [Fault("shape", place)]
    fields = [str(one["field"]) for one in row["if"]]
    faults = [Fault("no_input", place, name) for name in fields if name not in content["inputs"]]
    faults += [Fault("no_operator", place, one["field"]) for one in row["if"] if one.get("is") not in OPERATORS]
    known = [one for one in row["if"] if one.get("is") in OPERATORS]
    faults += [Fault("no_value", place, one["field"]) for one in known if not is_whole(one)]
    return faults + [Fault("no_output", place, name) for name in row["then"] if name not in content["outputs"]]


def _row(row: Mapping[str, Any]) -> Row:
    asked = [one for one in row["if"] if one["is"] != "any"]
    compared = tuple((one["field"], OPERATORS[one["is"]], _quick(one)) for one in asked)
    return Row(tuple(asked), row["then"], compared)


def _quick(condition: Condition) -> Any:
    return frozenset(condition["value"]) if condition["is"] in LISTING else condition.get("value")
