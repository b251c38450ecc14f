"""Laws of the kernel, on random processes that somebody walks through at random."""

from __future__ import annotations

import json
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from shenava.process.kernel import Graph, Kernel, State, allowed, load, migrated, unsound
from tests.process.drawing import Drawing
from tests.process.outside import NOON, Again, Chance, Move, made, moves
from tests.process.samples import default

LONG = 400


class Walked:
    """A process, the states that a run of it came to, and the moves between them."""

    def __init__(self, seed: int, *, length: int) -> None:
        chance = Random(seed)
        drawing = Drawing(chance, stages=chance.random() < 0.5)
        self.graph = default() if chance.random() < 0.1 else load(drawing.content(4))
        self.outside = Chance(chance=chance)
        kernel = Kernel(self.graph, self.outside, NOON)
        self.states, self.moves = [kernel.start()], list[Move]()
        while len(self.moves) < length and (possible := moves(self.graph, self.states[-1])):
            self.moves.append(chance.choice(possible))
            self.states.append(made(kernel, self.states[-1], self.moves[-1]))

    @property
    def last(self) -> State:
        return self.states[-1]


walks = st.builds(Walked, st.integers(0, 2**32), length=st.integers(0, 30))


def kept(state: State) -> State:
    """The state after it lay in the database."""
    return State.from_json(json.loads(json.dumps(state.as_json())))


@given(walks)
def test_nothing_is_orphaned(walked: Walked) -> None:
    for state in walked.states:
        assert all(token.scope == "" or token.scope in state.tokens for token in state.tokens.values())
        assert all(timer.token in state.tokens for timer in state.timers.values())
        assert all(scope == "" or scope in state.tokens for scope in (key.partition("|")[0] for key in state.joins))
        parts = [key for key, token in state.tokens.items() if walked.graph.nodes[token.node].kind == "sub"]
        assert set(parts) == {token.scope for token in state.tokens.values()} - {""}


@given(walks)
def test_every_timer_that_belongs_to_what_waits_is_set_and_no_other_is(walked: Walked) -> None:
    for state in walked.states:
        for key, token in state.tokens.items():
            timers = [timer.node for timer in state.timers.values() if timer.token == key]
            boundaries = [node.key for node in walked.graph.boundaries[token.node] if node.interrupting]
            own = [token.node] if walked.graph.nodes[token.node].kind == "timer" else []
            assert len(timers) == len(set(timers))
            assert set(timers) >= {*boundaries, *own}


@given(walks)
def test_a_complaint_lies_at_one_stage_or_rests_at_an_end(walked: Walked) -> None:
    for state in walked.states:
        stages = [token.node for token in state.tokens.values() if walked.graph.nodes[token.node].kind == "stage"]
        assert stages in ([], [state.here])
        assert state.is_ended == (not state.tokens)
        assert not (state.is_ended and state.here) or walked.graph.nodes[state.here].is_rest


@given(walks)
def test_the_same_moves_lead_to_the_same_state_even_through_storage(walked: Walked) -> None:
    kernel = Kernel(walked.graph, Again(said=list(walked.outside.said)), NOON)
    state = kernel.start()
    for move in walked.moves:
        state = made(kernel, kept(state), move)
    assert state == walked.last


@given(walks)
def test_going_over_to_the_same_drawing_changes_nothing(walked: Walked) -> None:
    for state in walked.states:
        assert migrated(state, walked.graph, walked.graph) == state


@given(walks)
def test_a_move_leaves_the_state_before_it_as_it_was(walked: Walked) -> None:
    before = json.dumps(walked.last.as_json())
    kernel = Kernel(walked.graph, Chance(), NOON)
    for move in moves(walked.graph, walked.last):
        made(kernel, walked.last, move)
    assert json.dumps(walked.last.as_json()) == before


@given(walks)
def test_what_is_allowed_is_done_and_whatever_else_is_refused(walked: Walked) -> None:
    kernel = Kernel(walked.graph, Chance(), NOON)
    verbs = allowed(walked.graph, walked.last)
    assert all(kernel.do(walked.last, verb) for verb in verbs)
    assert "levitate" not in verbs


@settings(max_examples=60)
@given(st.integers(0, 2**32))
def test_whoever_goes_on_long_enough_comes_to_an_end(seed: int) -> None:
    walked = Walked(seed, length=LONG)
    assert walked.last.is_ended or len(walked.graph.anytime)


@settings(max_examples=60)
@given(st.integers(0, 2**32), st.booleans())
def test_what_is_made_of_blocks_is_sound(seed: int, stages: bool) -> None:
    drawn: Graph = load(Drawing(Random(seed), stages=stages).content(4))
    assert unsound(drawn) == []
