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
from shenava.complaints.actions.intake import Intake, register, register_once
from shenava.complaints.actions.response import record_acceptance, record_rejection, respond
from shenava.complaints.actions.room import MENU

__all__ = [
    "MENU",
    "Addition",
    "Intake",
    "acknowledge",
    "add_information",
    "add_issue_line",
    "assign",
    "close",
    "convert",
    "hand_over",
    "mark_duplicate",
    "mark_misdirected",
    "mark_not_a_complaint",
    "note",
    "record_acceptance",
    "record_finding",
    "record_rejection",
    "record_undelivered",
    "register",
    "register_once",
    "reopen",
    "respond",
    "take",
    "withdraw",
]
