"""Tables as tests write them."""

from __future__ import annotations

from typing import Any

from shenava.people.models import Party
from shenava.process.models import TableVersion
from shenava.process.questions import Question, question
from shenava.process.table_actions import publish_table, save_table


def asked(key: str) -> Question:
    """The question of this key."""
    found = question(key)
    assert found is not None
    return found


def row(then: dict[str, Any], **cells: tuple[str, Any]) -> dict[str, Any]:
    """One row: `row({"unit": 7}, channel=("in", ["email"]))`."""
    told = [{"field": name, "is": operator, "value": value} for name, (operator, value) in cells.items()]
    return {"if": told, "then": then}


def content(key: str, *rows: dict[str, Any]) -> dict[str, Any]:
    """A table of these rows, with the inputs that they name."""
    inputs = list(dict.fromkeys(one["field"] for given in rows for one in given["if"]))
    return {"inputs": inputs, "outputs": [one.key for one in asked(key).outputs], "rows": list(rows)}


def put_into_force(key: str, *rows: dict[str, Any], by: Party) -> TableVersion:
    """Write a table and publish it."""
    draft = save_table(of=asked(key), content=content(key, *rows), by=by)
    version: TableVersion = publish_table(draft.table, by=by)
    return version
