"""Wiring: what rooms below call without knowing complaints."""

from __future__ import annotations

from shenava.complaints import automatic, climbing, facts_view, firing, follow_up, leaving, sweeps
from shenava.complaints.actions import MENU
from shenava.complaints.actions.operations import OPERATIONS
from shenava.complaints.questions import QUESTIONS
from shenava.complaints.rules import CLOSING, OPENING, RULES
from shenava.journal.recording import follow_with
from shenava.people import handover
from shenava.process import automations, vocabulary
from shenava.process.questions import register_questions

__all__ = ["climbing", "connect", "firing", "sweeps"]


def connect() -> None:
    """Register the follow-up of facts, the words of processes and automations, and the hand-over of work."""
    follow_with("complaint", follow_up.defer)
    vocabulary.register_verbs(verb for verb in MENU if not RULES[verb].beside)
    vocabulary.register_endings(CLOSING, OPENING)
    vocabulary.register_operations(OPERATIONS)
    vocabulary.register_facts(facts_view.facts_of, facts_view.FIELDS)
    register_questions(QUESTIONS)
    automations.register_occasions(automatic.OCCASIONS)
    automations.register_deeds(automatic.DEEDS, automatic.EXAMPLES)
    handover.register(leaving.count_work, leaving.hand_over_all)
