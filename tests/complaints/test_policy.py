"""Policy: role × verb and stage × verb as one reads them, each refusal with its reason, and nothing done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shenava.complaints import actions, policy
from shenava.complaints.actions import MENU
from shenava.complaints.models import Complaint
from shenava.journal.actions import Refused
from shenava.people.models import Role, RoleGrant
from shenava.people.standing import standing_of
from tests.complaints.reading import everything
from tests.world import World, person

ASKED = {"accept_referral", "return_referral", "give_opinion", "recall"}  # which of them, the referral decides
JUDGING = {"assess", "classify", "confirm_summary", "name_staff", "declare_conflict"}
OUTSIDE = {"refer_outside", "record_reply"}
OFFICER = ASKED | JUDGING | OUTSIDE | {
    "acknowledge", "take", "assign", "note", "add_information", "respond", "record_finding", "add_issue_line", "refer",
    "convert", "withdraw", "mark_not_a_complaint", "mark_misdirected", "mark_duplicate", "link", "unlink",
    "record_hearing", "decide", "ask_complainant", "change_deadline", "hand_over", "agree_updates",
    "tell_complainant",
    "promise_call",
}  # fmt: skip
MENDING = {"retry_step", "move_step", "leave_out_step", "go_over", "come_back"}  # without reading the complaint
ITSELF = {"remind", "raise_priority"}  # what automations do that nobody else does
IN_HANDLING = {
    "sara": OFFICER,
    "manager": OFFICER | {"apply_promise"},
    "agent": ASKED | JUDGING | {"agree_updates", "promise_call", "acknowledge", "note", "add_information", "withdraw"},
    "expert": ASKED | {"note", "declare_conflict"},
    "approver": ASKED | {"note", "declare_conflict"},
    "reza": set(),
    "auditor": set(),
    "administrator": {"hand_over"} | MENDING,
    "system": {"escalate", "move_on", "acknowledge", "record_undelivered", "assign", "add_information", "withdraw"}
    | ITSELF
    | {"note", "refer"},
    "complainant": {"add_information", "withdraw"},
}
ALWAYS = MENDING | {"move_on", "note", "add_information", "hand_over", "record_undelivered", "link", "unlink"}
NAMES_ANOTHER = {"link": "other", "unlink": "other", "mark_duplicate": "of"}
STAGES = {
    "registered": ALWAYS
    | ITSELF
    | {"solve", "escalate", "apply_promise"}
    | OFFICER - ASKED - OUTSIDE - {"respond", "record_finding", "refer", "decide", "ask_complainant"},
    "in_handling": ALWAYS | ITSELF | OFFICER | {"escalate", "apply_promise"},
    "responded": ALWAYS
    | ITSELF
    | ASKED
    | OUTSIDE
    | JUDGING - {"confirm_summary"}
    | {"escalate", "apply_promise", "promise_call", "acknowledge", "take", "assign", "record_finding"}
    | {"record_acceptance", "record_rejection", "close", "withdraw"}
    | {"record_hearing", "correct_response", "recall_response", "ask_review"},
    "under_review": ALWAYS
    | ITSELF
    | {"answer_review", "escalate", "apply_promise"}
    | OFFICER - {"respond", "convert", "mark_not_a_complaint", "mark_misdirected", "mark_duplicate"},
    "closed": ALWAYS | {"reopen", "ask_review"},
    "withdrawn": ALWAYS | {"reopen"},
    "not_a_complaint": ALWAYS | {"reopen", "convert"},
    "misdirected": ALWAYS | {"reopen"},
    "duplicate": ALWAYS | {"reopen"},
}
WAYS: dict[str, list[Callable[[Complaint, World], object]]] = {
    "registered": [],
    "in_handling": [lambda one, world: actions.take(one, by=world.sara)],
    "responded": [
        lambda one, world: actions.take(one, by=world.sara),
        lambda one, world: actions.respond(one, text="So.", by=world.sara),
    ],
    "closed": [
        lambda one, world: actions.take(one, by=world.sara),
        lambda one, world: actions.respond(one, text="So.", by=world.sara),
        lambda one, world: actions.record_acceptance(one, by=one.complainant),
    ],
    "under_review": [
        lambda one, world: actions.take(one, by=world.sara),
        lambda one, world: actions.respond(one, text="So.", by=world.sara),
        lambda one, world: actions.ask_review(one, text="Look again.", by=one.complainant),
    ],
    "withdrawn": [lambda one, _: actions.withdraw(one, by=one.complainant)],
    "not_a_complaint": [lambda one, world: actions.mark_not_a_complaint(one, text="Praise.", by=world.manager)],
    "misdirected": [lambda one, world: actions.mark_misdirected(one, text="Elsewhere.", by=world.manager)],
    "duplicate": [lambda one, world: actions.mark_duplicate(one, of=world.complaint(), by=world.manager)],
}


def cast(world: World, who: str, complaint: Complaint) -> Any:
    """A party by its name in the tables; the approver joins the cast here."""
    others = {"complainant": complaint.complainant, "approver": None}
    return (
        others[who]
        if others.get(who)
        else getattr(world, who, None) or person("Ehsan Azad", Role.APPROVER, world.service)
    )


def allowed(party: Any, complaint: Complaint) -> set[str]:
    return {verb for verb in policy.RULES if policy.may(party, verb, complaint)}


def test_every_verb_of_the_menu_has_a_rule_and_every_rule_a_verb() -> None:
    assert set(MENU) == set(policy.RULES)


@pytest.mark.parametrize("who", IN_HANDLING)
def test_who_may_do_what_to_a_complaint_in_handling_that_sara_holds(world: World, who: str) -> None:
    complaint = world.taken()
    assert allowed(cast(world, who, complaint), complaint) == IN_HANDLING[who]


@pytest.mark.parametrize("who", sorted(IN_HANDLING.keys() - {"system", "complainant"}))
def test_whoever_is_named_may_do_nothing_but_what_needs_no_reading(world: World, who: str) -> None:
    complaint = world.taken()
    party = cast(world, who, complaint)
    Complaint.objects.filter(pk=complaint.pk).update(excluded=[party.pk])
    complaint.refresh_from_db()
    assert allowed(party, complaint) <= {"hand_over"} | MENDING


@pytest.mark.parametrize("stage", STAGES)
def test_what_is_possible_at_each_stage(world: World, stage: str) -> None:
    complaint = world.complaint()
    for step in WAYS[stage]:
        step(complaint, world)
    everybody = [world.manager, world.administrator, world.system, complaint.complainant]
    assert complaint.stage == stage
    assert set().union(*(allowed(party, complaint) for party in everybody)) == STAGES[stage]


def test_each_refusal_says_why(world: World) -> None:
    complaint = world.taken()
    said = {
        "reza": policy.HIDDEN, "expert": policy.NOT_YOURS, "auditor": policy.NOT_YOURS,
        "administrator": policy.HIDDEN, "agent": policy.NOT_YOURS,
    }  # fmt: skip
    assert {who: policy.may(getattr(world, who), "respond", complaint) for who in said} == said
    second = person("Kaveh Irani", Role.COMPLAINT_OFFICER, world.service)
    assert policy.may(second, "respond", complaint) == policy.NOT_HELD
    assert policy.may(world.sara, "close", complaint) == policy.NOT_NOW
    assert policy.may(world.sara, "fly", complaint) == policy.UNKNOWN


@pytest.mark.parametrize("verb", sorted(policy.RULES.keys() - {"register"}))
def test_a_refused_verb_changes_nothing(world: World, verb: str) -> None:
    complaint = world.taken()
    named = {NAMES_ANOTHER[verb]: world.taken()} if verb in NAMES_ANOTHER else {}
    before = everything(complaint)
    with pytest.raises(Refused) as refused:
        MENU[verb](complaint, by=world.reza, **named)
    assert refused.value.reason
    assert everything(complaint) == before


def test_the_registering_of_complaints_is_for_those_whose_work_it_is(world: World) -> None:
    roles = {who: bool(policy.may(getattr(world, who), "register", None)) for who in IN_HANDLING if hasattr(world, who)}
    assert roles == {
        "sara": True, "manager": True, "agent": True, "reza": True, "system": True,
        "expert": False, "auditor": False, "administrator": False,
    }  # fmt: skip


def test_a_role_that_was_taken_away_is_gone_at_the_next_request(world: World) -> None:
    complaint = world.taken()
    RoleGrant.objects.filter(party=world.sara).delete()
    sara = type(world.sara).objects.get(pk=world.sara.pk)
    assert allowed(sara, complaint) == set()
    assert not standing_of(sara).is_staff
