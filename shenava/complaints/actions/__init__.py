"""The menu: everything the product does to a complaint."""

from shenava.complaints.actions.circulation import assign, hand_over, note, take
from shenava.complaints.actions.content import add_issue_line, convert, record_finding
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
from shenava.complaints.actions.export import Wish, ask_for_export
from shenava.complaints.actions.intake import Intake, register, register_once
from shenava.complaints.actions.referral import (
    Advice,
    Commission,
    accept_referral,
    give_opinion,
    recall,
    refer,
    return_referral,
)
from shenava.complaints.actions.response import record_acceptance, record_rejection, respond
from shenava.complaints.actions.room import MENU

__all__ = [
    "MENU",
    "Addition",
    "Advice",
    "Commission",
    "Intake",
    "Wish",
    "accept_referral",
    "acknowledge",
    "add_information",
    "add_issue_line",
    "ask_for_export",
    "assign",
    "close",
    "convert",
    "give_opinion",
    "hand_over",
    "mark_duplicate",
    "mark_misdirected",
    "mark_not_a_complaint",
    "note",
    "recall",
    "record_acceptance",
    "record_finding",
    "record_rejection",
    "record_undelivered",
    "refer",
    "register",
    "register_once",
    "reopen",
    "respond",
    "return_referral",
    "take",
    "withdraw",
]
