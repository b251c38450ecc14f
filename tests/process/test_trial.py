"""A version tried in memory: the path, the deadlines by a clock that is set, and nothing that is kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from shenava.process.kernel import load
from shenava.process.trial import Choice, Imagined, Trial
from tests.process.outside import NOON, Facts
from tests.process.samples import branching, drawn, stage, way


def tried(content: dict[str, Any], *choices: str, **facts: Any) -> Trial:
    read = [found for one in choices if (found := Choice.read(one))]
    return Trial(load(content), Imagined(facts, Facts(tables={"priority": {"priority": 3}})), NOON).run(read)


def test_a_trial_goes_where_the_choices_lead() -> None:
    found = tried(branching(), "verb:register", "verb:take", "verb:respond", "verb:close")
    assert [one.state.here for one in found.passages] == ["draft", "registered", "in_handling", "responded", "closed"]
    assert (found.state.outcome, found.stopped) == ("exhausted", None)


def test_days_that_pass_set_off_what_becomes_due_at_its_moment() -> None:
    found = tried(branching(), "verb:register", "verb:take", "days:7")
    fired = [(one.at - NOON, one.passed) for one in found.passages[3:]]
    assert [at for at, _passed in fired] == [timedelta(days=3), timedelta(days=6), timedelta(days=7)]
    assert "remind" in fired[0][1]
    assert found.at == NOON + timedelta(days=7)


def test_tasks_are_finished_by_their_outcomes_and_joined() -> None:
    begun = tried(branching(), "verb:register", "verb:take", "verb:note")
    outcomes = [str(one) for one in begun.possible() if one.kind == "outcome"]
    assert len(outcomes) == 2
    assert tried(branching(), "verb:register", "verb:take", "verb:note", *outcomes).state.here == "weighed"


def test_what_is_the_case_chooses_the_way() -> None:
    content = drawn(
        {
            "open": stage(shown=1), "grave": {"kind": "exclusive"}, "seen": stage(shown=2),
            "closed": {"kind": "end", "names": stage()["names"], "shown": 3},
        },
        way("start", "open"), way("open", "grave", on="take"),
        way("grave", "seen", **{"if": [{"field": "severity", "is": "at_least", "value": 3}]}),
        way("grave", "closed", otherwise=True), way("seen", "closed", on="close"),
    )  # fmt: skip
    del content["nodes"]["end"]
    assert tried(content, "verb:take", severity=4).state.here == "seen"
    assert tried(content, "verb:take", severity=1).state.here == "closed"


@pytest.mark.parametrize("wrong", ["verb:close", "outcome:done:7", "come:remind:1", "verb:nothing"])
def test_what_is_not_possible_ends_the_trial_where_it_stands(wrong: str) -> None:
    found = tried(branching(), "verb:register", wrong, "verb:take")
    assert [one.state.here for one in found.passages] == ["draft", "registered"]


def test_what_is_no_choice_is_none_and_the_usual_way_comes_to_an_end() -> None:
    assert [Choice.read(one) for one in ("", "sing:song", "verb")] == [None, None, Choice("verb")]
    choices: list[str] = []
    for _ in range(12):
        usual = tried(branching(), *choices).usual()
        choices += [str(usual)] if usual else []
    assert tried(branching(), *choices).state.is_ended
