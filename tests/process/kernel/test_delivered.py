"""The delivered way of a complaint, as the kernel walks it."""

from __future__ import annotations

import pytest

from shenava.process.kernel import Kernel, State, allowed
from tests.process.outside import NOON, Facts
from tests.process.samples import default

SIDE_EXITS = ["withdrawn", "not_a_complaint", "misdirected", "duplicate"]


def run(*verbs: str) -> list[State]:
    """Each state, from the start on."""
    kernel = Kernel(default(), Facts(), NOON)
    states = [kernel.start()]
    for verb in verbs:
        states.append(kernel.do(states[-1], verb))
    return states


def stages(*verbs: str) -> list[str]:
    return [state.here for state in run(*verbs)]


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
    ended = run("register", "take", "respond", verb)[-1]
    assert (ended.is_ended, ended.outcome) == (True, outcome)


def test_nothing_is_closed_without_an_answer() -> None:
    for verbs in ([], ["register"], ["register", "take"]):
        assert not allowed(default(), run(*verbs)[-1]) & {"close", "record_acceptance"}


@pytest.mark.parametrize("place", [*SIDE_EXITS, "closed"])
def test_from_every_end_the_complaint_can_be_reopened_but_not_answered(place: str) -> None:
    state = State(here=place, outcome=place)
    assert Kernel(default(), Facts(), NOON).do(state, "reopen").here == "in_handling"
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
    assert allowed(default(), state) <= {"reopen", "ask_review", *beside}
