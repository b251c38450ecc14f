"""The menu: everything the product does to a complaint."""

from shenava.complaints.actions.circulation import assign, hand_over, note, take
from shenava.complaints.actions.content import add_issue_line, classify, convert, record_finding
from shenava.complaints.actions.conversation import (
    Addition,
    acknowledge,
    add_information,
    record_undelivered,
)
from shenava.complaints.actions.ending import (
    close,
    mark_duplicate,
    mark_misdirected,
    mark_not_a_complaint,
    reopen,
    withdraw,
)
from shenava.complaints.actions.first_contact import register_and_solve, solve
from shenava.complaints.actions.intake import Circumstances, Intake, register, register_once
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
from shenava.complaints.actions.response import record_acceptance, record_rejection, respond
from shenava.complaints.actions.room import MENU

__all__ = [
    "MENU",
    "Addition",
    "Advice",
    "Circumstances",
    "Commission",
    "Intake",
    "Letter",
    "accept_referral",
    "acknowledge",
    "add_information",
    "add_issue_line",
    "assign",
    "classify",
    "close",
    "convert",
    "give_opinion",
    "hand_over",
    "link",
    "mark_duplicate",
    "mark_misdirected",
    "mark_not_a_complaint",
    "note",
    "recall",
    "record_acceptance",
    "record_finding",
    "record_rejection",
    "record_reply",
    "record_undelivered",
    "refer",
    "refer_outside",
    "register",
    "register_and_solve",
    "register_once",
    "reopen",
    "respond",
    "return_referral",
    "solve",
    "take",
    "unlink",
    "withdraw",
]
