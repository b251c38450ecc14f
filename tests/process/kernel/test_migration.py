"""Going over to another drawing: places and dates are kept, and what has no place is named."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from shenava.process.kernel import Fault, NotMovableError, State, load, migrated
from tests.process.outside import kernel_of, waiting
from tests.process.samples import FORKED, drawn, outcome, task, way

Change = Callable[[dict[str, Any]], None]


def changed(content: dict[str, Any], change: Change) -> dict[str, Any]:
    new = copy.deepcopy(content)
    change(new)
    return new


def renamed(old: str, new: str) -> Change:
    def change(content: dict[str, Any]) -> None:
        content["nodes"][new] = content["nodes"].pop(old)
        for flow in content["flows"]:
            flow |= {end: new for end in ("from", "to") if flow[end] == old}

    return change


def automatic(content: dict[str, Any]) -> None:
    """Nobody is asked any more: it is done by itself."""
    content["nodes"]["ask"] = {"kind": "operation", "operation": "ask"}
    content["flows"] = [flow for flow in content["flows"] if flow["from"] != "ask"] + [way("ask", "join")]


def half_way() -> State:
    """One of two branches has come to the join."""
    kernel = kernel_of(FORKED)
    state = kernel.do(kernel.start(), "begin")
    return kernel.finish(state, next(key for key, one in state.tokens.items() if one.node == "look"), "done")


def test_what_was_renamed_is_found_where_it_is_now() -> None:
    new = changed(changed(FORKED, renamed("look", "view")), renamed("join", "both"))
    state = migrated(half_way(), load(FORKED), load(new), {"look": "view", "join": "both"})
    assert state.joins == {"|both": {"view>both:done": 1}}
    kernel = kernel_of(new)
    assert waiting(kernel.finish(state, next(iter(state.tokens)), "done")) == ["answered"]


@pytest.mark.parametrize(
    ("change", "node"),
    [
        (renamed("ask", "inquire"), "ask"),
        (renamed("open", "begun"), "open"),
        (automatic, "ask"),
        (renamed("join", "both"), "join"),
        (renamed("look", "view"), "join"),
    ],
)
def test_what_has_no_place_is_named_and_the_state_stays(change: Change, node: str) -> None:
    state = half_way()
    new = changed(FORKED, change)
    new["anytime"] = []
    with pytest.raises(NotMovableError) as refusal:
        migrated(state, load(FORKED), load(new))
    assert [fault.node for fault in refusal.value.faults] == [node]
    assert state == half_way()


def test_a_join_that_no_longer_waits_is_named() -> None:
    def without_ask(content: dict[str, Any]) -> None:
        content["flows"] = [flow for flow in content["flows"] if (flow["from"], flow["to"]) != ("ask", "join")]
        content["flows"].append(outcome("ask", "closed"))

    with pytest.raises(NotMovableError) as refusal:
        migrated(half_way(), load(FORKED), load(changed(FORKED, without_ask)))
    assert refusal.value.faults == [Fault("join", "no longer waits for the branches that have come to it")]


LATE = drawn(
    {"look": task(), "late": {"kind": "boundary", "at": "look", "after": {"days": 2}}},
    way("start", "look"), outcome("look", "end"), way("late", "end"),
)  # fmt: skip


def test_dates_are_kept_and_a_timer_that_is_gone_falls_away() -> None:
    state = kernel_of(LATE).start()
    slower = changed(LATE, lambda content: content["nodes"]["late"].update(after={"days": 9}))
    assert migrated(state, load(LATE), load(slower)).timers == state.timers
    patient = drawn({"look": task()}, way("start", "look"), outcome("look", "end"))
    assert migrated(state, load(LATE), load(patient)).timers == {}
