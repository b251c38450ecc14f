"""Soundness: what can go wrong is named at the step where it does, before anything is published."""

from __future__ import annotations

from typing import Any

import pytest

from shenava.process.kernel import Fault, load, unsound
from tests.process.samples import FORKED, NAMES, default, drawn, outcome, stage, task, way

IF = {"if": [{"field": "amount", "is": "more", "value": 5}]}
TWO = {"one": task(), "two": task()}


UNSOUND: list[tuple[str, dict[str, Any], list[Fault]]] = [
    ("a step never reached", drawn(
        TWO, way("start", "one"), outcome("one", "end"), outcome("two", "end")
    ), [Fault("two", "is never reached")]),
    ("a trap", drawn(
        TWO, way("start", "one"), outcome("one", "end"), outcome("one", "two", "fall"), outcome("two", "two")
    ), [Fault("two", "leads to no end")]),
    ("a join behind a choice", drawn(
        TWO | {"choice": {"kind": "exclusive"}, "join": {"kind": "parallel"}},
        way("start", "choice"), way("choice", "one", **IF), way("choice", "two", otherwise=True),
        outcome("one", "join"), outcome("two", "join"), way("join", "end"),
    ), [Fault("join", "waits for a branch that can no longer come")]),
    ("a fork that a way comes back to", FORKED | {"flows": [
        flow | ({"to": "fork"} if flow.get("on") == "reject" else {}) for flow in FORKED["flows"]
    ]}, [Fault("fork", "waits for a branch that can no longer come")]),
    ("branches that are never joined", drawn(
        TWO | {"fork": {"kind": "parallel"}, "merge": {"kind": "exclusive"}, "last": task()},
        way("start", "fork"), way("fork", "one"), way("fork", "two"),
        outcome("one", "merge"), outcome("two", "merge"), way("merge", "last"), outcome("last", "end"),
    ), [Fault("last", "can be under way twice at once: what goes on side by side has to be joined")]),
    ("branches without number", drawn(
        TWO | {"fork": {"kind": "parallel"}, "again": {"kind": "exclusive"}},
        way("start", "again"), way("again", "fork"), way("fork", "one"), way("fork", "two"),
        outcome("one", "again"), outcome("two", "end"),
    ), [Fault("two", "can be under way twice at once: what goes on side by side has to be joined")]),
    ("a complaint in two places", {**drawn(
        {"open": stage(), "beside": stage(), "fork": {"kind": "parallel"}, "closed": {"kind": "end", "names": NAMES}},
        way("start", "fork"), way("fork", "open"), way("fork", "beside"),
        way("open", "closed", on="close"), way("beside", "end", on="close"),
    )}, [Fault("beside", "holds the complaint while open does; it lies with one at a time")]),
    ("an end to rest at that has no name", drawn(
        {"open": stage()}, way("start", "open"), way("open", "end", on="close")
    ), [Fault("open", "leads to the end of the run, but to none that has a name to rest at")]),
    ("a round without anybody", drawn(
        {"first": {"kind": "exclusive"}, "second": {"kind": "exclusive"}},
        way("start", "first"), way("first", "second"), way("second", "first", **IF),
        way("second", "end", otherwise=True),
    ), [
        Fault("first", "comes round to itself, and nobody is asked on the way"),
        Fault("second", "comes round to itself, and nobody is asked on the way"),
    ]),
    ("a reminder that takes the complaint", drawn(
        {
            "open": stage(), "beside": stage(), "closed": {"kind": "end", "names": NAMES},
            "late": {"kind": "boundary", "at": "open", "after": {"days": 1}, "interrupting": False},
        },
        way("start", "open"), way("open", "closed", on="close"), way("late", "beside"),
        way("beside", "end", on="close"),
    ), [Fault("beside", "is begun by a timer beside the stage that holds the complaint")]),
    ("a reminder that a join waits for", drawn(
        TWO | {
            "late": {"kind": "boundary", "at": "one", "after": {"days": 1}, "interrupting": False},
            "join": {"kind": "parallel"},
        },
        way("start", "one"), way("late", "two"), outcome("one", "join"), outcome("two", "join"), way("join", "end"),
    ), [Fault("join", "waits for a branch that can no longer come")]),
    ("a step beside an end that comes first", drawn(
        {"one": task(), "fork": {"kind": "parallel"}, "closed": {"kind": "end", "names": NAMES}},
        way("start", "fork"), way("fork", "closed"), way("fork", "one"), outcome("one", "end"),
    ), [
        Fault("end", "is on a way that is never gone to its end"),
        Fault("one", "is on a way that is never gone to its end"),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("content", "faults"), [case[1:] for case in UNSOUND], ids=[one[0] for one in UNSOUND])
def test_what_can_go_wrong_is_named_at_its_step(content: dict[str, Any], faults: list[Fault]) -> None:
    assert unsound(load(content)) == faults


def test_what_goes_on_until_the_complaint_rests_is_sound() -> None:
    assert unsound(load(FORKED)) == []
    assert unsound(default()) == []


def test_too_many_things_at_once_are_not_checked_for_ever() -> None:
    names = [f"s{number}" for number in range(14)]
    nodes = {name: task() for name in names} | {"fork": {"kind": "parallel"}, "join": {"kind": "parallel"}}
    ways = [way("start", "fork"), way("join", "end")]
    ways += [part for name in names for part in (way("fork", name), outcome(name, "join"))]
    (fault,) = unsound(load(drawn(nodes, *ways)))
    assert fault.text.startswith("has more positions than can be checked")


def test_more_choices_one_after_another_than_can_be_combined_are_refused_in_time() -> None:
    gates = {f"gate_{place}": {"kind": "exclusive"} for place in range(60)}
    sides = {f"side_{place}": {"kind": "exclusive"} for place in range(60)}
    flows = [way("start", "gate_0"), way("task", "end", on="done", names=NAMES)]
    for place in range(60):
        after = f"gate_{place + 1}" if place < 59 else "task"
        flows += [way(f"gate_{place}", f"side_{place}", **IF), way(f"gate_{place}", after, otherwise=True)]
        flows += [way(f"side_{place}", after)]
    (fault,) = unsound(load(drawn(gates | sides | {"task": task()}, *flows)))
    assert fault.text.startswith("has more positions than can be checked")
