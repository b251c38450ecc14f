"""Reading: a BPMN 2.0 file as the content of a process, or all that is refused in it. No file raises."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any
from xml.etree.ElementTree import Element

from shenava.common.safe_xml import UnsafeXMLError, parse
from shenava.process.bpmn import refusing
from shenava.process.bpmn.drawing import Drawing
from shenava.process.bpmn.vocabulary import (
    BPMN,
    LANGUAGES,
    Known,
    LeftOut,
    Reading,
    Refusal,
    bpmn,
    local,
    named,
    one_line,
    ours,
    space_of,
)

MOST_NODES = 1_000
MOST_FLOWS = 5_000
MOST_REFUSED = 500
NOTHING = Known()
EMPTY = refusing.MEANINGLESS | refusing.STRUCTURE | {"laneSet"}
"""With nothing but these a process draws nothing."""
AT_THE_TOP = frozenset({"process", "collaboration", "message", "extension"})


def read(xml: bytes, known: Known = NOTHING) -> Reading:
    """What a file says. Refusals of the file as a whole have no element: empty, too_large, too_deep, doctype, not_xml,
    not_bpmn, no_process, too_many."""
    try:
        root = parse(xml)
    except UnsafeXMLError as fault:
        return _refused([Refusal("", "", "", fault.code)])
    if root.tag != bpmn("definitions"):
        return _refused([Refusal("", "", "", "not_bpmn")])
    process = _process(root)
    if process is None:
        return _refused([*_at_the_top(root), Refusal("", "", "", "no_process")])
    if (
        _size(process, "sequenceFlow") > MOST_FLOWS
        or sum(1 for one in process.iter() if one.get("id")) > 4 * MOST_NODES
    ):
        return _refused([Refusal("", "", "", "too_many")])
    return _understood(root, process, known)


def _understood(root: Element, process: Element, known: Known) -> Reading:
    language = root.get(ours("language"), "")
    drawing = Drawing(language if language in LANGUAGES else "", known, _messages(root))
    drawing.read(process)
    refused = [*_at_the_top(root), *_other_processes(root, process), *refusing.of_engines(process, process)]
    refused += [*drawing.doubled(), *drawing.refused]
    if len(drawing.nodes) > MOST_NODES:
        refused.append(Refusal("", "", "", "too_many"))
    if refused:
        return _refused(refused)
    content = _head(root, process, drawing) | drawing.content()
    left_out = Counter([*_beside(root), *drawing.left_out])
    return Reading(
        content=content,
        refused=[],
        left_out=[LeftOut(word, number) for word, number in sorted(left_out.items())],
        translated=bool(drawing.language),
        ids={key: one for one, key in drawing.keys.items()},
    )


def _refused(refused: Iterable[Refusal]) -> Reading:
    return Reading(None, list(dict.fromkeys(refused))[:MOST_REFUSED])


def _process(root: Element) -> Element | None:
    """The process that is drawn: the first that has anything in it."""
    drawn = [one for one in root.findall(bpmn("process")) if one.find(bpmn("sequenceFlow")) is not None]
    return next(iter([*drawn, *root.findall(bpmn("process"))]), None)


def _other_processes(root: Element, process: Element) -> list[Refusal]:
    others = [one for one in root.findall(bpmn("process")) if one is not process]
    return [
        refusing.refusal(one, "another_process")
        for one in others
        if any(local(part.tag) not in EMPTY and not refusing.is_empty(part) for part in one)
    ]


def _at_the_top(root: Element) -> list[Refusal]:
    """What stands beside the process and would have to be understood."""
    top = [one for one in root if space_of(one.tag) == BPMN]
    known = AT_THE_TOP | refusing.MEANINGLESS | refusing.STRUCTURE
    found = [
        refusing.refusal(one)
        for one in top
        if local(one.tag) not in known and not local(one.tag).endswith("EventDefinition")
    ]
    found += [
        refusing.refusal(one, "must_understand")
        for one in root.findall(bpmn("extension"))
        if one.get("mustUnderstand", "false") in ("true", "1")
    ]
    found += [
        refusing.refusal(one, owner=whose)
        for whose in root.iter(bpmn("participant"))
        for one in whose.findall(bpmn("participantMultiplicity"))
    ]
    return found + [
        one for part in (root, *top) if part.tag != bpmn("process") for one in _of_engines(part, deep=part is not root)
    ]


def _of_engines(part: Element, *, deep: bool) -> Iterable[Refusal]:
    if deep:
        return refusing.of_engines(part, part)
    return refusing.of_engines(Element(part.tag, part.attrib), part)


def _beside(root: Element) -> list[str]:
    """What is drawn beside the process and means nothing for it."""
    pools = [one for one in root.iter(bpmn("participant")) if not one.get("processRef")]
    beside = [*pools, *root.iter(bpmn("messageFlow"))]
    top = [one for one in root if space_of(one.tag) == BPMN and local(one.tag) in refusing.MEANINGLESS]
    return [local(one.tag) for one in (*beside, *top)]


def _messages(root: Element) -> dict[str, str]:
    return {one.get("id", ""): one.get("name", "") or one.get("id", "") for one in root.findall(bpmn("message"))}


def _size(process: Element, name: str) -> int:
    return sum(1 for _one in process.iter(bpmn(name)))


def _head(root: Element, process: Element, drawing: Drawing) -> dict[str, Any]:
    """What is said of the process as a whole."""
    pool = next((one for one in root.iter(bpmn("participant")) if one.get("processRef") == process.get("id")), None)
    name = named(process) or (named(pool) if pool is not None else "")
    key = process.get(ours("key")) or drawing.key_for(process, name or process.get("id", ""), "process")
    if drawing.language and pool is not None:  # people change the name where they see it
        process.attrib["name"] = pool.get("name", "")
    names = drawing.names(process) or dict.fromkeys(LANGUAGES, name or key)
    head: dict[str, Any] = {"key": key, "names": names}
    purpose = process.find(bpmn("documentation"))
    if purpose is not None and (purpose.text or drawing.language):
        head["purpose"] = (purpose.text or "") if drawing.language else one_line(purpose.text or "")
    if ours("intake") in process.attrib:
        head["intake"] = process.attrib[ours("intake")].split()
    return head
