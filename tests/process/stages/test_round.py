"""From the graph to its stages and back: what runs by the one runs by the other, and what is no list is left alone."""

from __future__ import annotations

import copy
import json
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shenava.process.kernel import Kernel, load, unsound
from shenava.process.publishing import DEFAULT, VARIANTS
from shenava.process.stages import Branch, Place, Way, content_of, stages_of
from tests.process.outside import NOON, Facts, made, moves
from tests.process.samples import NAMES

DELIVERED = [json.loads(path.read_text(encoding="utf-8")) for path in (DEFAULT, *VARIANTS)]
BY_KEY = {one["key"]: one for one in DELIVERED}
WORLDS = [
    {"subject": subject, "is_about_staff": staff, "severity": severity}
    for subject in ("product", "service", "staff")
    for staff in (True, False)
    for severity in (1, 5)
]


def places(state: Any, graph: Any) -> list[str]:
    """Where somebody has something to do, or the complaint rests."""
    waiting = sorted(graph.nodes[token.node].key for token in state.tokens.values())
    return [*waiting, *sorted(timer.node for timer in state.timers.values()), state.here]


class Calm(Facts):
    """A world in which whatever takes time takes a day."""

    def due(self, after: Any, now: datetime) -> datetime:
        return now + timedelta(days=1)


class Run:
    """A run of a process; what may be done is named by its kind, its place and its word."""

    def __init__(self, content: dict[str, Any], world: dict[str, Any]) -> None:
        self.graph = load(content)
        self.kernel = Kernel(self.graph, Calm(world), NOON)
        self.state = self.kernel.start()

    @property
    def offered(self) -> dict[tuple[str, str, str], Any]:
        held = {key: token.node for key, token in self.state.tokens.items()}
        held |= {key: timer.node for key, timer in self.state.timers.items()}
        return {(one[0], held[one[1]], one[2]): one for one in moves(self.graph, self.state)}

    @property
    def anytime(self) -> list[str]:
        return sorted(one.on for one in self.graph.anytime if self.state.here in one.sources)

    def seen(self) -> Any:
        return sorted(self.offered), self.anytime, self.kernel.allowed(self.state), places(self.state, self.graph)

    def do(self, deed: Any) -> None:
        move = self.offered.get(deed)
        self.state = made(self.kernel, self.state, move) if move else self.kernel.do(self.state, deed)


@pytest.mark.parametrize("key", sorted(BY_KEY))
def test_every_delivered_process_is_a_list_of_stages_and_comes_back_sound(key: str) -> None:
    form = stages_of(BY_KEY[key])
    assert form is not None
    again = content_of(form)
    assert unsound(load(again)) == []
    assert stages_of(again) == form
    lost = set(BY_KEY[key]["nodes"]) - set(again["nodes"])
    assert lost == set()


@given(st.sampled_from(sorted(BY_KEY)), st.sampled_from(WORLDS), st.integers(0, 10_000))
def test_what_comes_back_goes_the_same_way_whatever_is_done(key: str, world: dict[str, Any], seed: int) -> None:
    form, chance = stages_of(BY_KEY[key]), Random(seed)
    assert form is not None
    drawn, again = Run(BY_KEY[key], world), Run(content_of(form), world)
    for _step in range(25):
        assert drawn.seen() == again.seen()
        deed = chance.choice([*sorted(drawn.offered), *drawn.anytime])
        drawn.do(deed)
        again.do(deed)


def test_a_stage_that_is_added_needs_no_gateway_to_be_drawn() -> None:
    form = stages_of(BY_KEY["light"])
    assert form is not None
    check = Place("check", "task", NAMES, {"role": "expert"}, begins_with="registered")
    check.only_if = [{"field": "subject", "is": "is", "value": "product"}]
    check.ways = [Way("done", [Branch("")], names=NAMES)]
    approval = Place("approval", "task", NAMES, {"role": "approver"})
    approval.ways = [Way("agreed", [Branch("answer")], names=NAMES), Way("not", [Branch("registered")], names=NAMES)]
    answer = Place("answer", "stage", NAMES, {"role": "complaint_officer"}, [Way("respond", [Branch("responded")])])
    form.places += [check, approval, answer]
    dear = [{"field": "severity", "is": "at_least", "value": 4}]
    form["registered"].joined_by = ["decide"]
    form["registered"].ways = [Way("decide", [Branch("approval", dear), Branch("answer")])]
    form["answer"].ways[0] = Way("respond", [Branch("under_review", dear), Branch("responded")])
    again = content_of(form)
    assert unsound(load(again)) == []
    back = stages_of(again)
    assert back is not None
    assert in_order(content_of(back)) == in_order(again)
    assert (back["check"].begins_with, back["registered"].joined_by) == ("registered", ["decide"])
    assert back["registered"].ways[0].branches == [Branch("approval", dear), Branch("answer")]
    assert back["answer"].ways[0].branches == [Branch("under_review", dear), Branch("responded")]


def test_an_unfinished_form_comes_back_as_it_was_left() -> None:
    form = stages_of(BY_KEY["light"])
    assert form is not None
    form.places.append(Place("alone", "stage", {"en": "Alone"}, {}, [Way("respond", [Branch("nowhere")])]))
    form["registered"].ways = []
    assert stages_of(content_of(form))["alone"].ways == [Way("respond", [Branch("nowhere")])]  # type: ignore[index]


def in_order(content: dict[str, Any]) -> dict[str, Any]:
    return {**content, "flows": sorted(content["flows"], key=str)}


def with_node(key: str, **node: Any) -> dict[str, Any]:
    content = copy.deepcopy(BY_KEY["manufacturer"])
    content["nodes"][key] = node
    return content


@pytest.mark.parametrize(
    "content",
    [
        with_node("bell", kind="boundary", at="in_handling", after={"days": 1}),
        with_node("letter", kind="message", message="letter"),
        with_node("part", kind="sub"),
        with_node("both", kind="exclusive"),
        with_node("goods_in", kind="stage", names=NAMES),
        with_node("beside", kind="exclusive"),
        with_node("odd", kind=7),
        {"nodes": [], "flows": {}},
        {},
    ],
    ids=range(9),
)
def test_what_is_drawn_otherwise_is_not_forced_into_the_form(content: dict[str, Any]) -> None:
    assert stages_of(content) is None
