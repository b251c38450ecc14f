"""How people come in, stay in and stand in: invitations, login sessions, recovery codes, delegations."""

from __future__ import annotations

from django.db import models

from shenava.people.models.party import Party
from shenava.people.models.roles import Role
from shenava.people.models.unit import Unit
from shenava.people.models.user import User


class Invitation(models.Model):
    """A link by which a person becomes a user, once. Only the hash of its secret is kept."""

    email = models.EmailField()
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=20, choices=Role.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.email


class LoginSession(models.Model):
    """One browser in which a user is logged in; ending it here ends it there."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="login_sessions")
    session_key = models.CharField(max_length=64, unique=True)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    browser = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=45, blank=True)

    def __str__(self) -> str:
        return f"{self.user_id} {self.began_at:%Y-%m-%d}"


class RecoveryCode(models.Model):
    """A code for the day the second factor is lost; each works once."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    code_hash = models.CharField(max_length=200)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.user_id)


class Delegation(models.Model):
    """Somebody's cartable in another's hands for a while."""

    delegator = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="delegations_given")
    deputy = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="delegations_held")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="a_delegation_has_a_duration"
            ),
            models.CheckConstraint(
                condition=~models.Q(delegator=models.F("deputy")), name="nobody_deputises_for_himself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delegator_id} → {self.deputy_id}"
