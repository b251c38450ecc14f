"""The drawing: a process and its parts, element by element, with what is refused and what is left out."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from typing import Any
from xml.etree.ElementTree import Element

from shenava.process.bpmn import conditions, refusing
from shenava.process.bpmn.nodes import KINDS, Around, node, reference
from shenava.process.bpmn.vocabulary import BPMN, LANGUAGES, OURS, Known, Refusal, bpmn, local, named, ours, space_of

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
DONE = {"en": "Done", "fa": "انجام شد", "he": "בוצע"}
"""The outcome of a task of others, which has one way out and no name for it."""
UNDERSTOOD = frozenset({"sequenceFlow", "laneSet", "documentation", *refusing.STRUCTURE, *refusing.REPEATS, *KINDS})
"""What may stand in a process or a part; of its repetition is spoken where the part is."""
Content = dict[str, Any]


class Drawing:
    """What has been read so far. `language` is that of the labels, empty in a file that is not ours."""

    def __init__(self, language: str, known: Known, messages: dict[str, str]) -> None:
        self.language = language
        self.around = Around(messages, known)
        self.refused = self.around.refused
        self.nodes: dict[str, Content] = {}
        self.flows: list[tuple[int, Content]] = []
        self.anytime: list[Content] = []
        self.keys: dict[str, str] = {}
        self.left_out: list[str] = []
        self._elements: list[tuple[Element, str]] = []
        self._drawn: list[Element] = []
        self._roles: dict[str, str] = {}

    def read(self, process: Element) -> None:
        """Take over a process: first every element, then the nodes, then the ways between them."""
        self._collect(process, "")
        self._give_keys()
        for element, inside in self._elements:
            self._take(element, inside)
        for flow in self._drawn:
            self._flow(flow)
        extensions = process.find(bpmn("extensionElements"))
        for one in extensions if extensions is not None else ():
            if one.tag == ours("anytime"):
                self.anytime.append(_anytime(one))
            if one.tag == ours("flow"):
                self._undrawn(one)

    def _give_keys(self) -> None:
        """First those whose id is a key already, so that no other takes it from them."""
        told = [element.get("id", "") for element, _inside in self._elements]
        self.keys |= {given: given for given in told if KEY.fullmatch(given)}
        for element, _inside in self._elements:
            kind = KINDS[local(element.tag)]
            self.keys.setdefault(element.get("id", ""), self.key_for(element, named(element), kind))

    def content(self) -> Content:
        """The nodes, the ways, and what is possible at any time."""
        flows = [flow for _place, flow in sorted(self.flows, key=lambda flow: flow[0])]
        return {"nodes": self.nodes, "flows": flows} | ({"anytime": self.anytime} if self.anytime else {})

    def doubled(self) -> list[Refusal]:
        """Elements with an id that another one has, or with none."""
        told = [element.get("id", "") for element, _inside in self._elements]
        number = Counter(told)
        return [
            refusing.refusal(element, "no_id" if not element.get("id") else "two_with_one_id")
            for element, _inside in self._elements
            if number[element.get("id", "")] > 1 or not element.get("id")
        ]

    def key_for(self, element: Element, name: str, kind: str) -> str:
        """The key of an element: its id, else its name in small Latin letters, else what it is, and a number."""
        given = element.get("id", "")
        slug = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:34]
        taken = set(self.keys.values())
        wanted = given if KEY.fullmatch(given) else slug if KEY.fullmatch(slug) else ""
        if wanted and wanted not in taken:
            return wanted
        word = wanted[:34] or {"catch": "wait"}.get(kind, kind)
        return next(key for place in range(1, len(taken) + 3) if (key := f"{word}_{place}") not in taken)

    def names(self, element: Element) -> dict[str, str]:
        """What an element is called: by its label, and in our elements for the other languages."""
        label = element.get("name", "")
        if not self.language:
            return dict.fromkeys(LANGUAGES, named(element)) if named(element) else {}
        if element.get(ours("caption")) == label:
            label = ""
        told = {self.language: label} if label else {}
        return told | _told_names(element.find(bpmn("extensionElements")))

    def _collect(self, container: Element, inside: str) -> None:
        for element in container:
            word = local(element.tag) if space_of(element.tag) == BPMN else ""
            self.left_out += refusing.beside(element)
            if word in KINDS:
                self._elements.append((element, inside))
            if word == "subProcess":
                self._collect(element, element.get("id", ""))
            if word == "sequenceFlow":
                self._drawn.append(element)
            if word == "laneSet":
                self._lanes(element)
            if word not in UNDERSTOOD:
                self._other(element, container)

    def _other(self, element: Element, container: Element) -> None:
        """What is neither a node nor a way: beside the drawing, or refused."""
        beside = local(element.tag) in refusing.MEANINGLESS or refusing.is_empty(element)
        if beside or space_of(element.tag) != BPMN:
            self.left_out.append(local(element.tag))
        else:
            self.refused.append(refusing.refusal(element, owner=container))

    def _lanes(self, lanes: Element) -> None:
        """Who does what stands in a lane; the innermost says it."""
        for lane in lanes.findall(bpmn("lane")):
            role = lane.get(ours("role"), self.around.known.roles.get(named(lane).casefold(), ""))
            if not role and ours("role") not in lane.attrib:
                self.left_out.append("lane")
            for one in lane.findall(bpmn("flowNodeRef")):
                self._roles[reference(one.text or "")] = role
            for inner in lane.findall(bpmn("childLaneSet")):
                self._lanes(inner)

    def _take(self, element: Element, inside: str) -> None:
        said = node(element, self.around)
        if said is None:
            return
        if inside:
            said["in"] = self.keys[inside]
        names = self.names(element)
        if names and said["kind"] != "start":
            said["names"] = names
        role = element.get(ours("role"), self._roles.get(element.get("id", ""), ""))
        if role and said["kind"] in ("stage", "task"):
            said["role"] = role
        if "at" in said:
            said["at"] = self.keys.get(said["at"], said["at"])
        self.nodes[self.keys[element.get("id", "")]] = said

    def _flow(self, flow: Element) -> None:
        ends = [self.keys.get(reference(flow.get(name, ""))) for name in ("sourceRef", "targetRef")]
        if None in ends:
            if not self.refused:
                self.refused.append(refusing.refusal(flow, "lost_flow"))
            return
        said: Content = {"from": ends[0], "to": ends[1]}
        said |= {name: flow.attrib[ours(name)] for name in ("on", "outcome") if ours(name) in flow.attrib}
        said |= self._conditions(flow)
        if flow.get("id", "") in self._defaults:
            said["otherwise"] = True
        names = self.names(flow)
        kind = self.nodes.get(str(ends[0]), {}).get("kind")
        if names and (self.language or kind == "task"):
            said["names"] = names
        self.flows.append((_place(flow), self._of_task(flow, said) if kind == "task" else said))

    @cached_property
    def _defaults(self) -> frozenset[str]:
        return frozenset(element.get("default", "") for element, _inside in self._elements) - {""}

    def _conditions(self, flow: Element) -> Content:
        """The conditions of a way, where they still say what is written; an expression of others is refused."""
        exact = conditions.conditions_of(flow.find(bpmn("extensionElements")))
        written = flow.find(bpmn("conditionExpression"))
        if exact is None:
            self.refused.append(refusing.refusal(flow, "value"))
        elif "".join(written.itertext() if written is not None else ()).strip() != conditions.expression(exact).strip():
            changed = written if written is not None else flow
            self.refused.append(refusing.refusal(changed, "expression_changed" if exact else "expression", owner=flow))
        return {"if": exact} if exact else {}

    def _of_task(self, flow: Element, said: Content) -> Content:
        """A task is left by an outcome. Of several ways without one all would be gone at once: refused."""
        if "on" in said or said.get("otherwise"):
            return said
        if self._plain[flow.get("sourceRef", "")] > 1:
            self.refused.append(refusing.refusal(flow, "several_ways"))
        return said | {"on": "done", "names": said.get("names") or DONE}

    @cached_property
    def _plain(self) -> Counter[str]:
        """How many ways without an outcome lead out of each element."""
        plain = [one for one in self._drawn if ours("on") not in one.attrib and one.get("id") not in self._defaults]
        return Counter(one.get("sourceRef", "") for one in plain)

    def _undrawn(self, given: Element) -> None:
        """A way out of an end, which BPMN draws nowhere."""
        said: Content = {name: given.attrib[name] for name in ("from", "to", "on", "outcome") if name in given.attrib}
        exact, names = conditions.conditions_of(given), _told_names(given)
        said |= ({"if": exact} if exact else {}) | ({"names": names} if names else {})
        said |= {"otherwise": True} if given.get("otherwise") == "true" else {}
        if exact is None or not {"from", "to"} <= said.keys():
            self.refused.append(refusing.refusal(given, "value"))
        self.flows.append((_place(given, ""), said))


def _place(flow: Element, prefix: str = OURS) -> int:
    """Its place among all ways; one that was drawn later comes last."""
    given = flow.get(ours("place") if prefix else "place", "")
    return int(given) if re.fullmatch(r"\d{1,6}", given, re.ASCII) else 1_000_000


def _told_names(parent: Element | None) -> dict[str, str]:
    found = parent.findall(ours("name")) if parent is not None else []
    return {one.get("lang", ""): one.get("text", "") for one in found}


def _anytime(given: Element) -> Content:
    said: Content = {name: given.attrib[name] for name in ("on", "to", "outcome", "does") if name in given.attrib}
    return said | {"from": given.get("from", "").split()}
