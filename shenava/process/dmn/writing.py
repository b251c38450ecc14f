"""Writing: a decision table as a DMN 1.3 file, its cells as FEEL, and exactly in elements of our own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from shenava.common.safe_xml import text_of
from shenava.process.bpmn.vocabulary import OURS
from shenava.process.dmn import cells

DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"
Content = Mapping[str, Any]


def write(content: Content, *, key: str, name: str, words: Mapping[str, str] | None = None) -> bytes:
    """The table that answers the question `key`; `words` are what its inputs and outputs are called."""
    about = {"xmlns": DMN, "xmlns:shenava": OURS, "id": "Definitions_1", "namespace": OURS, "name": name}
    root = Element("definitions", about | {"exporter": "Shenava"})
    decision = SubElement(root, "decision", {"id": "Decision_1", "name": name, "shenava:question": key})
    table = SubElement(decision, "decisionTable", {"id": "Table_1", "hitPolicy": "FIRST"})
    called = words or {}
    for place, field in enumerate(content["inputs"], 1):
        column = SubElement(table, "input", {"id": f"Input_{place}", "label": called.get(field, field)})
        SubElement(SubElement(column, "inputExpression", {"id": f"Expression_{place}"}), "text").text = field
    for place, said in enumerate(content["outputs"], 1):
        about = {"id": f"Output_{place}", "name": said, "label": called.get(said, said)}
        SubElement(table, "output", about)
    for place, row in enumerate(content["rows"], 1):
        table.append(_rule(content, row, place))
    return text_of(root)


def cells_of(content: Content, row: Content) -> tuple[list[str], list[str]]:
    """The cells of a row: what it asks of each input, and what it says for each output."""
    asked = [cells.cell_of([one for one in row["if"] if one.get("field") == field]) for field in content["inputs"]]
    return asked, [cells.value_of(row["then"].get(said)) for said in content["outputs"]]


def _rule(content: Content, row: Content, place: int) -> Element:
    rule = Element("rule", {"id": f"Rule_{place}"})
    exact = SubElement(SubElement(rule, "extensionElements"), "shenava:row")
    exact.set("says", json.dumps(row, ensure_ascii=False))
    asked, said = cells_of(content, row)
    for column, text in enumerate(asked, 1):
        SubElement(SubElement(rule, "inputEntry", {"id": f"Cell_{place}_{column}"}), "text").text = text
    for column, text in enumerate(said, 1):
        SubElement(SubElement(rule, "outputEntry", {"id": f"Says_{place}_{column}"}), "text").text = text
    return rule
