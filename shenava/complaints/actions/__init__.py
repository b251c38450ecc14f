"""The menu: everything the product does to a complaint."""

from shenava.complaints.actions.applying import apply_promise
from shenava.complaints.actions.assessment import Look, assess, settle_tasks
from shenava.complaints.actions.automatic import raise_priority, remind
from shenava.complaints.actions.calls import keep_call, promise_call
from shenava.complaints.actions.circulation import assign, hand_over, note, take
from shenava.complaints.actions.content import add_issue_line, classify, convert, record_finding
from shenava.complaints.actions.conversation import (
    Addition,
    acknowledge,
    add_information,
    ask_complainant,
    record_undelivered,
)
from shenava.complaints.actions.deadline import change_deadline
from shenava.complaints.actions.decision import (
    LineFinding,
    confirm_summary,
    decide,
    declare_conflict,
    name_staff,
    record_hearing,
)
from shenava.complaints.actions.ending import (
    close,
    mark_misdirected,
    mark_not_a_complaint,
    reopen,
    withdraw,
)
from shenava.complaints.actions.escalation import escalate, undo_escalation
from shenava.complaints.actions.export import Wish, ask_for_export, cancel_export
from shenava.complaints.actions.first_contact import receive, solve
from shenava.complaints.actions.going_over import come_back, go_over
from shenava.complaints.actions.incidents import leave_out_step, move_step, retry_step
from shenava.complaints.actions.intake import Circumstances, Intake, register, register_once
from shenava.complaints.actions.mandate import accept_mandate, withdraw_mandate
from shenava.complaints.actions.merge import mark_duplicate
from shenava.complaints.actions.outside import Letter, record_reply, refer_outside
from shenava.complaints.actions.referral import (
    Advice,
    Commission,
    accept_referral,
    give_opinion,
    recall,
    refer,
    return_referral,
)
from shenava.complaints.actions.relation import link, unlink
from shenava.complaints.actions.response import (
    correct_response,
    recall_response,
    record_acceptance,
    record_rejection,
    respond,
)
from shenava.complaints.actions.review import answer_review, ask_review
from shenava.complaints.actions.room import MENU
from shenava.complaints.actions.silence import close_unanswered, warn_silence
from shenava.complaints.actions.steps import finish_step, move_on
from shenava.complaints.actions.updates import agree_updates, tell_complainant
from shenava.complaints.actions.views import remove_shared_view

__all__ = [
    "MENU",
    "Addition",
    "Advice",
    "Circumstances",
    "Commission",
    "Intake",
    "Letter",
    "LineFinding",
    "Look",
    "Wish",
    "accept_mandate",
    "accept_referral",
    "acknowledge",
    "add_information",
    "add_issue_line",
    "agree_updates",
    "answer_review",
    "apply_promise",
    "ask_complainant",
    "ask_for_export",
    "ask_review",
    "assess",
    "assign",
    "cancel_export",
    "change_deadline",
    "classify",
    "close",
    "close_unanswered",
    "come_back",
    "confirm_summary",
    "convert",
    "correct_response",
    "decide",
    "declare_conflict",
    "escalate",
    "finish_step",
    "give_opinion",
    "go_over",
    "hand_over",
    "keep_call",
    "leave_out_step",
    "link",
    "mark_duplicate",
    "mark_misdirected",
    "mark_not_a_complaint",
    "move_on",
    "move_step",
    "name_staff",
    "note",
    "promise_call",
    "raise_priority",
    "recall",
    "recall_response",
    "receive",
    "record_acceptance",
    "record_finding",
    "record_hearing",
    "record_rejection",
    "record_reply",
    "record_undelivered",
    "refer",
    "refer_outside",
    "register",
    "register_once",
    "remind",
    "remove_shared_view",
    "reopen",
    "respond",
    "retry_step",
    "return_referral",
    "settle_tasks",
    "solve",
    "take",
    "tell_complainant",
    "undo_escalation",
    "unlink",
    "warn_silence",
    "withdraw",
    "withdraw_mandate",
]
