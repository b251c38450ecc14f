"""How people come in, stay in and stand in: invitations, login sessions, recovery codes, delegations."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.db import models

from shenava.common import clock
from shenava.people.models.party import Party
from shenava.people.models.roles import Role
from shenava.people.models.unit import Unit
from shenava.people.models.user import User

IDLE = timedelta(hours=2)
LONGEST = timedelta(hours=12)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> InvitationQuerySet:
        """Whose links still work."""
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=clock.now())


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

    objects: ClassVar[models.Manager[Invitation]] = InvitationQuerySet.as_manager()

    def __str__(self) -> str:
        return self.email

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None and self.expires_at > clock.now()


class LoginSessionQuerySet(models.QuerySet["LoginSession"]):
    def living(self) -> LoginSessionQuerySet:
        """Logins that are neither too old nor idle for too long."""
        now = clock.now()
        return self.filter(seen_at__gte=now - IDLE, began_at__gte=now - LONGEST)

    def over(self) -> LoginSessionQuerySet:
        """Logins whose browser is out at the next request."""
        now = clock.now()
        return self.filter(models.Q(seen_at__lt=now - IDLE) | models.Q(began_at__lt=now - LONGEST))


class LoginSession(models.Model):
    """One browser in which a user is logged in; ending it here ends it there."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="login_sessions")
    session_key = models.CharField(max_length=64, unique=True)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    browser = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=45, blank=True)

    objects: ClassVar[models.Manager[LoginSession]] = LoginSessionQuerySet.as_manager()

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
