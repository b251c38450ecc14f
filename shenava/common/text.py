"""Text: what strangers write, made safe to store; and folded, so that it can be found."""

from __future__ import annotations

import re
import unicodedata

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BIDI = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile(r"[\u200b\u2060\ufeff\u00ad]")
_EDGES = "\u200c\u200d\u200e\u200f\u061c \t\n\u00a0"
_MARKS = re.compile(r"[\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200c-\u200f\u061c]")
_LETTERS = str.maketrans(
    "يىئكۀةهٔأإآٱؤھہەךםןףץ۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩".replace("هٔ", ""),
    "یییکههااااوهههכמנפצ01234567890123456789",
)


def clean(text: str, *, multiline: bool = True) -> str:
    """Text as it is stored: NFC, without NUL, surrogates and control characters, ends stripped.

    Line ends become one newline; in a single line every run of white space becomes one blank.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    text = unicodedata.normalize("NFC", _FORBIDDEN.sub("", text))
    if not multiline:
        text = " ".join(text.split())
    return text.strip()


def clean_name(text: str) -> str:
    """A name or title in one line: as `clean`, and nothing in it can turn its surroundings around."""
    text = _INVISIBLE.sub("", _BIDI.sub("", clean(text, multiline=False)))
    return " ".join(text.split()).strip(_EDGES)


def fold(text: str) -> str:
    """Text as it is searched and compared: letters of one sound and shape are one, marks are gone.

    A zero-width non-joiner counts as nothing, so that می‌روم is found as میروم. Folding twice is
    folding once.
    """
    text = unicodedata.normalize("NFKD", clean(text, multiline=False))
    text = _MARKS.sub("", text.translate(_LETTERS))
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return " ".join(unicodedata.normalize("NFC", text.casefold().translate(_LETTERS)).split())


def fold_serial(text: str) -> str:
    """A serial or code as it is compared: letters and digits only, in capitals."""
    return "".join(letter for letter in fold(text) if letter.isalnum()).upper()


def shorten(text: str, length: int) -> str:
    """At most `length` characters; what is cut ends with … and never within a combined letter."""
    if len(text) <= length:
        return text
    end = length - 1
    while end > 0 and (unicodedata.combining(text[end]) or text[end] in "\u200c\u200d"):
        end -= 1
    return text[:end].rstrip() + "…"
