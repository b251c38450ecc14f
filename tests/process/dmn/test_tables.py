"""Decision tables as DMN: ours come back as they were, others as far as their cells compare, the rest refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import SpiffWorkflow
from lxml import etree

from shenava.process.dmn import cells, read, write
from shenava.process.questions import all_questions
from shenava.process.tables import load

SCHEMA = Path(SpiffWorkflow.__file__).parent / "dmn" / "parser" / "schema" / "DMN13.xsd"
SPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"
TABLE: dict[str, Any] = {
    "inputs": ["amount", "subject", "is_grave"],
    "outputs": ["unit", "who"],
    "rows": [
        {"if": [{"field": "amount", "is": "between", "value": [1, 5]}], "then": {"unit": "repairs", "who": None}},
        {"if": [{"field": "amount", "is": "more", "value": 5}, {"field": "amount", "is": "less", "value": 9},
                {"field": "subject", "is": "in", "value": ["product"]}], "then": {"who": ["a", "b"]}},
        {"if": [{"field": "subject", "is": "not_in", "value": ["x", "«y» \"z\""]},
                {"field": "amount", "is": "not_empty"}, {"field": "is_grave", "is": "any"}], "then": {"unit": ""}},
        {"if": [], "then": {"unit": "others"}},
    ],
}  # fmt: skip


def file_of(cell: str, *, policy: str = "FIRST", asks: str = "amount", says: str = '"a"', more: str = "") -> bytes:
    """A table of one row."""
    column = f'<input id="i"><inputExpression id="x"><text>{asks}</text></inputExpression></input>'
    entries = (
        f"<inputEntry id='e'><text>{cell}</text></inputEntry><outputEntry id='o'><text>{says}</text></outputEntry>"
    )
    table = f'<decisionTable id="t" hitPolicy="{policy}">{column}<output name="unit"/><rule id="r">{entries}</rule>'
    decision = f'<decision id="d" name="Unit">{table}</decisionTable></decision>'
    return f'<definitions xmlns="{SPACE}" id="f" name="f" namespace="n">{more}{decision}</definitions>'.encode()


def faults_in(file: bytes) -> list[str]:
    """What the schema of the standard says of a file."""
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    schema.validate(etree.fromstring(file))
    return [str(error.message) for error in schema.error_log]


def test_a_table_keeps_to_the_schema_and_comes_back_as_it_was() -> None:
    file = write(TABLE, key="who", name="Who?", words={"amount": "مبلغ"})
    assert faults_in(file) == []
    assert read(file).tables == {"who": TABLE}


def test_every_delivered_table_comes_back_as_it_was() -> None:
    told = {one.key: dict(one.delivered) for one in all_questions() if one.delivered}
    assert {key: read(write(content, key=key, name=key)).tables[key] for key, content in told.items()} == told
    assert told


def test_a_cell_that_was_changed_elsewhere_says_what_it_says_now() -> None:
    file = write(TABLE, key="who", name="Who?").replace(b"[1..5]", b"[1..7]")
    rows = read(file).tables["who"]["rows"]
    assert rows[0]["if"] == [{"field": "amount", "is": "between", "value": [1, 7]}]
    assert rows[1:] == TABLE["rows"][1:]


@pytest.mark.parametrize(
    ("cell", "asked"),
    [
        ("-", []),
        ("", []),
        ('"a"', [{"is": "is", "value": "a"}]),
        ("&lt; 5", [{"is": "less", "value": 5}]),
        (">= 2.5", [{"is": "at_least", "value": 2.5}]),
        ("true", [{"is": "is", "value": True}]),
        ("1, 2 ,3", [{"is": "in", "value": [1, 2, 3]}]),
        ("[1..5]", [{"is": "between", "value": [1, 5]}]),
        ("(1..5]", [{"is": "more", "value": 1}, {"is": "at_most", "value": 5}]),
        ("]1..5[", [{"is": "more", "value": 1}, {"is": "less", "value": 5}]),
        ('not("a")', [{"is": "is_not", "value": "a"}]),
        ('not("a","b")', [{"is": "not_in", "value": ["a", "b"]}]),
        ("not(&lt; 5)", [{"is": "at_least", "value": 5}]),
        ("null", [{"is": "empty"}]),
        ("not(null)", [{"is": "not_empty"}]),
    ],
)
def test_the_forms_of_cells_that_we_know(cell: str, asked: list[dict[str, Any]]) -> None:
    content = read(file_of(cell)).tables["Unit"]
    assert content["rows"] == [{"if": [{"field": "amount"} | one for one in asked], "then": {"unit": "a"}}]
    assert len(load(content).rows) == 1


@pytest.mark.parametrize(
    "cell",
    [
        "for i in 1..1000000000 return i", "date(&quot;2026-01-01&quot;)", "Medium", "&lt; 5, > 10", "x + 1",
        "not(not(5))", "not([1..5])", "? > 3", "function(x) x", "__import__(&quot;os&quot;)", "9" * 40, "(" * 3000,
    ],
)  # fmt: skip
def test_any_other_cell_is_refused_with_its_row_and_column_and_never_evaluated(cell: str) -> None:
    reading = read(file_of(cell))
    assert reading.tables == {}
    assert [(one.element, one.id, one.reason) for one in reading.refused] == [("inputEntry", "r", "expression")]
    assert reading.refused[0].name.startswith("1 · amount: ")


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (file_of("-", says="a + b"), ("outputEntry", "r", "expression")),
        (file_of("-", asks="amount * 2"), ("inputExpression", "x", "expression")),
        (file_of("-", policy="COLLECT"), ("hitPolicy/COLLECT", "t", "hit_policy")),
        (file_of("-", more='<businessKnowledgeModel id="b"/>'), ("businessKnowledgeModel", "b", "expression")),
        (file_of("-", more='<import namespace="x"/>'), ("import", "", "outside")),
        (
            file_of("-", more='<decision id="l" name="L"><literalExpression/></decision>'),
            ("literalExpression", "l", "expression"),
        ),
        (
            file_of("-", more='<decision id="c"><informationRequirement><requiredDecision href="#d"/>'
                    "</informationRequirement></decision>"),
            ("requiredDecision", "c", "no_counterpart"),
        ),
        (b"", ("", "", "empty")),
        (b"<a/>", ("", "", "not_dmn")),
        (b"<!DOCTYPE a><a/>", ("", "", "doctype")),
        (f'<definitions xmlns="{SPACE}"/>'.encode(), ("", "", "no_table")),
    ],
)  # fmt: skip
def test_what_decides_in_another_way_is_refused_by_name(file: bytes, told: tuple[str, str, str]) -> None:
    reading = read(file)
    assert told in [(one.element, one.id, one.reason) for one in reading.refused]
    assert reading.tables == {}


def test_what_is_said_where_no_row_holds_is_a_last_row() -> None:
    file = file_of("5").replace(
        b'<output name="unit"/>',
        b'<output name="unit"><defaultOutputEntry><text>"z"</text></defaultOutputEntry></output>',
    )
    assert read(file).tables["Unit"]["rows"][-1] == {"if": [], "then": {"unit": "z"}}


def test_what_pretends_to_be_our_own_row_is_looked_at_like_any_other() -> None:
    file = write(TABLE, key="who", name="Who?").decode()
    for row in (
        "[" * 5_000,
        '{"if": [{"field": [], "is": {}}], "then": {}}',
        '{"if": [], "then": {"unit": "\\\\u0000"}}',
    ):
        start = file.index('says="') + 6
        changed = file[:start] + row.replace('"', "&quot;") + file[file.index('"', start) :]
        assert read(changed.encode()).tables["who"]["rows"][0]["then"] == {"unit": "repairs"}


def test_a_cell_is_read_as_it_was_written() -> None:
    asked = [{"is": "between", "value": [1, 2]}, {"is": "not_in", "value": [1, 2]}, {"is": "is_not", "value": "«»"}]
    assert [cells.asked_by(cells.cell_of([one])) for one in asked] == [[one] for one in asked]
