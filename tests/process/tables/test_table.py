"""Tables: the first row that holds decides; what is not well formed does not load."""

from __future__ import annotations

from time import perf_counter
from typing import Any

import pytest

from shenava.process.tables import FaultyTableError, decide, load, row_for

WHO = {
    "inputs": ["channel", "severity"],
    "outputs": ["unit"],
    "rows": [
        {"if": [{"field": "severity", "is": "at_least", "value": 4}], "then": {"unit": 1}},
        {"if": [{"field": "channel", "is": "in", "value": ["email", "portal"]}], "then": {"unit": 2}},
        {"if": [{"field": "channel", "is": "any"}], "then": {"unit": 3}},
    ],
}


@pytest.mark.parametrize(
    ("facts", "row"), [({"severity": 5, "channel": "email"}, 0), ({"channel": "email"}, 1), ({}, 2)]
)
def test_the_first_row_that_holds_decides(facts: dict[str, Any], row: int) -> None:
    table = load(WHO)
    assert (row_for(table, facts), decide(table, facts)) == (row, {"unit": row + 1})


def test_where_no_row_holds_nothing_is_decided() -> None:
    table = load(WHO | {"rows": WHO["rows"][:1]})
    assert (row_for(table, {}), decide(table, {})) == (None, {})


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("no row", "shape"),
        ({"if": ["severity"], "then": {}}, "shape"),
        ({"if": [{"field": "weather", "is": "is", "value": "fine"}], "then": {}}, "no_input"),
        ({"if": [{"field": "severity", "is": "eval", "value": 1}], "then": {}}, "no_operator"),
        ({"if": [{"field": "severity", "is": "at_least", "value": "4"}], "then": {}}, "no_value"),
        ({"if": [{"field": "severity", "is": "at_least", "value": True}], "then": {}}, "no_value"),
        ({"if": [{"field": "severity", "is": "between", "value": [1]}], "then": {}}, "no_value"),
        ({"if": [{"field": "channel", "is": "in", "value": []}], "then": {}}, "no_value"),
        ({"if": [{"field": "channel", "is": "is", "value": ""}], "then": {}}, "no_value"),
        ({"if": [], "then": {"priority": 1}}, "no_output"),
    ],
)
def test_a_table_that_cannot_decide_says_where(row: Any, what: str) -> None:
    with pytest.raises(FaultyTableError) as caught:
        load(WHO | {"rows": [WHO["rows"][0], row]})
    assert [(fault.what, fault.row) for fault in caught.value.faults] == [(what, 1)]


def test_a_table_is_a_table() -> None:
    with pytest.raises(FaultyTableError) as caught:
        load({"inputs": "channel"})
    assert {fault.name for fault in caught.value.faults} == {"inputs", "outputs", "rows"}


def test_a_decision_takes_a_few_microseconds() -> None:
    rows = [{"if": [{"field": "severity", "is": "is", "value": n}], "then": {"unit": n}} for n in range(12)]
    table, facts = load(WHO | {"rows": rows}), {"severity": 11, "channel": "email"}
    best = min(_timed(table, facts) for _ in range(20))
    assert best / 200 < 40e-6


def _timed(table: Any, facts: dict[str, Any]) -> float:
    began = perf_counter()
    for _ in range(200):
        decide(table, facts)
    return perf_counter() - began
