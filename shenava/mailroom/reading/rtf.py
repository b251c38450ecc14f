"""Rich text of Outlook made readable: unpacked, and told as the HTML it was made from or as plain text."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field

from .charsets import decode

_START = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript "
    b"\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_TOKEN = re.compile(
    rb"\\'([0-9a-fA-F]{2})|\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\"
)
_CODEPAGE = re.compile(rb"\\ansicpg(\d{3,5})")
_SKIPPED = set(
    b"fonttbl colortbl stylesheet info pict object header footer headerl headerr footerl footerr generator "
    b"listtable listoverridetable rsidtbl themedata datastore latentstyles xmlnstbl".split()
)
_BREAKS = {
    b"par": "\n", b"line": "\n", b"row": "\n", b"tab": "\t", b"cell": "\t", b"lquote": "‘", b"rquote": "’",
    b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•", b"endash": "–", b"emdash": "—", b"sect": "\n",
}  # fmt: skip
_MAX = 8 * 1024 * 1024


def unpacked(packed: bytes) -> bytes:
    """RTF out of its compressed form (MS-OXRTFCP); as much as is sound of a damaged one."""
    if len(packed) < 16:
        return b""
    _, size, kind, _ = struct.unpack_from("<II4sI", packed)
    if kind == b"MELA":
        return packed[16 : 16 + size]
    if kind != b"LZFu":
        return packed if packed.startswith(b"{\\rtf") else b""
    return _unlzfu(packed[16:], min(size, _MAX))


def _unlzfu(packed: bytes, size: int) -> bytes:
    window = bytearray(_START).ljust(4096, b"\x00")
    write, at = len(_START), 0
    whole = bytearray()
    while at < len(packed) and len(whole) < size:
        flags, at = packed[at], at + 1
        for bit in range(8):
            piece, at = _piece(packed, at, bool(flags >> bit & 1), window, write)
            if not piece:
                return bytes(whole)
            for byte in piece:
                window[write] = byte
                write = (write + 1) % 4096
            whole.extend(piece)
    return bytes(whole)


def _piece(packed: bytes, at: int, refers: bool, window: bytearray, write: int) -> tuple[list[int], int]:
    """The next bytes: one of its own, or some of the last 4,096; none at the end."""
    if at + refers >= len(packed):
        return [], at
    if not refers:
        return [packed[at]], at + 1
    offset, length = packed[at] << 4 | packed[at + 1] >> 4, (packed[at + 1] & 15) + 2
    distance = (write - offset) % 4096
    if distance == 0:
        return [], at
    # A reference that runs into what it is itself writing repeats the distance between.
    return [window[(offset + step % distance) % 4096] for step in range(length)], at + 2


@dataclass(slots=True)
class _Reader:
    """The state while one RTF is told: what surrounds the cursor, and what was said so far."""

    codepage: str
    from_html: bool
    said: list[str] = field(default_factory=list)
    waiting: bytearray = field(default_factory=bytearray)
    skipping: list[bool] = field(default_factory=lambda: [False])
    in_tag: list[bool] = field(default_factory=lambda: [False])
    muted: bool = False
    starred: bool = False
    skip_next: int = 0

    def flush(self) -> None:
        if self.waiting:
            self.said.append(decode(bytes(self.waiting), self.codepage))
            self.waiting.clear()

    def say(self, letters: str) -> None:
        if not self.skipping[-1] and (not self.muted or self.in_tag[-1]):
            self.flush()
            self.said.append(letters)

    def say_bytes(self, raw: bytes) -> None:
        if self.skip_next:
            skipped = min(self.skip_next, len(raw))
            self.skip_next -= skipped
            raw = raw[skipped:]
        if raw and not self.skipping[-1] and (not self.muted or self.in_tag[-1]):
            self.waiting += raw


def told(rtf: bytes) -> tuple[str | None, str | None]:
    """(text, HTML) of an RTF: HTML where it was made from HTML, otherwise text."""
    rtf = rtf[:_MAX]
    found = _CODEPAGE.search(rtf[:2_000])
    reader = _Reader(f"cp{found.group(1).decode()}" if found else "cp1252", b"\\fromhtml1" in rtf[:2_000])
    for match in _TOKEN.finditer(rtf):
        _take(reader, match)
    reader.flush()
    said = "".join(reader.said).strip("\n\x00 ")
    if reader.from_html:
        return None, said or None
    return said or None, None


def _take(reader: _Reader, match: re.Match[bytes]) -> None:
    code, word, number, symbol, brace, raw = match.groups()
    if code is not None:
        reader.say_bytes(bytes.fromhex(code.decode()))
    elif word is not None:
        _word(reader, word, number)
    elif symbol is not None:
        _symbol(reader, symbol)
    elif brace is not None:
        _brace(reader, brace)
    elif raw is not None:
        reader.say_bytes(raw)


def _brace(reader: _Reader, brace: bytes) -> None:
    reader.starred = False
    if brace == b"{":
        if len(reader.skipping) < 10_000:
            reader.skipping.append(reader.skipping[-1])
            reader.in_tag.append(reader.in_tag[-1])
    elif len(reader.skipping) > 1:
        reader.skipping.pop()
        reader.in_tag.pop()


def _symbol(reader: _Reader, symbol: bytes) -> None:
    if symbol == b"*":
        reader.starred = True
    elif symbol in b"\\{}":
        reader.say_bytes(symbol)
    elif symbol == b"~":
        reader.say("\u00a0")
    elif symbol in b"\r\n":
        reader.say("\n")


def _word(reader: _Reader, word: bytes, number: bytes | None) -> None:
    starred, reader.starred = reader.starred, False
    if word == b"htmltag" and reader.from_html:
        reader.in_tag[-1], reader.skipping[-1] = True, False
    elif word == b"htmlrtf":
        reader.muted = number != b"0"
    elif word in _SKIPPED or (starred and word != b"htmltag"):
        reader.skipping[-1] = True
    elif word == b"u" and number is not None:
        reader.say(_letter(int(number)))
        reader.skip_next = 1
    elif word in _BREAKS:
        reader.say(_BREAKS[word])


def _letter(number: int) -> str:
    number %= 65_536
    return chr(number) if not 0xD800 <= number <= 0xDFFF and number else ""
