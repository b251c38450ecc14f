"""Bytes become letters here, also where the declared charset is wrong, unknown or missing.

Senders in Iran, Israel and the Arab world still write windows-1256, windows-1255 and iso-8859-8-i, and
many programs declare one charset and send another, so a declaration is believed only while it fits.
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

ALIASES = {
    "ansi_x3.110-1983": "latin-1",
    "ansi_x3.4-1968": "us-ascii",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "iso-8859-1-windows-3.1-latin-1": "cp1252",
    "iso_8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "cp-1252": "cp1252",
    "windows-1252http-equivcontent-type": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "windows-874": "cp874",
    "tis-620": "cp874",
    "iso-8859-8-i": "cp1255",
    "iso-8859-8-e": "cp1255",
    "iso-8859-8": "cp1255",
    "logical": "cp1255",
    "visual": "cp1255",
    "x-mac-hebrew": "iso8859-8",
    "iso-8859-6-i": "iso8859-6",
    "iso-8859-6-e": "iso8859-6",
    "asmo-708": "iso8859-6",
    "x-mac-arabic": "mac_arabic",
    "x-mac-farsi": "mac_farsi",
    "x-mac-cyrillic": "mac_cyrillic",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "x-mac-greek": "mac_greek",
    "x-mac-turkish": "mac_turkish",
    "x-mac-ce": "mac_latin2",
    "x-mac-japanese": "cp932",
    "dos-862": "cp862",
    "dos-720": "cp720",
    "gb2312": "gb18030",
    "x-gbk": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "chinesebig5": "big5hkscs",
    "big5": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "hz-gb-2312": "hz",
    "ks_c_5601": "cp949",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601-1989": "cp949",
    "ksc5601": "cp949",
    "euc-kr": "cp949",
    "x-euc-kr": "cp949",
    "x-windows-949": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "iso-2022-jp": "iso2022_jp_ext",
    "cp50220": "iso2022_jp_ext",
    "cp50221": "iso2022_jp_ext",
    "unicode-1-1-utf-7": "utf-7",
    "unicode-1-1-utf-8": "utf-8",
    "unicode": "utf-16",
    "utf8mb4": "utf-8",
    "utf8": "utf-8",
    "x-utf8": "utf-8",
    "utf-8-strict": "utf-8",
}
# Names that say nothing: the letters decide.
SILENT = {"", "unknown-8bit", "x-unknown", "unknown", "x-user-defined", "binary", "8bit", "default", "none"}
# The most frequent letters of each language, as bytes of the old charset.
FREQUENT = {
    "cp1256": bytes.fromhex("c7e1edeee3c8d1cfcae5e4e6c9ecdf") + b"\x98",
    "cp1255": bytes.fromhex("e9e5e4ecf8eaf9eef0e0fae1f2"),
    "cp1251": bytes.fromhex("eee5e0e8edf2f1f0e2ebeae4eceff3"),
    "koi8-r": bytes.fromhex("cfc5c1c9ced4d3d2d7cccbc4cdd0d5"),
    "cp1253": bytes.fromhex("e1efe9e5ede7f4f3f1f0eaecdcf5"),
}
_RUN = re.compile(rb"[\x80-\xff]{3,}")
_HIGH = re.compile(rb"[\x80-\xff]")
_MULTIBYTE = {"gb18030", "big5hkscs", "cp949", "cp932", "euc_jp", "utf-8", "hz", "euc_jis_2004"}
_STATEFUL = ("iso2022", "utf-7", "utf-16", "utf-32", "hz")


@lru_cache(maxsize=512)
def codec_name(declared: str | None) -> str | None:
    """Python's name for a charset as mail calls it; None where it is missing, silent or unknown."""
    name = re.sub(r"[\s\"'<>;,\x00]+", "", (declared or "")[:80]).lower().removeprefix("charset=")
    name = name.split("*", maxsplit=1)[0]
    if name in SILENT:
        return None
    name = ALIASES.get(name) or ALIASES.get(name.replace("_", "-")) or name
    for candidate in (name, re.sub(r"^(?:x-)?(?:cp|windows|win|ibm|ansi|dos)[-_ ]?(\d+)$", r"cp\1", name)):
        try:
            found = codecs.lookup(candidate)
        except (LookupError, ValueError):
            continue
        if getattr(found, "_is_text_encoding", True) and found.name not in {"idna", "punycode", "undefined"}:
            return ALIASES.get(found.name, found.name)
    return None


def is_known(declared: str | None) -> bool:
    """Whether a declared charset is one that can be read, or one that claims nothing."""
    return codec_name(declared) is not None or (declared or "").strip().lower() in SILENT


def decode(raw: bytes, declared: str | None = None, hint: str | None = None) -> str:
    """Letters of `raw`; never raises. `hint` is a charset used elsewhere in the same message."""
    codec = codec_name(declared)
    marked = _by_mark(raw)
    if marked is not None:
        return marked
    if codec == "iso2022_jp_ext" and _strict(raw, codec) is None:
        return _vendor_japanese(raw)
    if codec is not None and codec.startswith(_STATEFUL):
        return raw.decode(codec, "replace")
    if not _HIGH.search(raw):
        return raw.decode("ascii", "replace") if b"\x1b" not in raw else _escaped(raw)
    utf8 = _strict(raw, "utf-8")
    if utf8 is not None and codec not in _MULTIBYTE - {"utf-8"}:
        return utf8
    return _legacy(raw, codec, codec_name(hint))


def _escaped(raw: bytes) -> str:
    """Seven-bit Japanese and Korean announce themselves by escape sequences."""
    return _strict(raw, "iso2022_jp_ext") or _strict(raw, "iso2022_kr") or raw.decode("ascii", "replace")


def _vendor_japanese(raw: bytes) -> str:
    """ISO-2022-JP with the makers' own signs (circled digits …), which only their Shift-JIS knows."""
    whole = []
    for index, piece in enumerate(re.split(rb"(\x1b\$[@B]|\x1b\([BJI])", raw)):
        if index % 2:
            double, kana = piece.startswith(b"\x1b$"), piece == b"\x1b(I"
        elif index and double:
            high = bytes(byte | 0x80 for byte in piece if 0x21 <= byte <= 0x7E)
            whole.append(_strict(high, "euc_jp") or _by_rows(high))
        elif index and kana:
            whole.append(bytes(byte | 0x80 for byte in piece).decode("cp932", "replace"))
        else:
            whole.append(decode(piece) if b"\x1b" not in piece else piece.decode("ascii", "replace"))
    return "".join(whole)


def _by_rows(euc: bytes) -> str:
    """Each double byte of JIS X 0208 moved to where Shift-JIS has it."""
    whole = bytearray()
    for high, low in zip(euc[::2], euc[1::2], strict=False):
        row, cell = high - 0x80, low - 0x80
        lead = (row - 0x21) // 2 + (0x81 if row <= 0x5E else 0xC1)
        trail = cell + (0x7E if row % 2 == 0 else 0x20 if cell >= 0x60 else 0x1F)
        whole += bytes((lead, trail))
    return whole.decode("cp932", "replace")


def _legacy(raw: bytes, codec: str | None, hint: str | None) -> str:
    mostly_utf8 = _nearly_utf8(raw)
    if mostly_utf8 is not None and codec in {None, "utf-8", "ascii"}:
        return mostly_utf8
    if codec in {None, "utf-8", "ascii", "cp1252", "iso8859-15"}:
        trusted = codec if codec not in {None, "utf-8", "ascii"} else hint
        guessed = _by_letters(raw)
        codec = guessed or (trusted if trusted not in {"utf-8", "ascii"} else None) or "cp1252"
    for candidate in (codec, "utf-8", "cp1252"):
        text = _strict(raw, candidate)
        if text is not None:
            return text
    return raw.decode(codec, "replace") if codec in _MULTIBYTE else _byte_by_byte(raw, codec)


def _byte_by_byte(raw: bytes, codec: str) -> str:
    """A one-byte charset with holes: what it does not define is read as latin-1."""
    table = []
    for value in range(256):
        one = bytes((value,))
        table.append(_strict(one, codec) or one.decode("latin-1"))
    return raw.decode("latin-1").translate(dict(enumerate(table)))


def _by_mark(raw: bytes) -> str | None:
    if raw.startswith(codecs.BOM_UTF8):
        return raw[3:].decode("utf-8", "replace")
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strict(raw, "utf-16")
    return None


def _strict(raw: bytes, codec: str) -> str | None:
    try:
        return raw.decode(codec)
    except (UnicodeError, LookupError, ValueError):
        return None


def _nearly_utf8(raw: bytes) -> str | None:
    """UTF-8 with a few broken or cut letters is still UTF-8; a legacy charset breaks nearly everywhere."""
    text = raw.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(1 for letter in text[:20_000] if letter >= "\x80") - min(broken, 20_000)
    return text if whole > 4 * broken else None


def _by_letters(raw: bytes) -> str | None:
    """Which non-Latin alphabet the high bytes are, by the share of its frequent letters; None if Latin."""
    sample = raw[:20_000]
    high = _HIGH.findall(sample)
    in_runs = sum(len(run) for run in _RUN.findall(sample))
    if in_runs * 2 < len(high) or in_runs < 3:
        return None
    enough = 0.55 if len(high) >= 12 else 0.75
    scores = {codec: _share(sample, letters) for codec, letters in FREQUENT.items()}
    best = max(scores, key=lambda codec: scores[codec])
    hebrew = sum(1 for byte in sample if 0xE0 <= byte <= 0xFA)
    if hebrew >= len(high) * 0.97 and scores["cp1255"] >= 0.5 and scores["cp1255"] >= scores["cp1251"] - 0.1:
        best = "cp1255"
    if scores[best] >= enough or len(high) < 12:
        return best if scores[best] >= enough else None
    return next((name for name in ("gb18030", "cp932", "cp949") if _strict(raw, name)), best)


def _share(sample: bytes, letters: bytes) -> float:
    high = [byte for byte in sample if byte >= 0x80]
    return sum(1 for byte in high if byte in letters) / max(len(high), 1)
