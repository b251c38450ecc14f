"""What is written as BPMN keeps to the schema, says what people read, and comes back as it was."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any
from xml.etree import ElementTree

import pytest
import SpiffWorkflow
from lxml import etree

from shenava.process import publishing
from shenava.process.bpmn import read, write
from shenava.process.bpmn.vocabulary import bpmn
from shenava.process.kernel import FaultyGraphError, load
from tests.process.drawing import Drawing
from tests.process.samples import NAMES, small, small_flows, small_nodes, stage

SCHEMA = Path(SpiffWorkflow.__file__).parent / "bpmn" / "parser" / "schema" / "BPMN20.xsd"
EVERY = [publishing.DEFAULT, *publishing.VARIANTS]


def faults_in(file: bytes) -> list[str]:
    """What the schema of the standard says of a file."""
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    schema.validate(etree.fromstring(file))
    return [str(error.message) for error in schema.error_log]


def comes_back(content: dict[str, Any], language: str = "en") -> bool:
    """Is it read as it was written?"""
    return read(write(content, language=language)).content == content


def test_every_delivered_process_keeps_to_the_schema_and_comes_back_in_each_language() -> None:
    contents = [json.loads(path.read_text(encoding="utf-8")) for path in EVERY]
    files = [(content, write(content, language=one)) for content in contents for one in ("en", "fa", "he")]
    assert [faults_in(file) for _content, file in files] == [[]] * len(files)
    assert [read(file).content for _content, file in files] == [content for content, _file in files]


@pytest.mark.parametrize("seed", range(40))
def test_whatever_can_be_drawn_keeps_to_the_schema_and_comes_back(seed: int) -> None:
    content = Drawing(Random(seed), stages=bool(seed % 2)).content(3)
    load(content)
    file = write(content, language="fa")
    assert faults_in(file) == []
    assert read(file).content == content


TASK = {"kind": "task", "names": NAMES, "role": "expert", "within": {"working_hours": 6}}
EVERYTHING: dict[str, Any] = small_nodes(
    open=stage(role="expert", due="answer", shown=1, warn_after=3, lapse_after=2, outcome="kept", verbs=[]),
    asked=TASK | {"several": {"of": "quorum", "count": 2}},
    part={"kind": "sub", "names": NAMES},
    inner={"kind": "start", "in": "part"},
    looked=TASK | {"in": "part", "several": {"of": "any"}},
    out={"kind": "end", "in": "part", "terminate": True},
    news={"kind": "message", "message": "the part came – قطعه"},
    late={"kind": "boundary", "at": "news", "after": {"working_hours": 9}, "interrupting": True},
    again={"kind": "boundary", "at": "part", "after": {"days": 2}, "interrupting": False, "repeat": 3},
    other={"kind": "call", "process": "warranty.check-2"},
    table={"kind": "decision", "table": "priority"},
    wait={"kind": "timer", "after": {"hours": 24}},
    one={"kind": "exclusive", "names": NAMES},
) | {
    "purpose": "Two lines\r\nand a <mark> & \t more",
    "intake": ["text", "subject"],
    "key": "own-1",
    "anytime": [
        {"on": "pause", "from": ["open"], "does": "pause"},
        {"on": "withdraw", "from": ["open", "done"], "to": "done", "outcome": "withdrawn"},
    ],
}
CONDITIONS = [
    {"field": "subject", "is": "in", "value": ["product", 'کالا "x"']},
    {"field": "amount", "is": "between", "value": [1, 5]},
    {"field": "unit", "is": "empty"},
    {"field": "is_grave", "is": "is", "value": True},
]
EVERYTHING["flows"] += [
    {"from": "inner", "to": "looked"},
    {"from": "done", "to": "open", "on": "reopen", "names": NAMES},
    {"from": "looked", "to": "out", "on": "seen", "names": NAMES, "outcome": "fine"},
    {"from": "asked", "to": "one", "on": "yes", "names": NAMES},
    {"from": "asked", "to": "open", "otherwise": True},
    {"from": "one", "to": "part", "if": CONDITIONS},
    {"from": "one", "to": "done", "otherwise": True},
]


def test_every_field_of_every_kind_comes_back() -> None:
    assert [comes_back(EVERYTHING, one) for one in ("en", "fa", "he")] == [True] * 3
    assert faults_in(write(EVERYTHING, language="he")) == []


def test_the_label_is_in_the_language_and_a_verb_is_a_caption_and_no_name() -> None:
    file = write(small(), language="fa", words={"close": "\u0628\u0633\u062a\u0646"})
    root = ElementTree.fromstring(file)
    assert [one.get("name") for one in root.iter(bpmn("userTask"))] == [NAMES["fa"]]
    assert [one.get("name") for one in root.iter(bpmn("sequenceFlow"))] == [None, "\u0628\u0633\u062a\u0646"]
    assert read(file).content == small()


def test_who_does_what_stands_in_lanes_and_a_step_that_was_moved_to_another_is_theirs() -> None:
    content = small_nodes(open=stage(role="expert"), next=stage(role="approver"))
    content["flows"].append({"from": "open", "to": "next", "on": "decide"})
    file = write(content, language="en", words={"expert": "Expert", "approver": "Approver"}).decode()
    assert 'shenava:role="expert" name="Expert">' in file
    moved = file.replace("<bpmn:flowNodeRef>next</bpmn:flowNodeRef>", "").replace(
        "<bpmn:flowNodeRef>open</bpmn:flowNodeRef>",
        "<bpmn:flowNodeRef>open</bpmn:flowNodeRef><bpmn:flowNodeRef>next</bpmn:flowNodeRef>",
    )
    read_again = read(moved.encode()).content
    assert read_again is not None
    assert read_again["nodes"]["next"]["role"] == "expert"


def test_a_label_that_was_changed_elsewhere_is_the_name_in_its_language() -> None:
    file = write(small(), language="en").replace(b'name="close"', b'name="Close it"')
    changed = read(file.replace(b'name="Name">', b'name="Changed">')).content
    assert changed is not None
    assert changed["names"] == NAMES | {"en": "Changed"}
    assert changed["flows"][1]["names"] == {"en": "Close it"}


def test_an_expression_that_was_changed_elsewhere_is_refused() -> None:
    content = small_nodes(one={"kind": "exclusive"})
    content["flows"] = [
        {"from": "start", "to": "one"},
        {"from": "one", "to": "open", "if": [{"field": "subject", "is": "is", "value": "product"}]},
        {"from": "one", "to": "done", "otherwise": True},
        *small_flows()["flows"][1:],
    ]
    file = write(content, language="en")
    assert b'subject = "product"' in file
    changed = file.replace(b'>subject = "product"<', b">subject = os.system()<")
    assert changed != file
    assert [(one.element, one.id, one.reason) for one in read(changed).refused] == [
        ("conditionExpression", "Flow_2", "expression_changed")
    ]


def test_everything_has_its_place_in_the_diagram_and_from_right_to_left_it_is_mirrored() -> None:
    content = json.loads(publishing.VARIANTS[0].read_text(encoding="utf-8"))
    files = [write(content, language="fa", rtl=rtl) for rtl in (False, True)]
    placed = [places_in(file) for file in files]
    assert placed[0].keys() == placed[1].keys() >= content["nodes"].keys()
    assert placed[0]["start"] < placed[0]["registered"]
    assert placed[1]["start"] > placed[1]["registered"]
    assert [read(file).content for file in files] == [content, content]


def test_what_is_unfinished_is_written_too_and_what_is_nowhere_is_refused() -> None:
    unfinished = small_nodes(alone={"kind": "task", "names": {"fa": "کار"}}, part={"kind": "sub"})
    assert comes_back(unfinished, "fa")
    with pytest.raises(FaultyGraphError):
        write(small_nodes(lost={"kind": "task", "in": "nothing"}), language="en")
    with pytest.raises(FaultyGraphError):
        write({"key": "x"}, language="en")


def places_in(file: bytes) -> dict[str, float]:
    """How far from the left each shape of the diagram stands."""
    shapes = ElementTree.fromstring(file).iter("{http://www.omg.org/spec/BPMN/20100524/DI}BPMNShape")
    return {shape.get("bpmnElement", ""): float(shape[0].get("x", "")) for shape in shapes}
