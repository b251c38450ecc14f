"""Sealed streams: a file that nobody can read, change or shorten without the passphrase.

Header: magic, salt (16 bytes), check (32 bytes, tells a wrong passphrase from damage). Then chunks of one
mebibyte, each AES-256-GCM; header, place and whether it is the last are authenticated with every chunk.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import os
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"shenava archive 1\n"
SALT, CHECK, TAG = 16, 32, 16
CHUNK = 1024 * 1024
COST = {"n": 2**17, "r": 8, "p": 1, "maxmem": 256 * 1024 * 1024}


class SealError(ValueError):
    """The stream cannot be opened; the text is one sentence for the operator."""


class SealedWriter(io.RawIOBase):
    """Everything written here lies sealed in `target`. Only `finish` makes it whole."""

    def __init__(self, target: BinaryIO, passphrase: str) -> None:
        salt = os.urandom(SALT)
        key, check = _keys(passphrase, salt)
        self._target, self._aead = target, AESGCM(key)
        self._header = MAGIC + salt + check
        self._waiting = bytearray()
        self._place = 0
        target.write(self._header)

    def writable(self) -> bool:
        return True

    def write(self, given: object) -> int:
        """Take bytes in; full chunks go out. The last chunk is always kept back, for it is marked."""
        block = bytes(given)  # type: ignore[call-overload]
        self._waiting += block
        while len(self._waiting) > CHUNK:
            self._emit(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]
        return len(block)

    def finish(self) -> None:
        """Write the last chunk, marked as the last."""
        self._emit(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _emit(self, chunk: bytes, *, last: bool) -> None:
        nonce, bound = _bound(self._header, self._place, last)
        self._target.write(self._aead.encrypt(nonce, chunk, bound))
        self._place += 1


class SealedReader(io.RawIOBase):
    """What lies sealed in `source`, chunk by chunk. Raises SealError."""

    def __init__(self, source: BinaryIO, passphrase: str) -> None:
        self._header = source.read(len(MAGIC) + SALT + CHECK)
        if not self._header.startswith(MAGIC) or len(self._header) < len(MAGIC) + SALT + CHECK:
            raise SealError("This is not an archive of Shenava.")
        salt = self._header[len(MAGIC) : len(MAGIC) + SALT]
        key, check = _keys(passphrase, salt)
        if not hmac.compare_digest(check, self._header[-CHECK:]):
            raise SealError("The passphrase is wrong, or the first bytes of the archive were changed.")
        self._source, self._aead = source, AESGCM(key)
        self._ahead = source.read(CHUNK + TAG)
        self._open = b""
        self._place = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes, or all; empty at the end, which has been proven to be the end."""
        found = bytearray()
        while (size < 0 or len(found) < size) and self._more():
            part = self._open if size < 0 else self._open[: size - len(found)]
            self._open = self._open[len(part) :]
            found += part
        return bytes(found)

    def _more(self) -> bool:
        if self._open:
            return True
        if not self._ahead and self._place:
            return False
        chunk, self._ahead = self._ahead, self._source.read(CHUNK + TAG)
        nonce, bound = _bound(self._header, self._place, not self._ahead)
        try:
            self._open = self._aead.decrypt(nonce, chunk, bound)
        except InvalidTag:
            where = len(self._header) + self._place * (CHUNK + TAG)
            raise SealError(f"The archive is damaged or cut short, at or after byte {where}.") from None
        self._place += 1
        return bool(self._open)


def _keys(passphrase: str, salt: bytes) -> tuple[bytes, bytes]:
    made = hashlib.scrypt(passphrase.encode(), salt=salt, dklen=64, **COST)
    return made[:32], made[32:]


def _bound(header: bytes, place: int, last: bool) -> tuple[bytes, bytes]:
    """Nonce and authenticated context of a chunk. The key is of this archive alone, so places serve as nonces."""
    return place.to_bytes(12, "big"), header + place.to_bytes(8, "big") + bytes([last])
