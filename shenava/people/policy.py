"""Policy of the people room: administrators arrange people and units, everybody arranges himself, managers his work."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from shenava.journal.actions import ALLOWED, Verdict
from shenava.people.models import LoginSession, Party, Role
from shenava.people.standing import Standing, standing_of

ADMINISTRATORS = frozenset(
    {
        "invite", "withdraw_invitation", "grant_role", "revoke_role", "deactivate", "reactivate", "open_unit",
        "change_unit", "change_organisation", "reset_second_factor", "end_sessions", "add_body", "change_body",
    }
)  # fmt: skip
ONESELF = frozenset(
    {
        "change_password", "set_second_factor", "end_session", "end_own_sessions", "delegate", "end_delegation",
    }
)  # fmt: skip
SYSTEM = frozenset({"set_up", "accept_invitation", "reset_password"})
NOT_YOURS = Verdict(_("Only an administrator may do this."))
NOT_YOURSELF = Verdict(_("You cannot do this to yourself; ask another administrator."))
NOT_HIM = Verdict(_("Everybody does this for himself only."))
TO_OTHERS_ONLY = frozenset({"deactivate", "revoke_role", "reset_second_factor"})


def may(by: Party, verb: str, subject: Any) -> Verdict:
    """May this party do this to a person, a unit or the organisation?"""
    standing = standing_of(by)
    if standing.is_system:
        return ALLOWED if verb in SYSTEM else NOT_YOURS
    if verb == "hand_over_work":
        return _may_hand_over(standing, by, subject)
    if verb in ONESELF:
        return ALLOWED if standing.is_active and _is_own(by, subject) else NOT_HIM
    if verb not in ADMINISTRATORS or not standing.has(Role.ADMINISTRATOR):
        return NOT_YOURS
    if verb in TO_OTHERS_ONLY and subject == by:
        return NOT_YOURSELF
    return ALLOWED


def _may_hand_over(standing: Standing, by: Party, subject: Any) -> Verdict:
    """One's own work, or as somebody who answers for the work of others."""
    is_able = standing.has(Role.ADMINISTRATOR, Role.COMPLAINTS_MANAGER) or subject == by
    return ALLOWED if standing.is_active and is_able else NOT_HIM


def _is_own(by: Party, subject: Any) -> bool:
    owners = (getattr(subject, name, None) for name in ("party_id", "delegator_id"))
    return subject == by or by.pk in owners or _is_own_login(by, subject)


def _is_own_login(by: Party, subject: Any) -> bool:
    return isinstance(subject, LoginSession) and subject.user.party_id == by.pk
