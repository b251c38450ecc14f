"""Two drawings compared: what is new, gone, renamed or handled otherwise, as data."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from shenava.process.comparing import Comparison, compared
from shenava.process.kernel import load
from tests.process.samples import FORKED, NAMES, branching, delivered, stage, way

OTHER = {"en": "Being answered", "fa": "در دست پاسخ", "he": "במענה"}


def forked(**nodes: dict[str, Any]) -> dict[str, Any]:
    """The forked sample, its nodes changed field by field."""
    content = copy.deepcopy(FORKED)
    for key, fields in nodes.items():
        content["nodes"][key] |= fields
    return content


def between(old: dict[str, Any], new: dict[str, Any]) -> Comparison:
    return compared(load(old), load(new))


def test_a_drawing_and_itself_differ_by_nothing() -> None:
    found = between(delivered(), delivered())
    assert (found.is_same, found.affected) == (True, frozenset())


def test_what_is_new_and_what_is_gone_is_told_in_the_order_of_the_handling() -> None:
    there = between(delivered(), branching())
    back = between(branching(), delivered())
    assert [node.key for node in there.added] == [node.key for node in back.removed]
    assert {"inspect", "approve", "weighed", "remind"} <= {node.key for node in there.added}
    assert there.removed == back.added == ()
    changed = {one.before.key: one for one in there.changed}
    assert changed["in_handling"].verbs_gone == ("note",)
    assert [(one.on, one.target) for one in changed["in_handling"].ways_new] == [("note", "fork")]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"role": "approver"}, ("role",)),
        ({"within": {"days": 2}}, ("within",)),
        ({"several": {"of": "any"}}, ("several",)),
    ],
)
def test_a_step_is_changed_by_who_does_it_by_its_deadline_and_by_how_many(fields: Any, told: tuple[str, ...]) -> None:
    [one] = between(forked(), forked(look=fields)).changed
    assert (one.before.key, one.fields, one.is_other, one.is_renamed) == ("look", told, True, False)


def test_a_name_alone_is_told_and_affects_nobody() -> None:
    found = between(forked(), forked(open={"names": OTHER, "shown": 9}))
    [one] = found.changed
    assert (one.is_renamed, one.is_other, found.affected) == (True, False, frozenset())


def test_a_step_that_only_has_another_key_is_the_same_step() -> None:
    old, new = forked(answered={"names": OTHER}), forked(answered={"names": OTHER})
    new["nodes"]["replied"] = new["nodes"].pop("answered")
    for flow in new["flows"]:
        flow |= {end: "replied" for end in ("from", "to") if flow[end] == "answered"}
    new["anytime"][0]["from"] = ["open", "replied"]
    found = between(old, new)
    assert (found.is_same, found.became) == (True, {"answered": "replied"})


def test_where_two_steps_could_be_the_successor_none_is() -> None:
    new = forked()
    new["nodes"]["one"], new["nodes"]["two"] = stage(names=NAMES), stage(names=NAMES)
    new["nodes"].pop("answered")
    new["flows"] = [flow for flow in new["flows"] if "answered" not in flow.values()]
    new["flows"] += [way("join", "one"), way("one", "two", on="note"), way("two", "closed", on="accept")]
    new["anytime"][0]["from"] = ["open"]
    found = between(forked(), new)
    assert found.became == {}
    assert [node.key for node in found.removed] == ["answered"]


def test_a_way_is_changed_by_its_conditions_and_by_what_is_possible_at_any_time() -> None:
    new = forked()
    new["anytime"][0]["from"] = ["answered"]
    [one] = between(forked(), new).changed
    assert (one.before.key, [way.on for way in one.ways_gone], one.ways_new) == ("open", ["withdraw"], ())
