"""A drawn process in words: each step with who does it, the ways out of it, and what is wrong at it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.utils.functional import Promise

from shenava.desk.drawn_words import KINDS, DrawnWords
from shenava.desk.stages.faults import worded
from shenava.desk.verbs import verb_label
from shenava.people.models import Role
from shenava.process import kernel, publishing

ROLES = {str(value): label for value, label in Role.choices}


class Way(NamedTuple):
    """Where a way leads, and by what."""

    to: str
    by: str


class Step(NamedTuple):
    """One node in words."""

    key: str
    name: str
    kind: Promise | str
    role: str
    ways: list[Way]
    faults: list[str]


def steps_of(content: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The steps of a process, and what is wrong with it as a whole."""
    drawn, faults = kernel.sketch(content), publishing.faults_of(content)
    words = DrawnWords(drawn)
    steps = [
        Step(
            key=key,
            name=words.name(key),
            kind=KINDS[drawn.nodes[key].kind],
            role=str(ROLES.get(drawn.nodes[key].role, drawn.nodes[key].role)),
            ways=[Way(words.name(flow.target), _by(flow, language)) for flow in drawn.out[key]],
            faults=[_worded(fault, words) for fault in faults if fault.node.partition(":")[0] == key],
        )
        for key in _in_order(drawn)
    ]
    others = [fault for fault in faults if fault.node.partition(":")[0] not in drawn.nodes]
    return {"steps": steps, "faults": [_worded(fault, words) for fault in others], "is_sound": not faults}


def _worded(fault: kernel.Fault, words: DrawnWords) -> str:
    return worded(fault, words, is_outcome=":" in fault.node)


def _in_order(drawn: kernel.Graph) -> Iterable[str]:
    """As a complaint comes to them, then those that it never comes to."""
    reached = drawn.in_order() if "" in drawn.starts else ()
    return dict.fromkeys([*(node.key for node in reached), *drawn.nodes])


def _by(flow: kernel.Flow, language: str) -> str:
    return flow.names.get(language) or flow.names.get("en") or verb_label(flow.on)
