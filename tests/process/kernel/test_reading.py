"""Reading a process: what is refused, and by which words."""

from __future__ import annotations

from typing import Any

import pytest

from shenava.process.kernel import Fault, FaultyGraphError, load
from tests.process.samples import (
    FORKED,
    NAMES,
    SMALL,
    default,
    drawn,
    outcome,
    small,
    small_flows,
    small_nodes,
    stage,
    task,
    way,
)

UNITS = "days, hours, working_days, working_hours"
IF = {"if": [{"field": "amount", "is": "more", "value": 5}]}


def one(node: dict[str, Any], *ways: dict[str, Any], **nodes: Any) -> dict[str, Any]:
    """A process of one node `x` between start and end, unless other ways are given."""
    return drawn({"x": node, **nodes}, way("start", "x"), *(ways or (way("x", "end"),)))


def anytime(**fields: Any) -> dict[str, Any]:
    return small(anytime=[{"on": "withdraw", "from": ["open"], "to": "done"} | fields])


FAULTY: list[tuple[str, Any, list[tuple[str, str]]]] = [
    ("no object", ["start"], [("", "must be an object")]),
    ("a field missing", {"key": "x", "names": NAMES, "nodes": {}}, [("", "lacks 'flows'")]),
    ("an unknown field", small(colour="red"), [("", "has 'colour', which means nothing")]),
    ("a wrong type", small_nodes(open=stage(shown="1")), [("open", "needs a whole number as 'shown'")]),
    ("a yes for a number", small_nodes(open=stage(shown=True)), [("open", "needs a whole number as 'shown'")]),
    ("a misspelt field", small_nodes(open=stage(verb=["note"])), [("open", "has 'verb', which means nothing")]),
    ("numbers as verbs", small_nodes(open=stage(verbs=[1])), [("open", "needs a list as 'verbs'")]),
    ("a flow without end", small_flows({"from": "open"}), [("flow 3", "lacks 'to'")]),
    ("an anytime without a verb", small(anytime=[{"from": [], "to": "done"}]), [("anytime 1", "lacks 'on'")]),
    ("no end", small(nodes={"start": {"kind": "start"}}), [
        ("", "needs exactly one start and at least one end"),
    ]),
    ("two starts", small_nodes(begin={"kind": "start"}), [("", "needs exactly one start and at least one end")]),
    ("an unknown kind", small_nodes(open=stage(kind="xor")), [
        ("open", "is of the kind 'xor', not one of start, stage, task, decision, operation, exclusive, parallel, "
                 "message, timer, sub, call, boundary, end")
    ]),
    ("a field of another kind", one({"kind": "parallel", "role": "expert"}), [
        ("x", "has 'role', which means nothing at a node of the kind 'parallel'")
    ]),
    ("closing without a warning", small_nodes(open=stage(lapse_after=7)), [
        ("open", "closes for silence without a warning before")
    ]),
    ("a warning of nothing", small_nodes(open=stage(warn_after=7)), [("open", "warns of a closing that never comes")]),
    ("days below zero", small_nodes(open=stage(warn_after=-1, lapse_after=7)), [
        ("open", "counts its days of silence below zero")
    ]),
    ("no name", small_nodes(open=stage(names={"he": " "})), [("open", "has no name")]),
    ("no name of the whole", small(names={}), [("", "has no name")]),
    ("a verb in words", small_nodes(open=stage(verbs=["Do it"])), [
        ("open", "has 'Do it' as a verb, which is not like mark_duplicate")
    ]),
    ("a key in words", drawn({"Do it": stage()}, way("start", "Do it"), way("Do it", "end", on="go")), [
        ("Do it", "has a key that is not like in_handling")
    ]),
    ("one place twice in the bar", small_nodes(open=stage(shown=2)), [
        ("done", "has the place 2 in the steps bar, as open has")
    ]),
    ("a flow to nowhere", small_flows({"from": "open", "to": "away", "on": "go"}), [
        ("away", "is the end of a flow, but there is no such node")
    ]),
    ("two ways for one verb", small_flows({"from": "open", "to": "open", "on": "close"}), [
        ("open", "has two ways for 'close'")
    ]),
    ("a way back to the start", small_flows({"from": "open", "to": "start", "on": "again"}), [
        ("open", "leads back to start, where every run begins")
    ]),
    ("a stage left at once", small_flows({"from": "open", "to": "done"}), [
        ("open", "leads to done on '', which is no verb")
    ]),
    ("a verb that stays and leads away", small_nodes(open=stage(verbs=["close"])), [
        ("open", "lets 'close' both stay and lead to done")
    ]),
    ("a start that is left by a verb", small(flows=[way("start", "open", on="go"), SMALL["flows"][1]]), [
        ("start", "is left at once, not by a verb")
    ]),
    ("a stage that chooses", small_flows(way("open", "done", on="go", **IF)), [
        ("open", "chooses by conditions, as only an exclusive gateway does")
    ]),
    ("a gateway that waits for a verb", one({"kind": "exclusive"}, way("x", "end", on="go")), [
        ("x", "is left by itself, not by a verb")
    ]),
    ("a choice with nothing for the rest", one(
        {"kind": "exclusive"}, way("x", "end", **IF), way("x", "y", **IF), outcome("y", "end"), y=task()
    ), [("x", "needs exactly one way for what no condition meets")]),
    ("a fork that forks nothing", one({"kind": "parallel"}, way("y", "end"), y={"kind": "exclusive"}), [
        ("x", "has no way out")
    ]),
    ("a fork twice to one place", one({"kind": "parallel"}, way("x", "end"), way("x", "end")), [
        ("x", "leads to end twice")
    ]),
    ("a decision without a table", one({"kind": "decision"}), [("x", "lacks 'table'")]),
    ("an operation that leads two ways", one(
        {"kind": "operation", "operation": "tell"}, way("x", "end"), way("x", "y"), outcome("y", "end"), y=task()
    ), [("x", "needs exactly one way out and has 2")]),
    ("a timer of two measures", one({"kind": "timer", "after": {"days": 1, "hours": 2}}), [
        ("x", f"needs a number above zero of one of {UNITS}")
    ]),
    ("a timer of weeks", one({"kind": "timer", "after": {"weeks": 1}}), [
        ("x", f"needs a number above zero of one of {UNITS}")
    ]),
    ("a task of nobody", one(task(role=""), outcome("x", "end")), [("x", "lacks 'role'")]),
    ("a task that never ends", one(task(), way("y", "end"), y={"kind": "exclusive"}), [
        ("x", "has no outcome by which it is left")
    ]),
    ("an outcome without a name", one(task(), way("x", "end", on="done", names={"fa": ""})), [
        ("x: done", "has no name")
    ]),
    ("one outcome twice", one(task(), outcome("x", "end"), outcome("x", "end")), [("x", "has two ways for 'done'")]),
    ("a way that no outcome takes", one(task(), outcome("x", "end"), way("x", "end")), [
        ("x", "has a way that nobody takes")
    ]),
    ("no way for those who differ", one(
        task(several={"of": "all"}), outcome("x", "end"), outcome("x", "end", "no")
    ), [("x", "needs a way for those who do not agree")]),
    ("several of a kind that there is not", one(task(several={"of": "most"}), outcome("x", "end")), [
        ("x", "is for several people, but not for all, any or a quorum of them")
    ]),
    ("a quorum of nobody", one(task(several={"of": "quorum", "count": 0}), outcome("x", "end")), [
        ("x", "asks for a quorum of nobody")
    ]),
    ("a misspelt quorum", one(task(several={"of": "quorum", "number": 2}), outcome("x", "end")), [
        ("x", "has 'number', which means nothing")
    ]),
    ("a condition in words", one({"kind": "exclusive"}, way("x", "end", **{"if": ["amount > 5"]})), [
        ("flow 2", "has a condition that is not a field, an operator and a value")
    ]),
    ("an unknown comparison", one(
        {"kind": "exclusive"}, way("x", "end", **{"if": [{"field": "amount", "is": "like", "value": 5}]})
    ), [("flow 2", "compares by 'like', not by one of is, is_not, in, not_in, less, at_most, more, at_least, between, "
                   "empty, not_empty")]),
    ("a value for nothing", one(
        {"kind": "exclusive"}, way("x", "end", **{"if": [{"field": "amount", "is": "empty", "value": 5}]})
    ), [("flow 2", "compares amount by 'empty' with a value too many or too few")]),
    ("a part without an end", one({"kind": "sub"}, way("x", "end"), begin={"kind": "start", "in": "x"}), [
        ("x", "needs exactly one start and at least one end")
    ]),
    ("a node inside what is no part", one(task() | {"in": "end"}, outcome("x", "end")), [
        ("x", "is inside end, which is no sub-process")
    ]),
    ("a way out of a part", one(
        {"kind": "sub"}, way("x", "end"), way("begin", "end"),
        begin={"kind": "start", "in": "x"}, over={"kind": "end", "in": "x"},
    ), [("begin", "leads to end, across the border of a sub-process")]),
    ("a timer of nothing", one(task(), outcome("x", "end"), way("late", "end"),
        late={"kind": "boundary", "at": "end", "after": {"days": 1}},
    ), [("late", "is the timer of end, where nothing waits in the same part")]),
    ("a way to a timer", one(task(), outcome("x", "late"), way("late", "end"),
        late={"kind": "boundary", "at": "x", "after": {"days": 1}},
    ), [("x", "leads to late, which only time begins")]),
    ("a timer less than never", one(task(), outcome("x", "end"), way("late", "end"),
        late={"kind": "boundary", "at": "x", "after": {"days": 1}, "repeat": -1},
    ), [("late", "is repeated less than never")]),
    ("a way out of the end of a branch", one(task(), outcome("x", "end"), way("end", "x", on="again")), [
        ("end", "is left again, but no complaint rests there: it has no name, or it ends a part")
    ]),
    ("at any time, from nowhere", anytime(**{"from": ["away"]}), [
        ("away", "is the end of a flow, but there is no such node")
    ]),
    ("at any time, from where nobody waits", anytime(**{"from": ["start"]}), [
        ("start", "is no place from which withdraw is possible at any time")
    ]),
    ("at any time, to the start", anytime(to="start"), [
        ("start", "is no place to which withdraw can lead at any time")
    ]),
    ("at any time, what a flow does", anytime(on="close"), [("open", "has two ways for 'close'")]),
    ("at any time, two things", anytime(does="pause"), [
        ("", "lets withdraw do something else than lead somewhere, pause or resume")
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("content", "faults"), [case[1:] for case in FAULTY], ids=[case[0] for case in FAULTY])
def test_a_faulty_graph_is_refused_by_its_node_and_fault(content: Any, faults: list[tuple[str, str]]) -> None:
    with pytest.raises(FaultyGraphError) as refusal:
        load(content)
    assert refusal.value.faults == [Fault(*fault) for fault in faults]


def test_the_refusal_reads_as_a_sentence_for_each_fault() -> None:
    with pytest.raises(FaultyGraphError, match=r"^the graph lacks 'nodes'; the graph lacks 'flows'$"):
        load({"key": "x", "names": NAMES})


def test_a_part_inside_itself_is_refused() -> None:
    inner = {"kind": "sub", "in": "x"}
    framed = {f"{name}_{part}": {"kind": name, "in": part} for part in ("x", "y") for name in ("start", "end")}
    content = one({"kind": "sub", "in": "y"}, y=inner, **framed)
    with pytest.raises(FaultyGraphError) as refusal:
        load(content)
    assert Fault("x", "is inside itself") in refusal.value.faults


def test_a_sound_graph_loads_and_shows_its_steps_in_order() -> None:
    graph = load(SMALL)
    assert [node.key for node in graph.steps()] == ["open", "done"]
    assert graph.verbs_at("open") == {"note", "close"}


def test_a_name_falls_back_to_english_and_then_to_the_key() -> None:
    graph = load(SMALL)
    assert graph.nodes["open"].name("he") == "שם"
    assert graph.nodes["open"].name("de") == "Name"
    assert graph.nodes["start"].name("fa") == "start"


def test_what_is_possible_at_any_time_is_possible_at_each_of_its_places() -> None:
    places = [key for key in default().nodes if "withdraw" in default().verbs_at(key)]
    assert places == ["registered", "in_handling", "responded", "under_review"]


def test_a_verb_is_known_by_the_stages_it_may_lead_to() -> None:
    graph = load(FORKED)
    assert [node.key for node in graph.reached_by("answered", "accept")] == ["closed"]
    assert graph.reached_by("open", "begin") == []
    assert [node.key for node in default().reached_by("closed", "reopen")] == ["in_handling"]
    assert graph.reached_by("open", "note") == []
