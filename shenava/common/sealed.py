"""Sealed values: secrets in the database, readable only with the installation's key."""

from __future__ import annotations

import base64
import os
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models

_MARK = "s1."


class BrokenSealError(ValueError):
    """The value was changed, belongs to another purpose, or was sealed with another key."""


def seal(text: str, *, purpose: str) -> str:
    """Encrypt with AES-256-GCM; the purpose is bound to it, so a value cannot be moved elsewhere."""
    nonce = os.urandom(12)
    box = AESGCM(_key(settings.SECRET_KEY)).encrypt(nonce, text.encode(), purpose.encode())
    return _MARK + base64.urlsafe_b64encode(nonce + box).decode()


def open_sealed(token: str, *, purpose: str) -> str:
    """The text that was sealed for this purpose; raises BrokenSealError."""
    try:
        raw = base64.urlsafe_b64decode(token.removeprefix(_MARK))
        opened = AESGCM(_key(settings.SECRET_KEY)).decrypt(raw[:12], raw[12:], purpose.encode())
    except (InvalidTag, ValueError) as fault:
        raise BrokenSealError(purpose) from fault
    return opened.decode()


@lru_cache(maxsize=4)
def _key(secret: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"shenava.sealed").derive(secret.encode())


class SealedTextField(models.TextField):  # type: ignore[type-arg]
    """A text that lies sealed in the database and is plain in the program.

    Every sealing differs, so it cannot be searched: a filter on it is refused, except for null.
    """

    def __init__(self, *args: Any, purpose: str = "", **kwargs: Any) -> None:
        self.purpose = purpose
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"purpose": self.purpose}

    def get_lookup(self, name: str) -> Any:
        return super().get_lookup(name) if name == "isnull" else None

    def from_db_value(self, value: str | None, expression: object, connection: object) -> str | None:
        return open_sealed(value, purpose=self.purpose) if value else value

    def get_prep_value(self, value: Any) -> Any:
        return seal(value, purpose=self.purpose) if value else value
