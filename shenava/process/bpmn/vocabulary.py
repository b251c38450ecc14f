"""The words of both directions: namespaces, which element is which kind of node, and what came of reading."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
OURS = "urn:shenava:bpmn:1"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
LANGUAGES = ("en", "fa", "he")
NUMBERS = {"shown": "shown", "warnAfter": "warn_after", "lapseAfter": "lapse_after"}
TEXTS = {"due": "due", "outcome": "outcome", "table": "table", "operation": "operation"}
UNITS = {"days": "D", "hours": "H"}
ENGINES = {
    "http://camunda.org/schema/1.0/bpmn": "camunda",
    "http://camunda.org/schema/zeebe/1.0": "zeebe",
    "http://flowable.org/bpmn": "flowable",
    "http://activiti.org/bpmn": "activiti",
    "http://www.jboss.org/drools": "drools",
    "http://jbpm.org/xsd": "jbpm",
    "http://www.omg.org/bpmn20": "jbpm",
    "http://www.bonitasoft.org/ns/bpmn": "bonita",
    "http://knowprocess.com/bpmn": "knowprocess",
    "http://www.processmaker.com/BPMN2": "processmaker",
    "http://spiffworkflow.org/bpmn/schema/1.0/core": "spiffworkflow",
    "http://operaton.org/schema/1.0/bpmn": "operaton",
    "http://cibseven.org/schema/1.0/bpmn": "cibseven",
}
"""Extensions by which programs are told to execute something: refused, wherever they stand."""


class Refusal(NamedTuple):
    """An element that is not taken over, its id and name in the file, and the code of the reason."""

    element: str
    id: str
    name: str
    reason: str


class LeftOut(NamedTuple):
    """Elements that mean nothing for the handling, such as notes beside the drawing: which, and how many."""

    element: str
    number: int


@dataclass(frozen=True)
class Known:
    """The words that a file of others may use: roles by what they are called, and operations and tables by key."""

    roles: Mapping[str, str] = field(default_factory=dict)
    operations: frozenset[str] = frozenset()
    tables: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Reading:
    """What a file says: the content that `kernel.load` takes, or, in its place, all that is refused.

    `translated` is false where the names are those of one language in all three. `ids` tells what each node was in
    the file.
    """

    content: dict[str, Any] | None
    refused: list[Refusal]
    left_out: list[LeftOut] = field(default_factory=list)
    translated: bool = True
    ids: Mapping[str, str] = field(default_factory=dict)


def bpmn(name: str) -> str:
    """The name of an element of BPMN."""
    return "{" + BPMN + "}" + name


def ours(name: str) -> str:
    """The name of an attribute or element of our own."""
    return "{" + OURS + "}" + name


def local(name: str) -> str:
    """A name without its namespace; of a known engine with the word for it: `camunda:class`."""
    space, _, word = name.rpartition("}")
    prefix = ENGINES.get(space[1:], "")
    return f"{prefix}:{word}" if prefix else word


def space_of(name: str) -> str:
    """The namespace of a name, empty for none."""
    return name[1:].partition("}")[0] if name.startswith("{") else ""


def named(element: Element) -> str:
    """What an element is called in its file, on one line."""
    return one_line(element.get("name", ""))


def one_line(text: str) -> str:
    """A text without line breaks, and not without end."""
    return " ".join(text.split())[:200]


def language_of(text: str) -> str:
    """The language whose letters a text is written in."""
    if re.search("[\u0590-\u05ff]", text):
        return "he"
    return "fa" if re.search("[\u0600-\u06ff]", text) else "en"
