"""Transfer encodings undone: base64, quoted-printable and uuencode give what they still hold."""

from __future__ import annotations

import binascii
import re

from .shapes import Defects
from .words import from_base64

_UU_BEGIN = re.compile(rb"^begin [0-7]{3,4} ([^\r\n]{1,255})\r?$", re.MULTILINE)
_UU_END = re.compile(rb"^end[ \t]*\r?$", re.MULTILINE)
_FOREIGN_LINE = re.compile(rb"^(?=[^\r\n]*[^A-Za-z0-9+/=\s])[^\r\n]+", re.MULTILINE)
IDENTITY = {
    "",
    "7bit",
    "8bit",
    "binary",
    "7-bit",
    "8-bit",
    "7bits",
    "8bits",
    "none",
    "plain",
    "us-ascii",
    "utf-8",
}


def decoded(body: bytes, encoding: str, defects: Defects) -> bytes:
    """The bytes behind a Content-Transfer-Encoding; an unknown one is taken as it stands."""
    if encoding == "base64":
        return _base64(body)
    if encoding in {"quoted-printable", "quoted_printable", "quotedprintable", "qp"}:
        return binascii.a2b_qp(body)
    if encoding in {"x-uuencode", "uuencode", "x-uue", "uue"}:
        files = uuencoded(body)[1]
        return files[0][1] if files else body
    if encoding not in IDENTITY:
        defects.say(f"transfer encoding unknown: {encoding[:40]}")
    return body


def _base64(body: bytes) -> bytes:
    """Base64; a footer that a list server hung below it in plain letters is cut off before."""
    foreign = _FOREIGN_LINE.search(body)
    if foreign is not None and foreign.start() > 0 and body[: foreign.start()].rstrip().endswith(b"="):
        body = body[: foreign.start()]
    return from_base64(body)


def uuencoded(body: bytes) -> tuple[bytes, list[tuple[str, bytes]]]:
    """The text around uuencoded files, and the files as (name, bytes)."""
    rest: list[bytes] = []
    files: list[tuple[str, bytes]] = []
    at = 0
    while (begin := _UU_BEGIN.search(body, at)) is not None and len(files) < 100:
        end = _UU_END.search(body, begin.end())
        stop = end.start() if end is not None else len(body)
        content = _uu_lines(body[begin.end() : stop])
        if content is None:
            rest.append(body[at : begin.end()])
            at = begin.end()
            continue
        rest.append(body[at : begin.start()])
        files.append((begin.group(1).decode("utf-8", "replace").strip(), content))
        at = end.end() if end is not None else len(body)
    rest.append(body[at:])
    return b"".join(rest), files


def _uu_lines(block: bytes) -> bytes | None:
    """The bytes of uuencoded lines; None where the lines are prose that only began like it."""
    whole = []
    for line in block.replace(b"\r", b"").split(b"\n"):
        if not line.strip() or line == b"`":
            continue
        count = ((line[0] - 32) & 63) * 4 // 3
        try:
            whole.append(binascii.a2b_uu(line[: count + 4]))
        except binascii.Error:
            needed = 1 + (((line[0] - 32) & 63) + 2) // 3 * 4
            if len(line) < needed - 4:
                return None
            whole.append(_uu_forced(line[:needed]))
    return b"".join(whole)


def _uu_forced(line: bytes) -> bytes:
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        return b""
