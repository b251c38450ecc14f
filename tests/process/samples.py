"""Small graphs for the tests of the process room."""

from __future__ import annotations

import copy
import json
from typing import Any

from shenava.process.kernel import Graph, load
from shenava.process.publishing import DEFAULT

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


def branching(**several: Any) -> dict[str, Any]:
    """The delivered definition with two tasks beside the handling that begin with a note, joined before `weighed`; and
    a reminder after three days, once more after another three."""
    content = delivered()
    content["nodes"]["in_handling"]["verbs"].remove("note")
    content["nodes"] |= {
        "fork": {"kind": "parallel"},
        "inspect": {"kind": "task", "names": NAMES, "role": "expert", "within": {"days": 2}},
        "approve": {"kind": "task", "names": NAMES, "role": "complaint_officer", **several},
        "join": {"kind": "parallel"},
        "weighed": {"kind": "stage", "names": NAMES, "role": "complaint_officer", "verbs": ["note", "take"]},
        "late": {
            "kind": "boundary", "at": "in_handling", "after": {"days": 3}, "interrupting": False, "repeat": 1,
        },
        "remind": {"kind": "operation", "operation": "remind_holder"},
        "reminded": {"kind": "end"},
    }  # fmt: skip
    content["flows"] += [
        way("in_handling", "fork", on="note"),
        way("fork", "inspect"),
        way("fork", "approve"),
        outcome("inspect", "join", "sound"),
        outcome("approve", "join", "agreed"),
        way("join", "weighed"),
        way("weighed", "responded", on="respond"),
        way("late", "remind"),
        way("remind", "reminded"),
    ]
    content["anytime"][0]["from"].append("weighed")
    return content


def task(**fields: Any) -> dict[str, Any]:
    """A task with a name, for an expert."""
    return {"kind": "task", "names": NAMES, "role": "expert"} | fields


def way(source: str, target: str, **fields: Any) -> dict[str, Any]:
    """A flow; of a task (`on`) with a name for the outcome."""
    return {"from": source, "to": target, **fields}


def outcome(source: str, target: str, on: str = "done") -> dict[str, Any]:
    """A flow by which a task is left."""
    return way(source, target, on=on, names=NAMES)


def drawn(nodes: dict[str, Any], *flows: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A process of these nodes and flows, beside `start` and an `end` without a name."""
    around = {"start": {"kind": "start"}, "end": {"kind": "end"}}
    return {"key": "drawn", "names": NAMES, "nodes": around | nodes, "flows": list(flows), **more}


FORKED = drawn(
    {
        "open": stage(shown=1, verbs=["note"]),
        "again": {"kind": "exclusive"},
        "fork": {"kind": "parallel"},
        "look": task(),
        "ask": task(),
        "join": {"kind": "parallel"},
        "answered": stage(shown=2),
        "closed": {"kind": "end", "names": NAMES, "shown": 3},
    },
    way("start", "open"),
    way("open", "again", on="begin"),
    way("again", "fork"),
    way("fork", "look"),
    way("fork", "ask"),
    outcome("look", "join"),
    outcome("ask", "join"),
    way("join", "answered"),
    way("answered", "again", on="reject"),
    way("answered", "closed", on="accept"),
    anytime=[
        {"on": "withdraw", "from": ["open", "answered"], "to": "closed", "outcome": "withdrawn"},
        {"on": "reopen", "from": ["closed"], "to": "open"},
    ],
)
del FORKED["nodes"]["end"]
