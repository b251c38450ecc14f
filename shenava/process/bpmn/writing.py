"""Writing: the content of a process as a BPMN 2.0 file that keeps to the schema, and comes back as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from shenava.common.safe_xml import text_of
from shenava.process import kernel
from shenava.process.bpmn import conditions, spans
from shenava.process.bpmn.diagram import SPACES, Diagram, lane_of
from shenava.process.bpmn.vocabulary import BPMN, NUMBERS, OURS, TEXTS, XSI
from shenava.process.drawing import ANYTIME, Drawing, layout

Content = Mapping[str, Any]
FEEL = "https://www.omg.org/spec/DMN/20191111/FEEL/"
TAGS = {
    "start": "startEvent", "stage": "userTask", "task": "userTask", "decision": "businessRuleTask",
    "operation": "serviceTask", "exclusive": "exclusiveGateway", "parallel": "parallelGateway",
    "message": "intermediateCatchEvent", "timer": "intermediateCatchEvent", "sub": "subProcess",
    "call": "callActivity", "boundary": "boundaryEvent", "end": "endEvent",
}  # fmt: skip
CAPTIONS = ("operation", "table", "message", "process")


def write(content: Content, *, language: str, rtl: bool = False, words: Mapping[str, str] | None = None) -> bytes:
    """A process as a file, its labels in a language, and drawn; from right to left, mirrored. It may be unfinished.

    `words` are what verbs, roles and the like are called there. Raises FaultyGraphError for what is no process.
    """
    return text_of(_Writer(content, language, words or {}).file(rtl))


class _Writer:
    def __init__(self, content: Content, language: str, words: Mapping[str, str]) -> None:
        self.drawing = _laid_out(content, language)
        self.content, self.language, self.words = content, language, words
        self.nodes: Mapping[str, Content] = content["nodes"]
        self.flows = {f"Flow_{place}": flow for place, flow in enumerate(content["flows"], 1)}
        self.drawn = {key: flow for key, flow in self.flows.items() if self._is_drawn(flow)}
        lanes = self.drawing.lanes if any(lane.key for lane in self.drawing.lanes) else ()
        self.lanes = {f"Lane_{place}": lane for place, lane in enumerate(lanes, 1)}
        self.held = {node.get("at") for node in self.nodes.values() if node["kind"] == "boundary"}

    def file(self, rtl: bool) -> Element:
        spaces = {"xmlns:bpmn": BPMN, "xmlns:shenava": OURS, "xmlns:xsi": XSI} | SPACES
        about = {"id": "Definitions_1", "targetNamespace": OURS, "exporter": "Shenava"}
        root = Element("bpmn:definitions", spaces | about | {"shenava:language": self.language})
        messages = dict.fromkeys(node["message"] for node in self.nodes.values() if node.get("message"))
        self.messages = {name: f"Message_{place}" for place, name in enumerate(messages, 1)}
        for name, one in self.messages.items():
            SubElement(root, "bpmn:message", {"id": one, "name": name})
        if self.lanes:
            root.append(self._pool())
        root.append(self._process())
        root.append(self._diagram(rtl))
        return root

    def _pool(self) -> Element:
        pool = Element("bpmn:collaboration", {"id": "Collaboration_1"})
        name = self.content["names"].get(self.language, "")
        about = {"id": "Participant_1", "processRef": "Process_1"} | ({"name": name} if name else {})
        SubElement(pool, "bpmn:participant", about)
        return pool

    def _process(self) -> Element:
        content = self.content
        process = Element("bpmn:process", {"id": "Process_1", "isExecutable": "false", "shenava:key": content["key"]})
        if "intake" in content:
            process.set("shenava:intake", " ".join(content["intake"]))
        if "purpose" in content:
            SubElement(process, "bpmn:documentation").text = content["purpose"]
        undrawn = [self._undrawn(key, flow) for key, flow in self.flows.items() if key not in self.drawn]
        self._named(process, content["names"], [*map(_anytime, content.get("anytime", ())), *undrawn])
        self._lanes(process)
        self._fill(process, "")
        return process

    def _lanes(self, process: Element) -> None:
        """A lane for each role; what nobody does stands in one of those, or in one without a role."""
        if not self.lanes:
            return
        lanes = SubElement(process, "bpmn:laneSet", {"id": "Lanes_1"})
        for place, (one, lane) in enumerate(self.lanes.items()):
            role = "" if lane.key == ANYTIME else lane.key
            name = {"name": self.words.get(lane.key, role)} if lane.key else {}
            element = SubElement(lanes, "bpmn:lane", {"id": one, "shenava:role": role} | name)
            for key, node in self.nodes.items():
                if not node.get("in") and lane_of(self.drawing, key) == place:
                    SubElement(element, "bpmn:flowNodeRef").text = key

    def _diagram(self, rtl: bool) -> Element:
        drawing = self.drawing.mirrored() if rtl else self.drawing
        diagram = Diagram(drawing, "Collaboration_1" if self.lanes else "Process_1")
        if self.lanes:
            diagram.pool("Participant_1", self.lanes)
        for key, node in self.nodes.items():
            diagram.node(key, is_part=node["kind"] == "sub", is_choice=node["kind"] == "exclusive")
        for key, flow in self.drawn.items():
            name = flow.get("names", {}).get(self.language, "") or str(flow.get("on") or "")
            diagram.flow(key, drawing.routes[_key_of(flow)], self.words.get(name, name))
        return diagram.root

    def _fill(self, container: Element, part: str) -> None:
        for key, node in self.nodes.items():
            if node.get("in", "") == part:
                container.append(self._node(key, node))
        for key, flow in self.drawn.items():
            if self.nodes[flow["from"]].get("in", "") == part:
                container.append(self._flow(key, flow))

    def _node(self, key: str, node: Content) -> Element:
        tag = "receiveTask" if node["kind"] == "message" and key in self.held else TAGS[node["kind"]]
        element = Element(f"bpmn:{tag}", {"id": key} | _attributes(node))
        if node.get("role", "") != self._role_of_lane(key, node):
            element.set("shenava:role", node.get("role", ""))
        caption = next((str(node[name]) for name in CAPTIONS if node.get(name)), "")
        self._named(element, node.get("names", {}), [], caption)
        self._ways(element, key)
        PARTS.get(node["kind"], _nothing)(self, element, node)
        if node["kind"] == "sub":
            self._fill(element, key)
        return element

    def _role_of_lane(self, key: str, node: Content) -> str:
        """The role that whoever reads the file takes from the lane, where there is one."""
        if node["kind"] not in ("stage", "task") or node.get("in") or not self.lanes:
            return ""
        lane = self.drawing.lanes[lane_of(self.drawing, key)]
        return "" if lane.key == ANYTIME else lane.key

    def _ways(self, element: Element, key: str) -> None:
        for way, flow in self.drawn.items():
            if flow["to"] == key:
                SubElement(element, "bpmn:incoming").text = way
        for way, flow in self.drawn.items():
            if flow["from"] == key:
                SubElement(element, "bpmn:outgoing").text = way
                if flow.get("otherwise"):
                    element.set("default", way)

    def _flow(self, key: str, flow: Content) -> Element:
        about = {"id": key, "sourceRef": flow["from"], "targetRef": flow["to"]}
        own = {f"shenava:{name}": flow[name] for name in ("on", "outcome") if name in flow}
        element = Element("bpmn:sequenceFlow", about | own | {"shenava:place": key.partition("_")[2]})
        text = conditions.expression(flow.get("if", ()))
        self._named(element, flow.get("names", {}), conditions.elements(flow.get("if", ())), flow.get("on") or text)
        if text:
            formal = {"xsi:type": "bpmn:tFormalExpression", "language": FEEL}
            SubElement(element, "bpmn:conditionExpression", formal).text = text
        return element

    def _is_drawn(self, flow: Content) -> bool:
        """BPMN has no way out of an end, and none across the border of a part."""
        return _key_of(flow) in self.drawing.routes and self.nodes[flow["from"]]["kind"] != "end"

    def _undrawn(self, key: str, flow: Content) -> Element:
        told = {name: flow[name] for name in ("from", "to", "on", "outcome") if name in flow}
        told |= {"otherwise": "true"} if flow.get("otherwise") else {}
        element = Element("shenava:flow", told | {"place": key.partition("_")[2]})
        element.extend([*_names(flow.get("names", {})), *conditions.elements(flow.get("if", ()))])
        return element

    def _named(self, element: Element, names: Mapping[str, str], more: Iterable[Element], caption: str = "") -> None:
        """Its label, its names in the other languages, and what else is ours. Without a name, a caption is shown."""
        label = names.get(self.language, "")
        if not label and caption:
            label = self.words.get(caption, caption)
            element.set("shenava:caption", label)
        if label:
            element.set("name", label)
        others = {key: name for key, name in names.items() if key != self.language or not name}
        own = [*_names(others), *more]
        if own:
            SubElement(element, "bpmn:extensionElements").extend(own)

    def message(self, element: Element, node: Content) -> None:
        """Which message is waited for."""
        reference = {"messageRef": self.messages[node["message"]]} if node.get("message") else {}
        if element.tag == "bpmn:receiveTask":
            element.attrib.update(reference)
        else:
            SubElement(element, "bpmn:messageEventDefinition", reference)

    def timer(self, element: Element, node: Content) -> None:
        """How long is waited, and how often again."""
        after = node.get("after", {})
        working = {"shenava:working": "true"} if next(iter(after), "").startswith("working_") else {}
        timer = SubElement(element, "bpmn:timerEventDefinition", working)
        kind, text = "timeDuration", spans.duration(after)
        if "repeat" in node:
            kind, text = "timeCycle", spans.cycle(after, node["repeat"])
        SubElement(timer, f"bpmn:{kind}", {"xsi:type": "bpmn:tFormalExpression"}).text = text

    def boundary(self, element: Element, node: Content) -> None:
        """A timer at a step."""
        element.set("attachedToRef", node.get("at", ""))
        if "interrupting" in node:
            element.set("cancelActivity", "true" if node["interrupting"] else "false")
        self.timer(element, node)

    def end(self, element: Element, node: Content) -> None:
        """Where all of a part ends at once."""
        if node.get("terminate"):
            SubElement(element, "bpmn:terminateEventDefinition")

    def task(self, element: Element, node: Content) -> None:
        """A task for several people."""
        if "several" in node:
            SubElement(element, "bpmn:multiInstanceLoopCharacteristics")

    def call(self, element: Element, node: Content) -> None:
        """Which process is called."""
        if node.get("process"):
            element.set("calledElement", node["process"])


def _nothing(writer: _Writer, element: Element, node: Content) -> None:
    """There is nothing to add."""


PARTS: Mapping[str, Callable[[_Writer, Element, Content], None]] = {
    "message": _Writer.message, "timer": _Writer.timer, "boundary": _Writer.boundary, "end": _Writer.end,
    "task": _Writer.task, "call": _Writer.call,
}  # fmt: skip


def _attributes(node: Content) -> dict[str, str]:
    """What BPMN has no words for, at a node."""
    told = {f"shenava:{name}": str(node[key]) for name, key in (TEXTS | NUMBERS).items() if key in node}
    if node["kind"] == "stage":
        told["shenava:kind"] = "stage"
    if "verbs" in node:
        told["shenava:verbs"] = " ".join(node["verbs"])
    if "within" in node:
        told["shenava:within"] = spans.spelled(node["within"])
    if "several" in node:
        told["shenava:several"] = node["several"].get("of", "")
        told |= {"shenava:count": str(node["several"]["count"])} if "count" in node["several"] else {}
    return told


def _names(names: Mapping[str, str]) -> list[Element]:
    return [Element("shenava:name", {"lang": key, "text": name}) for key, name in names.items()]


def _anytime(one: Content) -> Element:
    told = {name: one[name] for name in ("on", "to", "outcome", "does") if name in one}
    return Element("shenava:anytime", told | {"from": " ".join(one["from"])})


def _laid_out(content: Content, language: str) -> Drawing:
    drawing = layout(kernel.sketch(content), language=language)
    lost = [key for key in content["nodes"] if key not in drawing.boxes]
    kernel.refuse([kernel.Fault(key, "is inside of what is no part") for key in lost])
    return drawing


def _key_of(flow: Content) -> str:
    """The key of the route of a way, as the drawing has it."""
    return kernel.Flow(flow["from"], flow["to"], flow.get("on", "")).key
