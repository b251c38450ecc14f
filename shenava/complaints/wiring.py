"""Wiring: what rooms below call without knowing complaints."""

from __future__ import annotations

from shenava.complaints import follow_up, sweeps
from shenava.complaints.actions import MENU
from shenava.journal.recording import follow_with
from shenava.process import vocabulary

__all__ = ["connect", "sweeps"]


def connect() -> None:
    """Register the follow-up of facts and the verbs that a process may name."""
    follow_with("complaint", follow_up.defer)
    vocabulary.register_verbs(MENU)
