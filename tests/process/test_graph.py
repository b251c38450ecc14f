"""The graph: what is refused, and by which words."""

from __future__ import annotations

from typing import Any

import pytest

from shenava.process.graph import Fault, FaultyGraphError, load
from tests.process.samples import NAMES, SMALL, default, small, small_flows, small_nodes, stage

FAULTY: list[tuple[str, Any, list[Fault]]] = [
    ("no object", ["start"], [Fault("", "must be an object")]),
    ("a field missing", {"key": "x", "names": NAMES, "nodes": {}}, [Fault("", "lacks 'flows'")]),
    ("an unknown field", small(colour="red"), [Fault("", "has 'colour', which means nothing")]),
    ("a wrong type", small_nodes(open=stage(shown="1")), [Fault("open", "needs a whole number as 'shown'")]),
    ("a yes for a number", small_nodes(open=stage(shown=True)), [Fault("open", "needs a whole number as 'shown'")]),
    ("a misspelt field", small_nodes(open=stage(verb=["note"])), [Fault("open", "has 'verb', which means nothing")]),
    ("numbers as verbs", small_nodes(open=stage(verbs=[1])), [Fault("open", "needs a list as 'verbs'")]),
    ("a flow without end", small_flows({"from": "open"}), [Fault("flow 3", "lacks 'to'")]),
    ("an anytime without a verb", small(anytime=[{"from": [], "to": "done"}]), [Fault("anytime 1", "lacks 'on'")]),
    ("no end", small(nodes={"start": {"kind": "start"}}), [Fault("", "needs exactly one start and at least one end")]),
    (
        "two starts",
        small_nodes(begin={"kind": "start"}),
        [Fault("", "needs exactly one start and at least one end")],
    ),
    (
        "a gateway",
        small_nodes(open=stage(kind="xor")),
        [Fault("open", "is of the kind 'xor', not one of start, stage, end")],
    ),
    ("closing without a warning", small_nodes(open=stage(lapse_after=7)), [
        Fault("open", "closes for silence without a warning before")
    ]),
    ("a warning of nothing", small_nodes(open=stage(warn_after=7)), [
        Fault("open", "warns of a closing that never comes")
    ]),
    ("days below zero", small_nodes(open=stage(warn_after=-1, lapse_after=7)), [
        Fault("open", "counts its days of silence below zero")
    ]),
    ("no Hebrew name", small_nodes(open=stage(names=NAMES | {"he": " "})), [Fault("open", "has no name in 'he'")]),
    ("no name of the whole", small(names={"en": "x", "fa": "x"}), [Fault("", "has no name in 'he'")]),
    ("a verb in words", small_nodes(open=stage(verbs=["Do it"])), [
        Fault("open", "has 'Do it' as a verb, which is not like mark_duplicate")
    ]),
    ("work at the start", small_nodes(start={"kind": "start", "verbs": ["note"]}), [
        Fault("start", "is the start; nobody works there")
    ]),
    ("one place twice in the bar", small_nodes(open=stage(shown=2)), [
        Fault("done", "has the place 2 in the steps bar, as open has")
    ]),
    ("a flow to nowhere", small_flows({"from": "open", "to": "away", "on": "go"}), [
        Fault("away", "is the end of a flow, but there is no such node")
    ]),
    ("two ways for one verb", small_flows({"from": "open", "to": "open", "on": "close"}), [
        Fault("open", "has two ways for 'close'")
    ]),
    ("a way back to the start", small_flows({"from": "open", "to": "start", "on": "again"}), [
        Fault("open", "leads back to start, where every run begins")
    ]),
    ("a stage left at once", small_flows({"from": "open", "to": "done"}), [
        Fault("open", "leads to done on '', which is no verb")
    ]),
    ("a verb that stays and leads away", small_nodes(open=stage(verbs=["close"])), [
        Fault("open", "lets 'close' both stay and lead to done")
    ]),
    ("a stage never reached", small_nodes(lost=stage()), [
        Fault("lost", "is never reached"), Fault("lost", "leads to no end")
    ]),
    ("a trap", small_nodes(trap=stage()) | small_flows({"from": "open", "to": "trap", "on": "fall"}) | {
        "nodes": small_nodes(trap=stage())["nodes"]
    }, [Fault("trap", "leads to no end")]),
]  # fmt: skip


@pytest.mark.parametrize(("content", "faults"), [case[1:] for case in FAULTY], ids=[case[0] for case in FAULTY])
def test_a_faulty_graph_is_refused_by_its_node_and_fault(content: Any, faults: list[Fault]) -> None:
    with pytest.raises(FaultyGraphError) as refusal:
        load(content)
    assert refusal.value.faults == faults


def test_the_refusal_reads_as_a_sentence_for_each_fault() -> None:
    with pytest.raises(FaultyGraphError, match=r"^lost is never reached; lost leads to no end$"):
        load(small_nodes(lost=stage()))


def test_a_sound_graph_loads_and_shows_its_steps_in_order() -> None:
    graph = load(SMALL)
    assert [node.key for node in graph.steps()] == ["open", "done"]
    assert graph.verbs_at("open") == {"note", "close"}


def test_a_name_falls_back_to_english_and_then_to_the_key() -> None:
    graph = load(SMALL)
    assert graph.nodes["open"].name("he") == "שם"
    assert graph.nodes["open"].name("de") == "Name"
    assert graph.nodes["start"].name("fa") == "start"


def test_a_verb_for_any_time_becomes_a_way_from_each_of_its_places() -> None:
    exits = [flow.source for flow in default().flows if flow.on == "withdraw"]
    assert exits == ["registered", "in_handling", "responded", "under_review"]
