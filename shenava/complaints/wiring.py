"""Wiring: what rooms below call without knowing complaints."""

from __future__ import annotations

from shenava.complaints import climbing, facts_view, follow_up, leaving, sweeps
from shenava.complaints.actions import MENU
from shenava.complaints.actions.operations import OPERATIONS
from shenava.complaints.questions import QUESTIONS
from shenava.complaints.rules import CLOSING, OPENING, RULES
from shenava.journal.recording import follow_with
from shenava.people import handover
from shenava.process import vocabulary
from shenava.process.questions import register_questions

__all__ = ["climbing", "connect", "sweeps"]


def connect() -> None:
    """Register the follow-up of facts, the verbs that a process may name and the hand-over of work."""
    follow_with("complaint", follow_up.defer)
    vocabulary.register_verbs(verb for verb in MENU if not RULES[verb].beside)
    vocabulary.register_endings(CLOSING, OPENING)
    vocabulary.register_operations(OPERATIONS)
    vocabulary.register_facts(facts_view.facts_of, facts_view.FIELDS)
    register_questions(QUESTIONS)
    handover.register(leaving.count_work, leaving.hand_over_all)
