"""Tokens: secrets for links, keys people type, one-time codes. Only hashes are kept."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import timedelta
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from django.conf import settings
from django.core import signing

from shenava.common import clock
from shenava.common.text import fold

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ALIKE = str.maketrans("OILU", "011V")
_HASHER = PasswordHasher(time_cost=settings.CODE_ROUNDS, memory_cost=settings.CODE_MEMORY_KIB, parallelism=1)


class StaleTokenError(ValueError):
    """The token is over, was changed, or was made for another purpose."""


def new_token() -> tuple[str, str]:
    """A secret of 256 bit for a link, and the hash that is kept."""
    plain = secrets.token_urlsafe(32)
    return plain, digest(plain)


def digest(plain: str) -> str:
    """SHA-256 in hex: how secrets of 128 bit and more are kept."""
    return hashlib.sha256(plain.encode()).hexdigest()


def human_secret() -> str:
    """A secret of 130 bit that can be read aloud: XXXXX-XXXXX-XXXXX-XXXXX-XXXXXX."""
    return _grouped("".join(secrets.choice(_LETTERS) for _ in range(26)))


def secret_for(mark: str, *, purpose: str) -> str:
    """The human secret that belongs to a one-time mark: the same for the same mark, unknown without our key."""
    key = hmac.new(settings.SECRET_KEY.encode(), f"{purpose}:{mark}".encode(), hashlib.sha256).digest()
    text = base64.b32encode(key).decode()[:26]
    return _grouped(text.translate(str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", _LETTERS)))


def purpose_token(payload: Any, *, purpose: str, max_age: timedelta) -> str:
    """A signed token that carries JSON, readable by whoever holds it, and ends by our clock."""
    ends = (clock.now() + max_age).timestamp()
    return signing.dumps([payload, ends], salt=purpose)


def read_purpose_token(token: str, *, purpose: str) -> Any:
    """What a token of this purpose carries; raises StaleTokenError."""
    try:
        payload, ends = signing.loads(token, salt=purpose)
    except (signing.BadSignature, ValueError, TypeError) as fault:
        raise StaleTokenError(purpose) from fault
    if ends < clock.now().timestamp():
        raise StaleTokenError(purpose)
    return payload


def normalise_human_secret(text: str) -> str:
    """What somebody typed, as it was given: case, blanks, dashes and letters that look alike do not matter."""
    letters = "".join(letter for letter in fold(text).upper() if letter.isalnum())
    return letters.translate(_ALIKE)


def normalise_code(text: str) -> str:
    """A complaint's code or number as typed: capitals, Latin digits, no blanks."""
    return "".join(fold(text).upper().split())


def normalise_digits(text: str) -> str:
    """The digits of a one-time code as typed, whatever stands between them."""
    return "".join(letter for letter in fold(text) if letter.isdigit())


def short_code() -> str:
    """A one-time code of eight digits."""
    return f"{secrets.randbelow(10**8):08d}"


def hash_code(plain: str) -> str:
    """Argon2: how short codes are kept."""
    return _HASHER.hash(plain)


def check_code(plain: str, hashed: str) -> bool:
    """Is this the code that was hashed?"""
    try:
        return _HASHER.verify(hashed, plain)
    except (Argon2Error, InvalidHashError):
        return False


def _grouped(text: str) -> str:
    return "-".join([text[0:5], text[5:10], text[10:15], text[15:20], text[20:]])
