"""The kernel: laws on random processes, and the delivered way of a complaint."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shenava.process import kernel
from shenava.process.graph import Graph, load
from shenava.process.kernel import Entered, Finished, Left, NotAllowedNow, State
from tests.process.samples import NAMES, default

SIDE_EXITS = ["withdrawn", "not_a_complaint", "misdirected", "duplicate"]


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """A sound process: a chain of stages to an end, with further ways across, some of them out of the end."""
    places = [f"s{number}" for number in range(draw(st.integers(1, 6)))] + ["done"]
    verbs = ["go", "jump", "back", "again", "stay"]
    chain = [{"from": here, "to": there, "on": "go"} for here, there in pairwise(places)]
    ways = st.tuples(st.sampled_from(places), st.sampled_from(verbs[1:4]), st.sampled_from(places))
    across = draw(st.lists(ways, max_size=8, unique_by=lambda way: way[:2]))
    nodes: dict[str, Any] = {key: {"kind": "stage", "names": NAMES, "verbs": ["stay"]} for key in places}
    nodes |= {"start": {"kind": "start"}, "done": {"kind": "end", "names": NAMES}}
    flows = [{"from": "start", "to": places[0]}, *chain]
    flows += [{"from": source, "to": target, "on": verb} for source, verb, target in across]
    return load({"key": "random", "names": NAMES, "nodes": nodes, "flows": flows})


@st.composite
def walks(draw: st.DrawFn) -> tuple[Graph, list[str]]:
    """A process and verbs done in it, each allowed when its turn comes."""
    graph = draw(st.one_of(graphs(), st.just(default())))
    state, _ = kernel.start(graph)
    done: list[str] = []
    for _ in range(draw(st.integers(0, 12))):
        allowed = sorted(kernel.allowed(graph, state))
        done += [draw(st.sampled_from(allowed))] if allowed else []
        state = kernel.do(graph, state, done[-1])[0] if allowed else state
    return graph, done


def run(graph: Graph, verbs: list[str]) -> list[tuple[State, tuple[kernel.Effect, ...]]]:
    """Each state with its effects, from the start on."""
    passed = [kernel.start(graph)]
    for verb in verbs:
        passed.append(kernel.do(graph, passed[-1][0], verb))
    return passed


@given(walks())
def test_the_same_verbs_lead_to_the_same_place_even_through_storage(walk: tuple[Graph, list[str]]) -> None:
    graph, verbs = walk
    state, _ = kernel.start(graph)
    for verb in verbs:
        kept = json.loads(json.dumps(state.as_json()))
        state, _ = kernel.do(graph, State.from_json(kept), verb)
    assert state == run(graph, verbs)[-1][0]


@given(walks())
def test_a_token_always_lies_on_one_stage_or_end(walk: tuple[Graph, list[str]]) -> None:
    graph, verbs = walk
    for state, _ in run(graph, verbs):
        (token,) = state.tokens
        assert graph.nodes[token].kind in {"stage", "end"}


@given(walks())
def test_the_effects_alone_tell_where_the_run_stands(walk: tuple[Graph, list[str]]) -> None:
    graph, verbs = walk
    passed = run(graph, verbs)
    effects = [effect for _, step in passed for effect in step]
    entered = [effect.node for effect in effects if isinstance(effect, Entered)]
    left = [effect.node for effect in effects if isinstance(effect, Left)]
    assert left == entered[:-1]
    assert State((entered[-1],)) == passed[-1][0]
    assert isinstance(effects[-1], Finished) == kernel.is_finished(graph, passed[-1][0])


@given(walks(), st.text(max_size=12))
def test_whatever_is_not_declared_is_refused_and_moves_nothing(walk: tuple[Graph, list[str]], word: str) -> None:
    graph, verbs = walk
    state = run(graph, verbs)[-1][0]
    verb = f"{word}!"
    assert not kernel.may(graph, state, verb)
    with pytest.raises(NotAllowedNow) as refusal:
        kernel.do(graph, state, verb)
    assert (refusal.value.verb, refusal.value.stage) == (verb, state.here)


@given(graphs())
def test_after_the_end_only_what_the_end_declares_is_possible(graph: Graph) -> None:
    declared = {flow.on for flow in graph.flows if flow.source == "done"}
    assert kernel.allowed(graph, State(("done",))) == declared


def stages(*verbs: str) -> list[str]:
    return [state.here for state, _ in run(default(), list(verbs))]


def test_an_accepted_answer_closes() -> None:
    assert stages("register", "acknowledge", "take", "note", "respond", "record_acceptance") == [
        "draft", "registered", "registered", "in_handling", "in_handling", "responded", "closed",
    ]  # fmt: skip


def test_assigning_a_registered_complaint_begins_its_handling_and_later_only_changes_the_holder() -> None:
    assert stages("register", "assign", "assign", "take")[1:] == ["registered", *["in_handling"] * 3]


def test_a_rejected_answer_goes_back_to_handling_and_a_closed_complaint_can_be_reopened() -> None:
    assert stages(
        "register", "take", "respond", "record_rejection", "respond", "close", "reopen"
    )[-5:] == ["responded", "in_handling", "responded", "closed", "in_handling"]  # fmt: skip


@pytest.mark.parametrize(
    ("verb", "outcome"),
    [("record_acceptance", "accepted"), ("close", "exhausted"), ("withdraw", "withdrawn")],
)
def test_the_end_says_how_it_ended(verb: str, outcome: str) -> None:
    _, effects = run(default(), ["register", "take", "respond", verb])[-1]
    assert effects[-1] == Finished(outcome)


def test_nothing_is_closed_without_an_answer() -> None:
    for stage in ("draft", "registered", "in_handling"):
        assert not kernel.may(default(), State((stage,)), "close")
        assert not kernel.may(default(), State((stage,)), "record_acceptance")


@pytest.mark.parametrize("place", [*SIDE_EXITS, "closed"])
def test_from_every_end_the_complaint_can_be_reopened_but_not_answered(place: str) -> None:
    graph, state = default(), State((place,))
    assert kernel.is_finished(graph, state)
    assert kernel.do(graph, state, "reopen")[0].here == "in_handling"
    beside = {
        "note",
        "add_information",
        "record_undelivered",
        "convert",
        "hand_over",
        "link",
        "unlink",
        "settle_tasks",
        "keep_call",
    }
    assert kernel.allowed(graph, state) <= {"reopen", "ask_review", *beside}
