"""What is refused: each element that we do not run, by name, with the code of the reason. Nothing is evaluated."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from shenava.process.bpmn.vocabulary import ENGINES, OURS, Refusal, bpmn, local, named, space_of

MEANINGLESS = frozenset({
    "association", "auditing", "category", "correlationProperty", "dataStore", "documentation", "endPoint", "error",
    "escalation", "globalManualTask", "globalTask", "globalUserTask", "group", "interface", "itemDefinition",
    "monitoring", "partnerEntity", "partnerRole", "relationship", "resource", "signal", "supports", "textAnnotation",
})  # fmt: skip
"""Beside the drawing: it moves nothing, and is left out."""
STRUCTURE = frozenset({"extensionElements", "incoming", "outgoing"})
EXECUTES = frozenset({
    "scriptTask", "globalScriptTask", "script", "operationRef", "sendTask", "assignment", "dataInputAssociation",
    "dataOutputAssociation", "ioSpecification", "ioBinding",
})  # fmt: skip
EXPRESSIONS = frozenset({
    "conditionExpression", "resourceAssignmentExpression", "completionCondition", "condition", "formalExpression",
    "conditionalEventDefinition", "activationCondition",
})  # fmt: skip
REPEATS = frozenset({"multiInstanceLoopCharacteristics", "standardLoopCharacteristics", "participantMultiplicity"})
REASONS = (
    dict.fromkeys(EXECUTES, "executes") | dict.fromkeys(EXPRESSIONS, "expression") | dict.fromkeys(REPEATS, "repeats")
) | {"import": "outside"}
HARMLESS = frozenset({
    "diagramRelationId", "modelerTemplate", "modelerTemplateIcon", "modelerTemplateVersion", "versionTag",
    "historyTimeToLive",
})  # fmt: skip
"""What an engine's own editor notes for itself."""
MEANINGFUL = {
    "isForCompensation": ("false", "0"), "startQuantity": ("1",), "completionQuantity": ("1",),
    "triggeredByEvent": ("false", "0"), "instantiate": ("false", "0"),
}  # fmt: skip
"""Attributes that change what an element does, with the values that change nothing."""


def refusal(element: Element, reason: str = "", *, owner: Element | None = None) -> Refusal:
    """An element that is not taken over; one without an id is told by whom it belongs to."""
    word = local(element.tag)
    told = element if element.get("id") or owner is None else owner
    name = named(element) or named(told)
    return Refusal(word, told.get("id", "")[:200], name, reason or REASONS.get(word, "no_counterpart"))


def of_meaning(element: Element) -> list[Refusal]:
    """The attributes of BPMN by which an element does what we do not."""
    return [
        Refusal(f"{local(element.tag)}/{name}", element.get("id", ""), named(element), "no_counterpart")
        for name, plain in MEANINGFUL.items()
        if element.get(name, plain[0]).strip() not in plain
    ]


def of_engines(element: Element, owner: Element) -> Iterator[Refusal]:
    """What tells a program to execute something, in an element and below it; the topmost, each with its owner."""
    owner = element if element.get("id") and space_of(element.tag) not in ENGINES else owner
    for name in element.attrib:
        if space_of(name) in ENGINES and local(name).partition(":")[2] not in HARMLESS:
            yield Refusal(local(name), owner.get("id", ""), named(owner), "executes")
    for child in element:
        if space_of(child.tag) in ENGINES:
            yield refusal(child, "executes", owner=owner)
        else:
            yield from of_engines(child, owner)


def beside(element: Element) -> list[str]:
    """What an element carries that says nothing to us: the extensions of others, and what is written about it."""
    found = element.find(bpmn("extensionElements"))
    children = found if found is not None else ()
    told = [local(one.tag) for one in children if space_of(one.tag) not in (*ENGINES, OURS)]
    return told + ["documentation" for _one in element.findall(bpmn("documentation"))]


def is_empty(element: Element) -> bool:
    """A description of data that describes none."""
    parts = {local(one.tag) for one in element}
    return local(element.tag) == "ioSpecification" and parts <= {"inputSet", "outputSet"}
