"""Where a run can stand by itself, and what goes over there and comes back."""

from __future__ import annotations

import copy
from dataclasses import replace
from random import Random
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from shenava.process.kernel import Kernel, State, Token, load, migrated, positions
from tests.process.drawing import Drawing
from tests.process.outside import NOON, Chance, kernel_of, made, moves
from tests.process.samples import FORKED


def renamed(content: dict[str, Any]) -> dict[str, Any]:
    """The same drawing with another key for every node."""
    other = copy.deepcopy(content)
    other["nodes"] = {f"x_{key}": node for key, node in other["nodes"].items()}
    for node in other["nodes"].values():
        node |= {field: f"x_{node[field]}" for field in ("inside", "at", "in") if node.get(field)}
    for flow in other["flows"]:
        flow |= {end: f"x_{flow[end]}" for end in ("from", "to")}
    return other


@example(614, 3)
@given(st.integers(0, 2**32), st.integers(0, 15))
def test_wherever_a_run_comes_to_is_a_position_and_going_over_and_back_changes_nothing(seed: int, length: int) -> None:
    chance = Random(seed)
    content = Drawing(chance, stages=chance.random() < 0.5).content(2)
    old, new = load(content), load(renamed(content))
    there, kernel = {key: f"x_{key}" for key in old.nodes}, Kernel(old, Chance(chance=chance), NOON)
    back, known, other = {to: key for key, to in there.items()}, positions(old), positions(new)
    state = kernel.start()
    for _ in range(length):
        over = migrated(state, old, new, there)
        assert (known.has(state), other.has(over)) == (True, True)
        assert migrated(over, new, old, back) == state
        possible = moves(old, state)
        state = made(kernel, state, chance.choice(possible)) if possible else state


def test_a_join_that_would_wait_for_a_branch_that_never_began_is_no_position() -> None:
    known = positions(load(FORKED))
    kernel = kernel_of(FORKED)
    forked = kernel.do(kernel.start(), "begin")
    alone = replace(forked, tokens={key: one for key, one in forked.tokens.items() if one.node == "look"})
    assert (known.has(forked), known.has(alone)) == (True, False)
    assert known.has(State("closed"))
    assert not known.has(State("closed", {"1": Token("open")}))
