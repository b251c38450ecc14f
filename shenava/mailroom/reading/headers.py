"""The head of a message, line by line, as leniently as the worst sender needs and always in linear time.

Every value stays bytes until asked for, because the charset of raw eight-bit headers may be known only later.
"""

from __future__ import annotations

import re
from itertools import islice

from .charsets import decode
from .shapes import LIMITS, Defects, Limits
from .words import decode_words

_NAME = re.compile(rb"([!-9;-~]{1,100})[ \t]*:")
_BLANK = re.compile(rb"\n\r?\n|\r\r")
_FOLD = re.compile(rb"[\r\n]+[ \t]*")
_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\n|\r|\Z)")
_WELL_KNOWN = re.compile(
    rb"(?:from|to|cc|subject|date|message-id|received|return-path|reply-to|content-[a-z-]+|mime-version|references"
    rb"|in-reply-to|envelope-to|delivered-to|delivery-date|dkim-signature|list-[a-z]+|x-[a-z0-9-]+)[ \t]*:",
    re.IGNORECASE,
)
_IDS = re.compile(r"<([^<>\s][^<>]{0,997})>")


class Headers:
    """The header fields of one part, in order, as bytes; asked for by name without regard to case."""

    def __init__(self, fields: list[tuple[str, bytes]], hint: str | None = None) -> None:
        self.fields = fields
        self.hint = hint

    def raw(self, name: str) -> bytes:
        """The first value under that name, empty where there is none."""
        return next((value for key, value in self.fields if key == name), b"")

    def every(self, name: str) -> list[bytes]:
        """All values under that name."""
        return [value for key, value in self.fields if key == name]

    def has(self, name: str) -> bool:
        """Whether the field stands there at all, even empty."""
        return any(key == name for key, _ in self.fields)

    def letters(self, name: str) -> str:
        """The first value as letters; encoded words stay, as addresses are split before decoding."""
        return decode(unfolded(self.raw(name)), None, self.hint).strip()

    def text(self, name: str) -> str:
        """The first value, decoded for reading."""
        return decode_words(self.letters(name)).strip()

    def token(self, name: str) -> str:
        """The first value, lower case, without comment or parameters: for fields that hold one keyword."""
        return re.split(r"[;(]", self.letters(name), maxsplit=1)[0].strip().lower()

    def ids(self, name: str) -> list[str]:
        """Message ids without their angle brackets; bare words with an @ count where brackets are missing."""
        letters = " ".join(decode(unfolded(value), None, self.hint) for value in self.every(name))
        found = [re.sub(r"\s+", "", one) for one in _IDS.findall(letters)]
        return found or [word.strip("<>,;\"'") for word in letters.split() if "@" in word]


def unfolded(value: bytes) -> bytes:
    """One line out of a folded header, without NUL."""
    return _FOLD.sub(b" ", value.replace(b"\x00", b"")).strip()


def split_head(raw: bytes, start: int, end: int, defects: Defects, limits: Limits = LIMITS) -> tuple[Headers, int]:
    """Header fields of raw[start:end] and the offset of the body. Beyond the caps: skipped, named."""
    fields: list[tuple[str, list[bytes]]] = []
    at = _skip_leading(raw, start, end)
    for count, match in enumerate(_LINE.finditer(raw, at, end)):
        line, after = match.group(), match.end()
        if not line.strip(b"\r\n"):
            return _finish(fields, defects, limits), after
        if count > 20 * limits.headers or len(fields) > limits.headers:
            defects.say(f"limits: more than {limits.headers} headers")
            return _finish(fields[: limits.headers], defects, limits), _after_blank(raw, match.start(), end)
        named = _NAME.match(line)
        if named is not None:
            fields.append((named.group(1).decode("ascii").lower(), [line[named.end() :]]))
        elif line[:1] in b" \t" and fields:
            fields[-1][1].append(line)
        elif not _is_junk(raw, line, after, end, bool(fields)):
            defects.say("headers: no empty line before the body")
            return _finish(fields, defects, limits), match.start()
        else:
            defects.say("headers: a line that is no header")
    return _finish(fields, defects, limits), end


def _skip_leading(raw: bytes, start: int, end: int) -> int:
    """Past a byte order mark, empty lines and the mbox line that programs put before the first header."""
    if raw.startswith(b"\xef\xbb\xbf", start):
        start += 3
    while start < end and raw[start] in b"\r\n":
        start += 1
    match = _LINE.match(raw, start, end)
    if match is not None and match.group().startswith((b"From ", b">From ")) and b":" in match.group():
        following = _NAME.match(raw, match.end(), end)
        return match.end() if following is not None else start
    return start


def _is_junk(raw: bytes, line: bytes, after: int, end: int, seen_any: bool) -> bool:
    """A stray line between headers, as opposed to a body that began without an empty line."""
    if not seen_any or line.startswith(b"--"):
        return False
    for match in islice(_LINE.finditer(raw, after, end), 15):
        if not match.group().strip():
            return False
        if _WELL_KNOWN.match(match.group()):
            return True
    following = _LINE.match(raw, after, end)
    return following is not None and _NAME.match(following.group()) is not None and not line.strip().count(b" ")


def _after_blank(raw: bytes, at: int, end: int) -> int:
    match = _BLANK.search(raw, at, end)
    return match.end() if match is not None else end


def _finish(fields: list[tuple[str, list[bytes]]], defects: Defects, limits: Limits) -> Headers:
    finished = []
    for name, lines in fields:
        value = b"".join(lines)
        if len(value) > limits.header_bytes:
            defects.say(f"limits: header {name} of {len(value)} bytes")
            value = value[: limits.header_bytes]
        finished.append((name, value))
    return Headers(finished)
