"""Who may do what with mail that waits for a person: those who register complaints."""

from __future__ import annotations

from django.db.models import Q
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
    if raw is not None and not Raw.objects.filter(within_reach(standing), pk=raw.pk).exists():
        return Verdict(_("This mail came to another unit."))
    if raw is None or raw.state not in STATES.get(verb, set()):
        return Verdict(_("Somebody has seen to this mail already."))
    if raw.message is not None and raw.message.complaint_id is not None:
        return Verdict(_("This mail belongs to a complaint already."))
    return ALLOWED


def may_see(standing: Standing) -> bool:
    """May they see the folder of unreadable mail? Not administrators: complaints are in it."""
    return standing.is_active and standing.has(*READERS)


def within_reach(standing: Standing) -> Q:
    """Which mail: that of the mailboxes of their units, and of mailboxes that belong to no unit."""
    scopes = [standing.roles[role] for role in READERS if role in standing.roles]
    if None in scopes:
        return Q()
    units = {unit for scope in scopes for unit in scope or ()}
    return Q(mailbox__isnull=True) | Q(mailbox__unit__isnull=True) | Q(mailbox__unit__in=units)
