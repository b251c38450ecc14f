"""Who may do what with mail that waits for a person: those who register complaints."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shenava.journal.actions import ALLOWED, Verdict
from shenava.messages.models import Raw, RawState
from shenava.people.models import Party, Role
from shenava.people.standing import Standing, standing_of

READERS = (Role.CONTACT_AGENT, Role.COMPLAINT_OFFICER, Role.COMPLAINTS_MANAGER)
STATES = {
    "read_again": {RawState.FAILED},
    "set_aside": {RawState.FAILED},
    "register_by_hand": {RawState.FAILED, RawState.IGNORED},
}


def may(by: Party, verb: str, raw: Raw | None, /) -> Verdict:
    """May this party do this to this mail now?"""
    standing = standing_of(by)
    if not standing.is_active:
        return Verdict(_("Your account is closed."))
    if not may_see(standing):
        return Verdict(_("Only those who register complaints may do this."))
    if raw is None or raw.state not in STATES.get(verb, set()):
        return Verdict(_("Somebody has seen to this mail already."))
    if raw.message is not None and raw.message.complaint_id is not None:
        return Verdict(_("This mail belongs to a complaint already."))
    return ALLOWED


def may_see(standing: Standing) -> bool:
    """May they see the folder of unreadable mail? Not administrators: complaints are in it."""
    return standing.is_active and standing.has(*READERS)
