"""Who may do what with mailboxes, with templates and with mail on its way out."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from shenava.journal.actions import ALLOWED, Verdict
from shenava.messages.models import HeldFor, Outgoing, OutgoingState
from shenava.people.models import Party, Role
from shenava.people.standing import Standing, standing_of

OUTBOX_ROLES = (Role.ADMINISTRATOR, Role.COMPLAINTS_MANAGER, Role.COMPLAINT_OFFICER)
STUCK = frozenset({OutgoingState.UNCERTAIN, OutgoingState.FAILED, OutgoingState.BOUNCED, OutgoingState.HELD})


def may(by: Party, verb: str, subject: Any, /) -> Verdict:
    """Mailboxes and templates belong to administrators; stuck mail to those who answer complaints, too."""
    standing = standing_of(by)
    if standing.is_system:
        return ALLOWED
    if not standing.is_active:
        return Verdict(_("Your account is closed."))
    if isinstance(subject, Outgoing):
        return _may_outgoing(standing, verb, subject)
    if not standing.has(Role.ADMINISTRATOR):
        return Verdict(_("Only an administrator may change mailboxes and templates."))
    return ALLOWED


def _may_outgoing(standing: Standing, verb: str, outgoing: Outgoing) -> Verdict:
    if not standing.has(*OUTBOX_ROLES):
        return Verdict(_("Only administrators and those who answer complaints may do this."))
    if outgoing.state not in STUCK:
        return Verdict(_("This mail is not stuck."))
    if verb == "resend" and outgoing.held_for == HeldFor.DEMO:
        return Verdict(_("Mail of the demo never leaves the outbox."))
    if verb == "resend" and not outgoing.has_words:
        return Verdict(_("The words of this mail are no longer kept. Please start it anew."))
    return ALLOWED
