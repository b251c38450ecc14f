"""Reading: the decision tables of a DMN file as data, or all that is refused in it. No file raises."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from shenava.common.safe_xml import UnsafeXMLError, parse
from shenava.process.bpmn.conditions import is_plain
from shenava.process.bpmn.refusing import of_engines
from shenava.process.bpmn.vocabulary import Refusal, local, named, one_line, ours, space_of
from shenava.process.dmn import cells
from shenava.process.dmn.writing import cells_of

SPACE = re.compile(r"https?://www\.omg\.org/spec/DMN/\d{8}/(MODEL/|dmn\.xsd)", re.ASCII)
NAME = re.compile(r"[^\W\d][\w .'-]{0,99}")
HIT = ("UNIQUE", "FIRST", "ANY")
"""Where the first row that holds says the same as what the policy asks for."""
BESIDE = frozenset({
    "DMNDI", "association", "authorityRequirement", "description", "elementCollection", "extensionElements", "group",
    "inputData", "itemDefinition", "knowledgeSource", "organizationUnit", "performanceIndicator", "textAnnotation",
})  # fmt: skip
IN_DECISION = frozenset({
    "allowedAnswers", "authorityRequirement", "decisionMaker", "decisionOwner", "decisionTable", "description",
    "extensionElements", "impactedPerformanceIndicator", "informationRequirement", "question", "supportedObjective",
    "usingProcess", "usingTask", "variable",
})  # fmt: skip
EXPRESSIONS = frozenset({
    "businessKnowledgeModel", "conditional", "context", "every", "filter", "for", "functionDefinition", "invocation",
    "list", "literalExpression", "relation", "some",
})  # fmt: skip
MOST_ROWS = 2_000
Content = dict[str, Any]


@dataclass(frozen=True)
class Reading:
    """What a file says: its tables by the question they answer or else their name; or all that is refused."""

    tables: Mapping[str, Content]
    refused: list[Refusal] = field(default_factory=list)


def read(xml: bytes, fields: Mapping[str, str] | None = None) -> Reading:
    """The tables of a file. `fields` are what inputs and outputs are called, in small letters, and their keys."""
    try:
        root = parse(xml)
    except UnsafeXMLError as fault:
        return Reading({}, [Refusal("", "", "", fault.code)])
    if not SPACE.fullmatch(space_of(root.tag)) or local(root.tag) != "definitions":
        return Reading({}, [Refusal("", "", "", "not_dmn")])
    reader = _Reader(fields or {})
    reader.refused += of_engines(root, root)
    for one in root:
        reader.at_the_top(one)
    if not (reader.tables or reader.refused):
        reader.refused.append(Refusal("", "", "", "no_table"))
    return Reading({} if reader.refused else reader.tables, list(dict.fromkeys(reader.refused))[:500])


class _Reader:
    def __init__(self, fields: Mapping[str, str]) -> None:
        self.fields = fields
        self.refused: list[Refusal] = []
        self.tables: dict[str, Content] = {}

    def at_the_top(self, one: Element) -> None:
        """One element of the file."""
        word = local(one.tag)
        if word == "decision":
            self._decision(one)
        elif word not in BESIDE and SPACE.fullmatch(space_of(one.tag)):
            self._refuse(one, "outside" if word == "import" else "")

    def _decision(self, decision: Element) -> None:
        for one in decision:
            if local(one.tag) not in IN_DECISION:
                self._refuse(one, owner=decision)
            if local(one.tag) == "informationRequirement":
                for needed in one:
                    if local(needed.tag) == "requiredDecision":
                        self._refuse(needed, owner=decision)
        found = [one for one in decision if local(one.tag) == "decisionTable"]
        for table in found:
            name = str(decision.get(ours("question")) or named(decision) or decision.get("id", ""))
            if name in self.tables:
                self._refuse(decision, "two_with_one_id")
            self.tables[name] = self._table(decision, table)

    def _table(self, decision: Element, table: Element) -> Content:
        policy = table.get("hitPolicy", "UNIQUE")
        if policy not in HIT or table.get("aggregation"):
            self.refused.append(Refusal(f"hitPolicy/{policy[:20]}", table.get("id", ""), named(decision), "hit_policy"))
        inputs = [self._input(one, decision) for one in _all(table, "input")]
        outputs = [self._output(one, decision) for one in _all(table, "output")]
        content: Content = {"inputs": inputs, "outputs": outputs, "rows": []}
        rules = _all(table, "rule")
        if len(rules) > MOST_ROWS or len(set(inputs)) < len(inputs) or len(set(outputs)) < len(outputs):
            self._refuse(table, "too_many" if len(rules) > MOST_ROWS else "two_with_one_id", owner=decision)
            return content
        content["rows"] = [self._row(content, rule, place) for place, rule in enumerate(rules, 1)]
        return self._with_default(content, _all(table, "output"))

    def _input(self, column: Element, decision: Element) -> str:
        """The field that a column asks; anything but a name is refused."""
        expression = next(iter(_all(column, "inputExpression")), None)
        text = _text(expression) if expression is not None else ""
        if expression is None or not NAME.fullmatch(text):
            self._refuse(expression if expression is not None else column, "expression", owner=decision)
        label = one_line(column.get("label", ""))
        return self.fields.get(text.casefold()) or self.fields.get(label.casefold()) or text

    def _output(self, column: Element, decision: Element) -> str:
        name = one_line(column.get("name", "")) or one_line(column.get("label", "")) or named(decision)
        return self.fields.get(name.casefold(), name)

    def _row(self, content: Content, rule: Element, place: int) -> Content:
        asked = [_text(one) for one in _all(rule, "inputEntry")]
        said = [_text(one) for one in _all(rule, "outputEntry")]
        exact = _exact(rule)
        if exact is not None and cells_of(content, exact) == (asked, said):
            return exact
        if len(asked) != len(content["inputs"]) or len(said) != len(content["outputs"]):
            self._refuse(rule, "cells")
            return {"if": [], "then": {}}
        columns = zip(content["inputs"], asked, strict=True)
        return {
            "if": [one for name, text in columns for one in self._asked(rule, place, name, text)],
            "then": dict(self._said(rule, place, zip(content["outputs"], said, strict=True))),
        }

    def _asked(self, rule: Element, place: int, name: str, text: str) -> list[Content]:
        found = cells.asked_by(text)
        if found is None:
            self._refuse_cell("inputEntry", rule, place, f"{name}: {text}")
        return [{"field": name} | one for one in found or ()]

    def _said(self, rule: Element, place: int, told: Iterable[tuple[str, str]]) -> Iterable[tuple[str, Any]]:
        for name, text in told:
            is_read, value = cells.said_by(text)
            if not is_read:
                self._refuse_cell("outputEntry", rule, place, f"{name}: {text}")
            elif value is not None:
                yield name, value

    def _with_default(self, content: Content, outputs: list[Element]) -> Content:
        """What is said where no row holds is a last row."""
        told = {
            name: _text(entry)
            for name, column in zip(content["outputs"], outputs, strict=True)
            for entry in _all(column, "defaultOutputEntry")
        }
        if told:
            said = dict(self._said(outputs[0], len(content["rows"]) + 1, told.items()))
            content["rows"].append({"if": [], "then": said})
        return content

    def _refuse_cell(self, word: str, rule: Element, place: int, told: str) -> None:
        self.refused.append(Refusal(word, rule.get("id", "")[:200], one_line(f"{place} · {told}"), "expression"))

    def _refuse(self, one: Element, reason: str = "", *, owner: Element | None = None) -> None:
        word = local(one.tag)
        told = one if one.get("id") or owner is None else owner
        why = reason or ("expression" if word in EXPRESSIONS else "no_counterpart")
        self.refused.append(Refusal(word, told.get("id", "")[:200], named(one) or named(told), why))


def _all(element: Element, name: str) -> list[Element]:
    return [one for one in element if local(one.tag) == name]


def _text(element: Element) -> str:
    """What is written in a cell."""
    return "".join(part.text or "" for part in _all(element, "text")).strip()


def _exact(rule: Element) -> Content | None:
    """The row as we wrote it, if it still is one."""
    found = next(rule.iter(ours("row")), None)
    try:
        row = json.loads(found.get("says", "")) if found is not None else None
    except (ValueError, RecursionError):
        return None
    return row if _is_row(row) else None


def _is_row(row: Any) -> bool:
    if not isinstance(row, dict) or row.keys() != {"if", "then"}:
        return False
    if not isinstance(row["if"], list) or not isinstance(row["then"], dict):
        return False
    if not all(
        isinstance(one, dict) and {"field", "is"} <= one.keys() <= {"field", "is", "value"} for one in row["if"]
    ):
        return False
    words = [*row["then"], *(one[name] for one in row["if"] for name in ("field", "is"))]
    values = [*row["then"].values(), *(one.get("value") for one in row["if"])]
    return all(isinstance(word, str) for word in words) and all(
        value is None or is_plain(value) for value in (*words, *values)
    )
