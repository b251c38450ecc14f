"""Users: the parties who can log in."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from shenava.common.sealed import SealedTextField
from shenava.people.models.organisation import Organisation
from shenava.people.models.party import Party


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        """Logins ignore the case of the address."""
        return self.get(email__iexact=username or "")


class User(AbstractBaseUser):
    """A login of a person. What the person may do comes from the party's roles, not from here."""

    party = models.OneToOneField(Party, on_delete=models.PROTECT, related_name="user")
    email = models.EmailField()
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=5, blank=True)
    calendar = models.CharField(max_length=10, choices=Organisation.CalendarKind.choices, blank=True)
    theme = models.CharField(max_length=5, blank=True)
    totp_secret = SealedTextField(purpose="people.totp", blank=True, default="")
    totp_last_step = models.BigIntegerField(default=0)
    joined_at = models.DateTimeField()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_login_per_address")]

    def __str__(self) -> str:
        return self.email

    def prefer(self, **preferences: str) -> None:
        """Keep how this user reads: language, calendar, theme."""
        User.objects.filter(pk=self.pk).update(**preferences)

    @property
    def has_second_factor(self) -> bool:
        return bool(self.totp_secret)
