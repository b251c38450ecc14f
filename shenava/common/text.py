"""Text: what strangers write, made safe to store; and folded, so that it can be found.

Pure. Two kinds of function: `clean…` changes what is stored and shows, so it touches as little as it
can; `fold…` makes a key that nobody sees, for searching and comparing, so it forgets all it can.
"""

from __future__ import annotations

import re
import unicodedata

_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029]")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# What has no width: bidi overrides and isolates, zero-width blanks, Hangul fillers, tags.
_UNSEEN = re.compile(
    r"[\u00ad\u115f\u1160\u180e\u200b\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_LOOSE_JOINER = re.compile(r"(?<= )[\u200c\u200d]+|[\u200c\u200d]+(?= )|(?<=\u200c)\u200c+")
_EDGES = " \u200c\u200d\u200e\u200f\u061c"

# Harakat, Koranic signs, tatweel, niqqud (not the maqaf), joiners and direction marks.
_MARKS = re.compile(
    r"[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    r"\u0600-\u0605\u0610-\u061c\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200c-\u200f]"
)
_LETTERS = str.maketrans(
    {
        **dict.fromkeys("يىئېۍے", "ی"),
        **dict.fromkeys("كڪ", "ک"),
        **dict.fromkeys("ةەۀھہۂۃ", "ه"),
        **dict.fromkeys("أإآٱ", "ا"),
        "ؤ": "و",
        **dict(zip("ךםןףץ", "כמנפצ", strict=True)),
        **{digit: str(number % 10) for number, digit in enumerate("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩")},
        **dict.fromkeys("\u05be\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u05f3\u2018\u2019", "'"),
        **dict.fromkeys("\u05f4\u201c\u201d", '"'),
        **dict.fromkeys("\u05c0\u05c3\u05c6", " "),
    }
)
_LETTER = "[\u0621-\u064a\u066e-\u06d3]"
_VERB_PREFIX = re.compile(rf"(?<!\w)(?<!ماه )(ن?می) (?={_LETTER})")  # ماه می is the month of May
_SUFFIX = re.compile(rf"(?<={_LETTER}) (ها(?:ی(?:ی|م|ت|ش|مان|تان|شان)?)?|تر(?:ین|ی)?)(?!\w)")


def clean(text: str, *, multiline: bool = True) -> str:
    """Text as it is stored: NFC, without NUL, surrogates and control characters, ends stripped.

    Line ends become one newline; in a single line every run of white space becomes one blank.
    """
    text = _FORBIDDEN.sub("", _LINE_ENDS.sub("\n", text))
    text = unicodedata.normalize("NFC", text)
    if not multiline:
        text = " ".join(text.split())
    return text.strip()


def clean_name(text: str) -> str:
    """A name or title in one line: as `clean`, and nothing in it can turn its surroundings around.

    Bidi overrides and what has no width goes, so that a name of nothing is empty; a zero-width
    non-joiner stays inside a word, direction marks stay except at the ends.
    """
    text = _UNSEEN.sub("", clean(text, multiline=False))
    return clean(_LOOSE_JOINER.sub("", clean(text, multiline=False)), multiline=False).strip(_EDGES)


def fold(text: str) -> str:
    """Text as it is searched and compared: letters of one sound and shape are one, marks are gone.

    A zero-width non-joiner counts as nothing, and the parts that Persian writes apart, joined or with
    one (می and نمی before a verb; ها, های …, تر, ترین after a word) are joined: می‌روم, می روم and میروم
    are one. All dashes are one, so are quotes; digits are Latin. Folding twice is folding once.
    """
    text = unicodedata.normalize("NFKD", clean(text, multiline=False)).casefold()
    text = _MARKS.sub("", _UNSEEN.sub("", text)).translate(_LETTERS)
    text = text.translate({ord(letter): None for letter in set(text) if unicodedata.combining(letter)})
    text = " ".join(unicodedata.normalize("NFC", text).split())
    return _SUFFIX.sub(r"\1", _VERB_PREFIX.sub(r"\1", text))


def fold_serial(text: str) -> str:
    """A serial or code as it is compared: letters and digits only, in capitals."""
    return "".join(letter for letter in fold(text) if letter.isalnum()).upper()


def fold_phone(text: str) -> str:
    """A telephone number as it is compared where its country is unknown: digits, + for international."""
    text = fold(text).lstrip("( ")
    found = "".join(letter for letter in text if letter in "0123456789")
    if text.startswith("+"):
        return f"+{found}"
    return f"+{found[2:]}" if found.startswith("00") else found


def shorten(text: str, length: int) -> str:
    """At most `length` characters; what is cut ends with … and never within a combined letter."""
    if len(text) <= length:
        return text
    end = max(length - 1, 0)
    while end > 0 and _clings(text, end):
        end -= 1
    return text[:end].rstrip("\u200c \n\t") + "…" if length > 0 else ""


def _clings(text: str, place: int) -> bool:
    """Does this character belong to the one before: a mark, part of an emoji, the second half of a flag?"""
    letter, before = text[place], text[place - 1]
    if unicodedata.category(letter).startswith("M") or "\u200d" in (letter, before):
        return True
    return "\U0001f3fb" <= letter <= "\U0001f3ff" or (_is_flag(letter) and _is_flag(before))


def _is_flag(letter: str) -> bool:
    return "\U0001f1e6" <= letter <= "\U0001f1ff"
