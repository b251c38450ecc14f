"""Moves, one by one: joins, people, time, parts, what is possible at any time, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from shenava.process.kernel import Kernel, NotAllowedNow, State, StuckError, load
from tests.process.outside import NOON, Facts, kernel_of, waiting
from tests.process.samples import FORKED, NAMES, drawn, outcome, stage, task, way


def token_at(state: State, node: str) -> str:
    return next(key for key, token in state.tokens.items() if token.node == node)


def finished(kernel: Kernel, state: State, node: str, on: str = "done") -> State:
    return kernel.finish(state, token_at(state, node), on)


def test_a_join_waits_for_every_branch() -> None:
    kernel = kernel_of(FORKED)
    state = kernel.do(kernel.start(), "begin")
    assert waiting(state) == ["ask", "look"]
    state = finished(kernel, state, "ask")
    assert waiting(state) == ["look"]
    assert waiting(finished(kernel, state, "look")) == ["answered"]


@pytest.mark.parametrize("order", [("look", "ask"), ("ask", "look")])
def test_a_join_in_a_second_pass_waits_for_every_branch_again(order: tuple[str, str]) -> None:
    kernel = kernel_of(FORKED)
    state = kernel.do(kernel.start(), "begin")
    for node in order:
        state = finished(kernel, state, node)
    state = finished(kernel, kernel.do(state, "reject"), order[0])
    assert waiting(state) == [order[1]]
    assert state.here == "answered"


def test_between_two_stages_what_moves_nothing_is_possible_and_what_is_possible_at_any_time() -> None:
    kernel = kernel_of(FORKED)
    state = kernel.do(kernel.start(), "begin")
    assert kernel.allowed(state) == {"note", "withdraw", "finish_step"}
    withdrawn = kernel.do(state, "withdraw")
    assert (withdrawn.here, withdrawn.outcome, withdrawn.is_ended) == ("closed", "withdrawn", True)
    assert (withdrawn.joins, kernel.allowed(withdrawn)) == ({}, {"reopen"})
    again = kernel.do(withdrawn, "reopen")
    assert (waiting(again), again.here, again.outcome) == (["open"], "open", "")


def test_whatever_is_not_declared_is_refused() -> None:
    kernel = kernel_of(FORKED)
    with pytest.raises(NotAllowedNow) as refusal:
        kernel.do(kernel.start(), "accept")
    assert (refusal.value.verb, refusal.value.stage) == ("accept", "open")
    begun = kernel.do(kernel.start(), "begin")
    with pytest.raises(NotAllowedNow):
        finished(kernel, begun, "look", "levitated")
    with pytest.raises(NotAllowedNow):
        kernel.finish(begun, "99", "done")
    with pytest.raises(NotAllowedNow):
        kernel.complete(begun, token_at(begun, "look"))


def several(of: str, count: int = 1) -> Kernel:
    ways = [outcome("vote", "end", "yes"), outcome("vote", "end", "no")]
    ways += [way("vote", "unclear", otherwise=True)] if of != "any" else []
    nodes = {"vote": task(several={"of": of, "count": count}), "unclear": task()}
    return kernel_of(drawn(nodes, way("start", "vote"), *ways, outcome("unclear", "end")))


@pytest.mark.parametrize(
    ("of", "count", "voices", "after"),
    [
        ("any", 1, ["yes"], []),
        ("all", 1, ["yes", "yes"], ["vote"]),
        ("all", 1, ["yes", "yes", "yes"], []),
        ("all", 1, ["yes", "no", "yes"], ["unclear"]),
        ("quorum", 2, ["yes", "no"], ["vote"]),
        ("quorum", 2, ["yes", "no", "no"], []),
        ("quorum", 3, ["yes", "no", "no"], ["unclear"]),
        ("quorum", 9, ["no", "no", "no"], []),
    ],
)
def test_several_people_finish_a_step_together(of: str, count: int, voices: list[str], after: list[str]) -> None:
    kernel = several(of, count)
    state = kernel.start()
    for voice, word in enumerate(voices):
        state = kernel.finish(state, token_at(state, "vote"), word, voice=str(voice), of=3)
    assert waiting(state) == after


def test_somebody_who_changes_his_mind_has_one_voice() -> None:
    kernel = several("quorum", 2)
    state = kernel.start()
    for word in ("yes", "no"):
        state = kernel.finish(state, token_at(state, "vote"), word, voice="sara", of=3)
    assert waiting(state) == ["vote"]
    assert State.from_json(state.as_json()) == state


def test_a_choice_knows_what_the_run_has_decided_and_what_is_the_case() -> None:
    ways = [
        way("start", "check"),
        outcome("check", "which", "good"),
        outcome("check", "which", "bad"),
        way("which", "mend", **{"if": [{"field": "check", "is": "is", "value": "bad"}]}),
        way("which", "dear", **{"if": [{"field": "amount", "is": "more", "value": 100}]}),
        way("which", "end", otherwise=True),
        outcome("mend", "end"),
        outcome("dear", "end"),
    ]
    content = drawn({"check": task(), "which": {"kind": "exclusive"}, "mend": task(), "dear": task()}, *ways)
    cheap, dear = kernel_of(content, amount=5), kernel_of(content, amount=500)
    assert waiting(finished(cheap, cheap.start(), "check", "bad")) == ["mend"]
    assert waiting(finished(dear, dear.start(), "check", "good")) == ["dear"]
    assert finished(cheap, cheap.start(), "check", "good").is_ended


def test_what_a_table_decides_and_an_operation_brings_is_kept_for_the_run() -> None:
    nodes = {
        "triage": {"kind": "decision", "table": "triage"},
        "tell": {"kind": "operation", "operation": "tell"},
        "parts": {"kind": "message", "message": "parts_came"},
    }
    content = drawn(nodes, way("start", "triage"), way("triage", "tell"), way("tell", "parts"), way("parts", "end"))
    kernel = Kernel(load(content), Facts(tables={"triage": {"priority": "high"}}), NOON)
    state = kernel.start()
    assert (waiting(state), state.decided) == (["tell"], {"priority": "high"})
    state = kernel.complete(state, token_at(state, "tell"), {"told": 3})
    assert (waiting(state), state.decided) == (["parts"], {"priority": "high", "told": 3})
    assert kernel.allowed(state) == {"parts_came"}
    with pytest.raises(NotAllowedNow):
        kernel.message(state, "snow_came")
    assert kernel.message(state, "parts_came").is_ended
    assert kernel.do(state, "parts_came").is_ended


def reminded(**boundary: Any) -> Kernel:
    nodes = {
        "look": task(),
        "late": {"kind": "boundary", "at": "look", "after": {"days": 2}, **boundary},
        "remind": task(),
        "reminded": {"kind": "end"},
    }
    ways = [way("start", "look"), outcome("look", "end"), way("late", "remind"), outcome("remind", "reminded")]
    return kernel_of(drawn(nodes, *ways))


def test_time_breaks_a_step_off() -> None:
    kernel = reminded()
    state = kernel.start()
    ((key, timer),) = state.timers.items()
    assert timer.due == NOON + timedelta(days=2)
    after = kernel.fire(state, key)
    assert (waiting(after), after.timers) == (["remind"], {})
    with pytest.raises(NotAllowedNow):
        kernel.fire(after, key)


def test_time_reminds_as_often_as_it_is_told_to_and_the_step_goes_on() -> None:
    kernel = reminded(interrupting=False, repeat=1)
    state = kernel.start()
    for times in (1, 2):
        state = kernel.fire(state, next(iter(state.timers)))
        assert waiting(state) == ["look", *["remind"] * times]
    assert state.timers == {}


def test_a_finished_step_takes_its_timer_along() -> None:
    kernel = reminded(interrupting=False)
    state = finished(kernel, kernel.start(), "look")
    assert state.is_ended
    assert state.timers == {}


def test_doing_without_a_timer_leaves_the_step_and_goes_past_what_only_waits() -> None:
    kernel = reminded()
    state = kernel.start()
    without = kernel.forget(state, next(iter(state.timers)))
    assert (waiting(without), without.timers) == (["look"], {})
    content = drawn({"wait": {"kind": "timer", "after": {"hours": 1}}}, way("start", "wait"), way("wait", "end"))
    pausing = kernel_of(content)
    begun = pausing.start()
    assert pausing.forget(begun, next(iter(begun.timers))).is_ended
    assert pausing.fire(begun, next(iter(begun.timers))).is_ended


PAUSED = drawn(
    {
        "open": stage(verbs=["note"]),
        "late": {"kind": "boundary", "at": "open", "after": {"days": 2}},
        "closed": {"kind": "end", "names": NAMES},
    },
    way("start", "open"),
    way("open", "closed", on="close"),
    way("late", "closed"),
    anytime=[
        {"on": "ask", "from": ["open"], "does": "pause"},
        {"on": "hear", "from": ["open"], "does": "resume"},
    ],
)
del PAUSED["nodes"]["end"]


def test_what_is_paused_has_its_timers_stand_still_and_goes_on_with_what_was_left() -> None:
    kernel = kernel_of(PAUSED)
    paused = kernel.do(kernel.start(), "ask")
    assert (dict(paused.ticking), len(paused.timers)) == ({}, 1)
    with pytest.raises(NotAllowedNow):
        kernel.fire(paused, next(iter(paused.timers)))
    assert kernel.do(paused, "ask").paused_at == NOON
    later = replace(kernel, now=NOON + timedelta(days=10))
    going = later.do(State.from_json(paused.as_json()), "hear")
    assert [timer.due for timer in going.ticking.values()] == [NOON + timedelta(days=12)]
    assert later.do(going, "hear") == going


def parted(**end: Any) -> Kernel:
    nodes = {
        "part": {"kind": "sub"},
        "begin": {"kind": "start", "in": "part"},
        "fork": {"kind": "parallel", "in": "part"},
        "one": task() | {"in": "part"},
        "two": task() | {"in": "part"},
        "over": {"kind": "end", "in": "part", **end},
        "late": {"kind": "boundary", "at": "part", "after": {"days": 1}},
        "after": task(),
    }
    ways = [way("start", "part"), way("begin", "fork"), way("fork", "one"), way("fork", "two")]
    ways += [outcome("one", "over"), outcome("two", "over"), way("part", "after"), way("late", "end")]
    return kernel_of(drawn(nodes, *ways, outcome("after", "end")))


def test_a_part_is_over_when_nothing_goes_on_in_it() -> None:
    kernel = parted()
    state = finished(kernel, kernel.start(), "one")
    assert waiting(state) == ["part", "two"]
    assert waiting(finished(kernel, state, "two")) == ["after"]


def test_a_part_is_over_at_once_at_an_end_that_ends_all_of_it() -> None:
    kernel = parted(terminate=True)
    assert waiting(finished(kernel, kernel.start(), "one")) == ["after"]


def test_time_breaks_a_part_off_with_whatever_goes_on_in_it() -> None:
    kernel = parted()
    state = kernel.start()
    assert kernel.fire(state, next(iter(state.timers))).is_ended


def test_a_called_process_is_waited_for() -> None:
    content = drawn(
        {"inspect": {"kind": "call", "process": "inspection"}}, way("start", "inspect"), way("inspect", "end")
    )
    kernel = kernel_of(content)
    state = kernel.start()
    assert kernel.allowed(state) == {"finish_step"}
    assert kernel.complete(state, token_at(state, "inspect"), {"inspect": "sound"}).decided == {"inspect": "sound"}


def test_a_run_can_be_cancelled_where_it_stands() -> None:
    kernel = kernel_of(FORKED)
    cancelled = kernel.cancel(kernel.do(kernel.start(), "begin"), "cancelled")
    assert (cancelled.is_ended, cancelled.outcome) == (True, "cancelled")


def test_a_token_is_laid_elsewhere_by_hand_within_its_part_and_never_so_that_two_hold_the_complaint() -> None:
    kernel = kernel_of(FORKED)
    state = kernel.do(kernel.start(), "begin")
    assert waiting(kernel.move(state, token_at(state, "look"), "ask")) == ["ask", "ask"]
    laid = kernel.move(state, token_at(state, "look"), "answered")
    assert waiting(laid) == ["answered", "ask"]
    with pytest.raises(NotAllowedNow):
        kernel.move(laid, token_at(laid, "ask"), "open")
    with pytest.raises(NotAllowedNow):
        kernel.move(state, token_at(state, "look"), "nowhere")
    part = parted()
    inside = part.start()
    with pytest.raises(NotAllowedNow):
        part.move(inside, token_at(inside, "one"), "after")


def test_a_run_that_cannot_go_on_by_itself_says_where() -> None:
    content = drawn(
        {"first": {"kind": "exclusive"}, "second": {"kind": "exclusive"}},
        way("start", "first"),
        way("first", "second"),
        way("second", "first", **{"if": [{"field": "again", "is": "empty"}]}),
        way("second", "end", otherwise=True),
    )
    with pytest.raises(StuckError, match="again and again") as stuck:
        kernel_of(content).start()
    assert stuck.value.node in ("first", "second")
