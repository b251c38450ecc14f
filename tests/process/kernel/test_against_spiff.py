"""The kernel against another engine: random processes, walked through in both at once, must wait for the same things.

SpiffWorkflow 3.2 is not followed in what it does wrong; by these rules it is not asked:

- A join in a loop counts a branch that was cancelled in an earlier pass, and fires after one branch. So no fork lies in
  a loop here, but in a part of its own inside it (`joins_in_loops=False`); our joins in loops have tests of their own.
- A run dies after some 160 rounds of a loop. So a walk has 40 moves at most.
- Its expressions are Python, its data lie on tokens, and migrating sets dates anew. So facts lie outside both engines.
- A timer that is set again, messages between parts and end events that end everything are not asked of it.
"""

from __future__ import annotations

from random import Random

import pytest

from shenava.process.kernel import Graph, Kernel, State, load
from tests.process.drawing import Drawing
from tests.process.oracle import Oracle, View, view
from tests.process.outside import NOON, Facts, made, moves

PROCESSES, BUNDLE, MOVES = 2_500, 250, 40


class Pair:
    """One process in both engines, side by side."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.graph: Graph = load(Drawing(self.chance, joins_in_loops=False).content(5))
        asked = {one["field"] for flow in self.graph.flows for one in flow.conditions}
        self.facts = dict.fromkeys(sorted(asked), False)
        self.kernel = Kernel(self.graph, Facts(self.facts), NOON)
        self.state: State = self.kernel.start()
        self.oracle = Oracle.of(self.graph, self.facts)

    def walk(self) -> list[tuple[View, View]]:
        """Where each of them stands after each move."""
        seen = [(view(self.graph, self.state), self.oracle.view())]
        while len(seen) <= MOVES and seen[-1][0] == seen[-1][1] and moves(self.graph, self.state):
            self.move()
            seen.append((view(self.graph, self.state), self.oracle.view()))
        return seen

    def move(self) -> None:
        self.facts.update({name: self.chance.random() < 0.4 for name in self.facts})
        kind, key, word = self.chance.choice(sorted(moves(self.graph, self.state)))
        waits = self.state.timers if kind == "fire" else self.state.tokens
        node = waits[key].node
        self.state = made(self.kernel, self.state, (kind, key, word))
        (self.oracle.fire if kind == "fire" else self.oracle.complete)(node)


@pytest.mark.parametrize("first", range(0, PROCESSES, BUNDLE))
def test_both_engines_wait_for_the_same_things_after_every_move(first: int) -> None:
    for seed in range(first, first + BUNDLE):
        ours, theirs = zip(*Pair(seed).walk(), strict=True)
        assert ours == theirs, f"seed {seed}"
