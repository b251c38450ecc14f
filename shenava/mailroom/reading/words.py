"""Encoded words (RFC 2047) as they really arrive: broken, split inside a letter, with the wrong charset."""

from __future__ import annotations

import binascii
import re
import string
from itertools import groupby

from .charsets import decode, is_known

_WORD = re.compile(r"=\?([\w.:+\-]{1,60}(?:\*[\w\-]{0,20})?|)\?([bBqQ])\?([^?]*(?:\?(?!=)[^?]*){0,4})\?=")
_BETWEEN = re.compile(r"(\?=)\s+(?==\?[\w.:*+\-]{1,80}\?[bBqQ]\?)")
_NOT_BASE64 = bytes(sorted(set(range(256)) - set(string.ascii_letters.encode() + string.digits.encode() + b"+/")))


def decode_words(letters: str) -> str:
    """A header value for reading; what cannot be decoded stays as it stands."""
    if "=?" not in letters:
        return letters
    pieces: list[tuple[str, str, str]] = []
    at = 0
    joined = _BETWEEN.sub(r"\1", letters)
    for match in _WORD.finditer(joined):
        if match.start() > at:
            pieces.append(("", "", joined[at : match.start()]))
        charset, how, payload = match.groups()
        pieces.append((charset.split("*")[0].lower(), how.lower(), payload))
        at = match.end()
    pieces.append(("", "", joined[at:]))
    return "".join(_together(list(run)) for _, run in groupby(pieces, key=lambda piece: piece[:2]))


def _together(run: list[tuple[str, str, str]]) -> str:
    """Neighbouring words of one charset are decoded as one: senders cut letters in half between them."""
    charset, how, _ = run[0]
    if not how:
        return "".join(piece[2] for piece in run)
    raw = b"".join(_bytes_of(payload, how) for _, _, payload in run)
    letters = decode(raw, charset if is_known(charset) else None)
    return letters.replace("\r", "").replace("\n", " ").replace("\x00", "")


def _bytes_of(payload: str, how: str) -> bytes:
    raw = payload.encode("utf-8", "surrogateescape")
    if how == "b":
        return from_base64(raw)
    return binascii.a2b_qp(raw.replace(b"\r", b"").replace(b"\n", b""), header=True)


def from_base64(raw: bytes) -> bytes:
    """Every byte that base64 of any quality still holds: foreign characters skipped, padding mended."""
    whole = []
    for run in raw.split(b"="):
        clean = run.translate(None, _NOT_BASE64)
        if len(clean) % 4 == 1:
            clean = clean[:-1]
        if clean:
            whole.append(binascii.a2b_base64(clean + b"=" * (-len(clean) % 4)))
    return b"".join(whole)
