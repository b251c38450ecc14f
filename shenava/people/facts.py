"""Facts of the people room: who was let in, given a role, moved, sent away."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from shenava.journal.facts import Fact, fact
from shenava.people.models import Role

# Translators: a role that is bound to no unit
EVERYWHERE = _("everywhere")


@fact("people.set_up", 1)
@dataclass(frozen=True)
class SetUp(Fact):
    administrator: int
    icon = "building-2"
    parties = ("administrator",)
    sentence = _("The organisation was set up; {administrator} is its first administrator.")


@fact("people.organisation_changed", 1)
@dataclass(frozen=True)
class OrganisationChanged(Fact):
    icon = "building-2"
    sentence = _("{by} changed the organisation's details.")


@fact("people.invited", 1)
@dataclass(frozen=True)
class Invited(Fact):
    invitation: int
    role: str
    unit: int | None
    icon = "mail-plus"
    parties = ("unit",)
    labels = {"role": Role}
    nothing = EVERYWHERE
    sentence = _("{by} invited somebody as {role} (unit: {unit}).")


@fact("people.invitation_withdrawn", 1)
@dataclass(frozen=True)
class InvitationWithdrawn(Fact):
    invitation: int
    icon = "mail-x"
    sentence = _("{by} withdrew an invitation.")


@fact("people.joined", 1)
@dataclass(frozen=True)
class Joined(Fact):
    party: int
    invitation: int
    icon = "user-plus"
    parties = ("party",)
    sentence = _("{party} accepted an invitation.")


@fact("people.role_granted", 1)
@dataclass(frozen=True)
class RoleGranted(Fact):
    party: int
    role: str
    unit: int | None
    icon = "shield-plus"
    parties = ("party", "unit")
    labels = {"role": Role}
    nothing = EVERYWHERE
    sentence = _("{by} made {party} {role} (unit: {unit}).")


@fact("people.role_revoked", 1)
@dataclass(frozen=True)
class RoleRevoked(Fact):
    party: int
    role: str
    unit: int | None
    icon = "shield-minus"
    parties = ("party", "unit")
    labels = {"role": Role}
    nothing = EVERYWHERE
    sentence = _("{by} took the role {role} from {party} (unit: {unit}).")


@fact("people.deactivated", 1)
@dataclass(frozen=True)
class Deactivated(Fact):
    party: int
    handed_to: int | None
    icon = "user-x"
    parties = ("party", "handed_to")
    nothing = _("nobody")
    sentence = _("{by} deactivated {party}; open work went to {handed_to}.")


@fact("people.work_handed_over", 1)
@dataclass(frozen=True)
class WorkHandedOver(Fact):
    party: int
    to: int
    count: int
    icon = "forward"
    parties = ("party", "to")
    sentence = _("{by} handed over what lay with {party} to {to}; complaints: {count}.")


@fact("people.reactivated", 1)
@dataclass(frozen=True)
class Reactivated(Fact):
    party: int
    icon = "user-check"
    parties = ("party",)
    sentence = _("{by} reactivated {party}.")


@fact("people.unit_opened", 1)
@dataclass(frozen=True)
class UnitOpened(Fact):
    unit: int
    parent: int | None
    icon = "network"
    parties = ("unit", "parent")
    nothing = _("the organisation")
    sentence = _("{by} opened the unit {unit} below {parent}.")


@fact("people.unit_changed", 1)
@dataclass(frozen=True)
class UnitChanged(Fact):
    unit: int
    icon = "network"
    parties = ("unit",)
    sentence = _("{by} changed the unit {unit}.")


@fact("people.second_factor_set", 1)
@dataclass(frozen=True)
class SecondFactorSet(Fact):
    icon = "smartphone"
    sentence = _("{by} set up a second factor.")


@fact("people.second_factor_reset", 1)
@dataclass(frozen=True)
class SecondFactorReset(Fact):
    party: int
    icon = "smartphone"
    parties = ("party",)
    sentence = _("{by} reset the second factor of {party}.")


@fact("people.password_changed", 1)
@dataclass(frozen=True)
class PasswordChanged(Fact):
    icon = "key-round"
    sentence = _("{by} chose a new password.")


@fact("people.password_reset", 1)
@dataclass(frozen=True)
class PasswordReset(Fact):
    party: int
    icon = "key-round"
    parties = ("party",)
    sentence = _("{party} chose a new password by a link that was mailed.")


@fact("people.sessions_ended", 1)
@dataclass(frozen=True)
class SessionsEnded(Fact):
    party: int
    count: int
    icon = "log-out"
    parties = ("party",)
    sentence = _("{by} ended {count} logins of {party}.")


@fact("people.delegated", 1)
@dataclass(frozen=True)
class Delegated(Fact):
    delegation: int
    deputy: int
    icon = "users"
    parties = ("deputy",)
    sentence = _("{by} gave the cartable to {deputy} for a while.")


@fact("people.delegation_ended", 1)
@dataclass(frozen=True)
class DelegationEnded(Fact):
    delegation: int
    deputy: int
    icon = "users"
    parties = ("deputy",)
    sentence = _("{by} took the cartable back from {deputy}.")


@fact("people.body_added", 1)
@dataclass(frozen=True)
class BodyAdded(Fact):
    body: int
    icon = "landmark"
    parties = ("body",)
    sentence = _("{by} added the external body {body}.")


@fact("people.body_changed", 1)
@dataclass(frozen=True)
class BodyChanged(Fact):
    body: int
    icon = "landmark"
    parties = ("body",)
    sentence = _("{by} changed the external body {body}.")
