"""Nodes: one element of a file as a node of ours, or why it cannot be one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from shenava.process.bpmn import refusing, spans
from shenava.process.bpmn.vocabulary import (
    NUMBERS,
    TEXTS,
    Known,
    Refusal,
    bpmn,
    local,
    named,
    ours,
)

KINDS = {
    "startEvent": "start", "endEvent": "end", "task": "task", "userTask": "task", "manualTask": "task",
    "exclusiveGateway": "exclusive", "parallelGateway": "parallel", "businessRuleTask": "decision",
    "serviceTask": "operation", "receiveTask": "message", "intermediateCatchEvent": "catch",
    "boundaryEvent": "boundary", "subProcess": "sub", "callActivity": "call",
}  # fmt: skip
PROCESS_KEY = re.compile(r"[\w.-]{1,60}")
Content = dict[str, Any]
Said = Content | Refusal


@dataclass
class Around:
    """What a node may refer to: the names of messages by id, and the words we know."""

    messages: Mapping[str, str]
    known: Known
    refused: list[Refusal] = field(default_factory=list)


def node(element: Element, around: Around) -> Content | None:
    """The node that an element is, without its names and its place; else its refusals are among those around."""
    before = len(around.refused)
    around.refused += refusing.of_meaning(element)
    said: Content = {"kind": KINDS[local(element.tag)]}
    said |= _attributes(element, around)
    said |= READERS.get(said["kind"], _nothing)(element, around)
    around.refused += _strange_parts(element, said)
    return said if len(around.refused) == before else None


def reference(text: str) -> str:
    """What a reference names, without the prefix of its namespace."""
    return text.strip().rpartition(":")[2]


def _strange_parts(element: Element, said: Content) -> list[Refusal]:
    """Everything below an element that is not understood with it."""
    known = {*refusing.STRUCTURE, *refusing.MEANINGLESS}
    if said["kind"] == "sub":
        return [refusing.refusal(one, owner=element) for one in element if local(one.tag) in refusing.REPEATS]
    if "several" in said:
        known.add("multiInstanceLoopCharacteristics")
    return [
        refusing.refusal(one, owner=element)
        for one in element
        if local(one.tag) not in known and not _is_definition(one) and not refusing.is_empty(one)
    ]


def _attributes(element: Element, around: Around) -> Content:
    """Our own attributes, as far as they stand there."""
    said: Content = {to: element.attrib[ours(name)] for name, to in TEXTS.items() if ours(name) in element.attrib}
    if ours("verbs") in element.attrib:
        said["verbs"] = element.attrib[ours("verbs")].split()
    for name, to in NUMBERS.items():
        said |= _number(element, name, to, around)
    if ours("within") in element.attrib:
        said |= _known("within", spans.unspelled(element.attrib[ours("within")]), element, around)
    if ours("several") in element.attrib:
        said["several"] = {"of": element.attrib[ours("several")]} | _number(element, "count", "count", around)
    return said


def _number(element: Element, name: str, to: str, around: Around) -> Content:
    given = element.get(ours(name))
    if given is None:
        return {}
    return _known(to, int(given) if re.fullmatch(r"-?\d{1,6}", given, re.ASCII) else None, element, around)


def _known(to: str, value: Any, element: Element, around: Around, reason: str = "value") -> Content:
    if value is None:
        around.refused.append(refusing.refusal(element, reason))
        return {}
    return {to: value}


def _nothing(element: Element, around: Around) -> Content:
    return {}


def _definitions(element: Element) -> list[Element]:
    return [one for one in element if _is_definition(one)]


def _is_definition(element: Element) -> bool:
    return local(element.tag).endswith(("EventDefinition", "eventDefinitionRef"))


def _start(element: Element, around: Around) -> Content:
    around.refused += [refusing.refusal(one, owner=element) for one in _definitions(element)]
    return {}


def _end(element: Element, around: Around) -> Content:
    found = _definitions(element)
    strange = [one for one in found if local(one.tag) != "terminateEventDefinition"]
    around.refused += [refusing.refusal(one, owner=element) for one in strange]
    return {"terminate": True} if found and not strange else {}


def _task(element: Element, around: Around) -> Content:
    return {"kind": "stage"} if element.get(ours("kind")) == "stage" else {}


def _operation(element: Element, around: Around) -> Content:
    return _word(element, "operation", around.known.operations, around)


def _decision(element: Element, around: Around) -> Content:
    return _word(element, "table", around.known.tables, around)


def _word(element: Element, what: str, known: frozenset[str], around: Around) -> Content:
    """The word of our own that an element of others is named by."""
    if ours(what) in element.attrib:
        return {}
    if named(element) in known:
        return {what: named(element)}
    around.refused.append(refusing.refusal(element, f"unknown_{what}"))
    return {}


def _message(element: Element, around: Around) -> Content:
    if element.get("operationRef"):
        around.refused.append(refusing.refusal(element, "executes"))
    name = around.messages.get(reference(element.get("messageRef", "")), "")
    return {"kind": "message"} | ({"message": name} if name else {})


def _catch(element: Element, around: Around) -> Content:
    found = _definitions(element)
    if len(found) != 1:
        around.refused.append(refusing.refusal(element))
        return {}
    word = local(found[0].tag)
    if word == "messageEventDefinition":
        around.refused += [refusing.refusal(one, owner=element) for one in found[0] if local(one.tag) == "operationRef"]
        return _message(found[0], around)
    if word == "timerEventDefinition":
        return {"kind": "timer"} | _time(element, found[0], around)
    around.refused.append(refusing.refusal(found[0], owner=element))
    return {}


def _boundary(element: Element, around: Around) -> Content:
    said = _catch(element, around)
    if said.get("kind") == "message":
        around.refused.append(refusing.refusal(_definitions(element)[0], owner=element))
    if "cancelActivity" in element.attrib:
        said["interrupting"] = element.attrib["cancelActivity"] not in ("false", "0")
    return said | {"kind": "boundary", "at": reference(element.get("attachedToRef", ""))}


def _time(element: Element, timer: Element, around: Around) -> Content:
    """When the time is up; a date, an expression, or what is no whole number of hours is refused."""
    working = timer.get(ours("working")) == "true"
    length, cycle = timer.find(bpmn("timeDuration")), timer.find(bpmn("timeCycle"))
    if length is not None:
        return _known("after", spans.span(length.text or "", working=working), element, around, "duration")
    if cycle is not None and local(element.tag) == "boundaryEvent":
        found = spans.from_cycle(cycle.text or "", working=working)
        if found is not None:
            return {"after": found[0], "repeat": found[1]}
    around.refused.append(refusing.refusal(element, "duration"))
    return {}


def _call(element: Element, around: Around) -> Content:
    key = reference(element.get("calledElement", ""))
    if not key:
        return {}
    return _known("process", key if PROCESS_KEY.fullmatch(key) else None, element, around, "expression")


READERS: Mapping[str, Callable[[Element, Around], Content]] = {
    "start": _start, "end": _end, "task": _task, "operation": _operation, "decision": _decision,
    "message": _message, "catch": _catch, "boundary": _boundary, "call": _call,
}  # fmt: skip
