"""Small graphs for the tests of the process room."""

from __future__ import annotations

import copy
import json
from typing import Any

from shenava.process.graph import Graph, load
from shenava.process.runs import DEFAULT

NAMES = {"en": "Name", "fa": "نام", "he": "שם"}


def delivered() -> dict[str, Any]:
    """The delivered definition as JSON."""
    return json.loads(DEFAULT.read_text(encoding="utf-8"))


def default() -> Graph:
    """The delivered definition as a graph."""
    return load(delivered())


SMALL: dict[str, Any] = {
    "key": "small",
    "names": NAMES,
    "nodes": {
        "start": {"kind": "start"},
        "open": {"kind": "stage", "names": NAMES, "verbs": ["note"], "shown": 1},
        "done": {"kind": "end", "names": NAMES, "shown": 2},
    },
    "flows": [{"from": "start", "to": "open"}, {"from": "open", "to": "done", "on": "close"}],
}


def small(**changes: Any) -> dict[str, Any]:
    """A process of one stage, with other top fields where given."""
    return copy.deepcopy(SMALL) | changes


def small_nodes(**nodes: Any) -> dict[str, Any]:
    """A process of one stage, with other or further nodes."""
    return small(nodes=copy.deepcopy(SMALL["nodes"]) | nodes)


def small_flows(*flows: dict[str, str]) -> dict[str, Any]:
    """A process of one stage, with further flows."""
    return small(flows=[*SMALL["flows"], *flows])


def stage(**fields: Any) -> dict[str, Any]:
    """A stage with a name."""
    return {"kind": "stage", "names": NAMES} | fields
