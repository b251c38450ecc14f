"""Passwords: long, not known to everybody, not made of one's own address. Refused in the reader's language."""

from __future__ import annotations

from django.contrib.auth import password_validation
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shenava.common.dates import digits
from shenava.people.models import User


class LongEnough(password_validation.MinimumLengthValidator):
    """So many characters at least."""

    def get_error_message(self) -> str:
        length = digits(self.min_length, get_language() or "en")
        return _("This password is too short: it needs at least {length} characters.").format(length=length)


class NotCommon(password_validation.CommonPasswordValidator):
    """None of the twenty thousand passwords that are tried first."""

    def get_error_message(self) -> str:
        return _("This password is one of those that everybody tries first. Choose another.")


class NotYourAddress(password_validation.UserAttributeSimilarityValidator):
    """Nothing that follows from the user's address."""

    def get_error_message(self) -> str:
        return _("This password is too much like your e-mail address. Choose another.")


def refuse_weak(password: str, user: User | None = None) -> None:
    """Raise ValidationError for a password that is easily guessed."""
    validate_password(password, user)
