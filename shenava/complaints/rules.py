"""Rules: who may do which verb to a complaint, as one table; what else has to be true stands in `policy`."""

from __future__ import annotations

from dataclasses import dataclass

from shenava.people.models import Role

AGENTS = frozenset({Role.CONTACT_AGENT, Role.COMPLAINT_OFFICER, Role.COMPLAINTS_MANAGER})
OFFICERS = frozenset({Role.COMPLAINT_OFFICER, Role.COMPLAINTS_MANAGER})
MANAGERS = frozenset({Role.COMPLAINTS_MANAGER})
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
READERS = frozenset({*AGENTS, Role.EXPERT, Role.APPROVER})


CLOSING = frozenset({
    "solve", "record_acceptance", "close", "close_unanswered", "withdraw", "mark_not_a_complaint", "mark_misdirected",
    "mark_duplicate",
})  # fmt: skip
"""The verbs that close a complaint: a process leads to an end by these and by no others."""
OPENING = frozenset({"reopen", "ask_review"})
"""The verbs that lead out of an end again."""


@dataclass(frozen=True)
class Rule:
    """Who may do a verb: staff in these roles, the complainant's side, the system itself.

    `holding` verbs are for whoever holds the complaint (or deputises), and for managers; `unseen` ones
    are also for administrators, who arrange things without reading complaints; `asked` ones also for whoever
    holds a referral of it; `lying` ones for whoever any work on it lies with, and for managers. `beside` ones are
    possible at every stage: the process is not asked.
    """

    roles: frozenset[Role] = frozenset()
    speakers: bool = False
    system: bool = True
    holding: bool = False
    unseen: bool = False
    asked: bool = False
    lying: bool = False
    beside: bool = False


RULES: dict[str, Rule] = {
    "register": Rule(AGENTS),
    "acknowledge": Rule(AGENTS),
    "record_undelivered": Rule(),
    "take": Rule(OFFICERS, system=False),
    "assign": Rule(OFFICERS),
    "hand_over": Rule(READERS, system=False, unseen=True, lying=True),
    "note": Rule(READERS),
    "add_information": Rule(AGENTS, speakers=True),
    "refer_outside": Rule(OFFICERS, system=False, holding=True),
    "record_reply": Rule(OFFICERS, system=False),
    "classify": Rule(AGENTS, system=False),
    "link": Rule(OFFICERS, system=False),
    "unlink": Rule(OFFICERS, system=False),
    "solve": Rule(AGENTS, system=False),
    "refer": Rule(READERS, holding=True, asked=True),
    "accept_referral": Rule(READERS, system=False),
    "return_referral": Rule(READERS, system=False),
    "give_opinion": Rule(READERS, system=False),
    "recall": Rule(READERS, system=False),
    "respond": Rule(OFFICERS, system=False, holding=True),
    "record_acceptance": Rule(AGENTS, speakers=True),
    "record_rejection": Rule(AGENTS, speakers=True),
    "record_finding": Rule(OFFICERS, system=False, holding=True),
    "add_issue_line": Rule(OFFICERS, system=False, holding=True),
    "convert": Rule(OFFICERS, system=False),
    "close": Rule(OFFICERS, holding=True),
    "reopen": Rule(AGENTS, speakers=True),
    "ask_review": Rule(AGENTS, speakers=True),
    "answer_review": Rule(OFFICERS, system=False, holding=True),
    "withdraw": Rule(AGENTS, speakers=True),
    "mark_not_a_complaint": Rule(OFFICERS, system=False, holding=True),
    "mark_misdirected": Rule(OFFICERS, system=False, holding=True),
    "mark_duplicate": Rule(OFFICERS, system=False, holding=True),
    "assess": Rule(AGENTS, system=False),
    "promise_call": Rule(AGENTS, system=False),
    "keep_call": Rule(AGENTS, system=False),
    "settle_tasks": Rule(READERS, system=False),
    "confirm_summary": Rule(AGENTS, system=False),
    "name_staff": Rule(AGENTS, system=False),
    "declare_conflict": Rule(READERS, system=False),
    "record_hearing": Rule(OFFICERS, system=False),
    "change_deadline": Rule(OFFICERS, system=False, holding=True),
    "escalate": Rule(),
    "apply_promise": Rule(MANAGERS, system=False, holding=True),
    "undo_escalation": Rule(OFFICERS, system=False, holding=True),
    "agree_updates": Rule(AGENTS, system=False),
    "tell_complainant": Rule(OFFICERS, system=False, holding=True),
    "correct_response": Rule(OFFICERS, system=False, holding=True),
    "recall_response": Rule(OFFICERS, system=False, holding=True),
    "warn_silence": Rule(),
    "close_unanswered": Rule(),
    "ask_complainant": Rule(OFFICERS, system=False, holding=True),
    "decide": Rule(OFFICERS, system=False, holding=True),
    "accept_mandate": Rule(AGENTS, system=False),
    "withdraw_mandate": Rule(AGENTS, system=False),
    "finish_step": Rule(READERS, system=False),
    "move_on": Rule(beside=True),
    "remind": Rule(beside=True),
    "raise_priority": Rule(beside=True),
    "retry_step": Rule(ADMINISTRATORS, system=False, unseen=True, beside=True),
    "move_step": Rule(ADMINISTRATORS, system=False, unseen=True, beside=True),
    "leave_out_step": Rule(ADMINISTRATORS, system=False, unseen=True, beside=True),
    "go_over": Rule(ADMINISTRATORS, system=False, unseen=True, beside=True),
    "come_back": Rule(ADMINISTRATORS, system=False, unseen=True, beside=True),
}
