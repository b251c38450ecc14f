"""Parameters of Content-Type and Content-Disposition: quoted or not, in pieces, in any charset (RFC 2231)."""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

from .charsets import decode
from .words import decode_words

_PARAMETER = re.compile(r"""[;\s]*([^\s=;"]{1,100})\s*=\s*("(?:[^"\\]|\\.)*"|"[^"]*$|[^;]*)""", re.DOTALL)
_KEYWORD = re.compile(r"\s*([^\s;]*)(.*)", re.DOTALL)
_QUOTED_PAIR = re.compile(r"\\([\"\\])")
_PIECE = re.compile(r"^(.*?)(?:\*(\d{1,3}))?(\*)?$", re.DOTALL)


def split_parameters(letters: str) -> tuple[str, dict[str, str]]:
    """The keyword before the first semicolon, lower case, and the parameters, decoded, first one wins."""
    keyword, rest = _KEYWORD.match(letters.replace(" /", "/").replace("/ ", "/")).groups()  # type: ignore[union-attr]
    if "=" in keyword:
        keyword, rest = "", letters
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for match in _PARAMETER.finditer(rest[:20_000]):
        name, index, extended = _PIECE.match(match.group(1)).groups()  # type: ignore[union-attr]
        pieces.setdefault(name.lower(), []).append((int(index or 0), bool(extended), match.group(2)))
    found = {name: _joined(sorted(parts, key=lambda part: part[0])) for name, parts in pieces.items()}
    keyword = re.sub(r"\s+|\([^()]*\)", "", keyword[:300].lower())
    return keyword.strip("\"'<>,"), found


def _joined(parts: list[tuple[int, bool, str]]) -> str:
    if not any(extended for _, extended, _ in parts):
        values = [parts[0]] if len({index for index, _, _ in parts}) == 1 else parts
        return decode_words("".join(_unquoted(value) for _, _, value in values)).strip()
    charset = ""
    raw = b""
    for index, extended, value in parts:
        plain = _unquoted(value)
        if extended and index == parts[0][0] and plain.count("'") >= 2 and not charset:
            charset, _, plain = plain.split("'", 2)
        raw += unquote_to_bytes(plain) if extended else plain.encode("utf-8", "surrogateescape")
    return decode_words(decode(raw, charset or None)).strip()


def _unquoted(value: str) -> str:
    value = value.strip()
    if value.startswith('"'):
        return _QUOTED_PAIR.sub(r"\1", value[1:].removesuffix('"'))
    return value.strip("'") if value.startswith("'") and value.endswith("'") else value
