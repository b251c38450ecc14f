"""Deciding: which table answers a question now, what it says, and what is wrong with one that is being written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from shenava.journal.unchanged import while_unchanged
from shenava.process import vocabulary
from shenava.process.models import TableVersion
from shenava.process.questions import Question, all_questions
from shenava.process.tables import Analysis, Fault, Table, analyse, decide, faults_of, load


def answer(question: str, facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the table in force says of these facts; nothing where there is none, or where none of its rows holds."""
    table = published(question)
    return decide(table, facts) if table else {}


def published(question: str) -> Table | None:
    """The table in force, else the delivered one. No query while the set-up stays as it is, one otherwise."""
    return while_unchanged(published, _in_force).get(question)


def content_of(question: Question) -> dict[str, Any]:
    """What the table in force says, as data; the delivered one, or an empty one where there is none. One query."""
    kept = _published().filter(table__question=question.key).values_list("content", flat=True).first()
    return kept or dict(question.delivered or question.empty)


def check(question: Question, content: Mapping[str, Any]) -> list[Fault]:
    """Why a table could not be put into force: what it asks and says has to be there, and of its kind."""
    faults = faults_of(content)
    if any(fault.what == "shape" for fault in faults):
        return faults
    for place, row in enumerate(content["rows"]):
        marked = {(fault.row, fault.name) for fault in faults}
        faults += [fault for fault in _faults_of(question, place, row) if (place, fault.name) not in marked]
    return faults


def analysis_of(question: Question, content: Mapping[str, Any]) -> Analysis:
    """What a table without faults leaves out, and where its rows meet."""
    table = load(content)
    known = question.known
    domains = {key: vocabulary.field(key).domain(is_known=key in known) for key in table.inputs}
    return analyse(table, domains)


def digest(content: Mapping[str, Any]) -> str:
    """What tells one content from another."""
    return sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _faults_of(question: Question, place: int, row: Mapping[str, Any]) -> list[Fault]:
    faults = []
    for one in row["if"]:
        if one["field"] not in question.fields:
            faults.append(Fault("no_field", place, one["field"]))
        elif not vocabulary.field(one["field"]).takes(one):
            faults.append(Fault("no_value", place, one["field"]))
    unsaid = [said for said in question.outputs if not said.takes(row["then"].get(said.key))]
    return faults + [Fault("no_answer", place, said.key) for said in unsaid]


def _in_force() -> dict[str, Table]:
    kept = dict(_published().values_list("table__question", "content"))
    told = {one.key: kept.get(one.key) or one.delivered for one in all_questions()}
    return {key: load(content) for key, content in told.items() if content and not faults_of(content)}


def _published() -> Any:
    return TableVersion.objects.filter(state=TableVersion.State.PUBLISHED)
