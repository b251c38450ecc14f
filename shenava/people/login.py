"""Login: a password, then a second factor where there is one. Guesses are counted, never told apart."""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import check_password, make_password
from django.http import HttpRequest

from shenava.common import clock, tokens
from shenava.common.budgets import give_back, spend
from shenava.people.models import RecoveryCode, User

GUESSES = 10
GUESSES_PER_ADDRESS = 50
WINDOW = timedelta(minutes=15)
STEP = 30
RECOVERY_CODES = 10
_NOBODY = make_password("nobody has this password")


class PasswordBackend(BaseBackend):
    """E-mail and password. Unknown addresses cost as much time as wrong passwords."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        email, password = str(credentials.get("email", "")), str(credentials.get("password", ""))
        user = User.objects.filter(email__iexact=email).first()
        fits = check_password(password[:1000], user.password if user else _NOBODY)
        return user if user and fits and user.is_active else None

    def get_user(self, user_id: int) -> User | None:
        user = User.objects.select_related("party").filter(pk=user_id).first()
        return user if user and user.is_active else None


def may_try(email: str, address: str) -> bool:
    """Is there a guess left for this account and from this address? One that was right is given back by
    `was_right`: many people come from one address, and some of them often."""
    per_account = spend(f"login:{email.lower()}", limit=GUESSES, window=WINDOW)
    per_address = spend(f"login-from:{address}", limit=GUESSES_PER_ADDRESS, window=WINDOW)
    return per_account and per_address


def was_right(email: str, address: str) -> None:
    """The latest try was no guess."""
    give_back(f"login:{email.lower()}", window=WINDOW)
    give_back(f"login-from:{address}", window=WINDOW)


def new_totp_secret() -> str:
    """A secret for an authenticator app: 160 bit in hex."""
    return secrets.token_hex(20)


def totp_address(user: User, secret: str, organisation: str) -> str:
    """The otpauth address that an authenticator app reads from a QR code."""
    return TOTP(bytes.fromhex(secret), 6, SHA1(), STEP).get_provisioning_uri(user.email, organisation)


def totp_step(secret: str, code: str) -> int | None:
    """The time step whose code this is (one step early or late is forgiven); None if of none."""
    totp = TOTP(bytes.fromhex(secret), 6, SHA1(), STEP)
    now = int(clock.now().timestamp())
    typed = tokens.normalise_digits(code).encode()
    for shift in (0, -1, 1):
        if hmac.compare_digest(totp.generate(now + shift * STEP), typed):
            return now // STEP + shift
    return None


def second_factor_fits(user: User, code: str) -> bool:
    """Does the code prove the second factor? An app's code and a recovery code each work once."""
    if not user.has_second_factor:
        return False
    step = totp_step(user.totp_secret, code)
    if step is not None:
        used = User.objects.filter(pk=user.pk, totp_last_step__lt=step).update(totp_last_step=step)
        return used == 1
    return _use_recovery_code(user, code)


def new_recovery_codes(user: User) -> list[str]:
    """Ten fresh recovery codes; the old ones stop working."""
    user.recovery_codes.all().delete()
    plain = [f"{secrets.token_hex(2)}-{secrets.token_hex(3)}" for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, code_hash=tokens.hash_code(code.replace("-", ""))) for code in plain
    )
    return plain


def _use_recovery_code(user: User, code: str) -> bool:
    typed = tokens.normalise_code(code).lower().replace("-", "")
    if len(typed) != 10:
        return False
    for kept in user.recovery_codes.filter(used_at=None):
        if tokens.check_code(typed, kept.code_hash):
            return bool(RecoveryCode.objects.filter(pk=kept.pk, used_at=None).update(used_at=clock.now()))
    return False
