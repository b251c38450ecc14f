"""Words: text cut into what can be found, and a question into what is looked for. Pure.

A word is found by its beginning; names and codes also by their end, which is kept backwards behind
END. Words of one weight share one place in a document: A is whom and what it is about, B what the
complainant and we said to each other, C what is said inside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shenava.common.text import fold, fold_phone, fold_serial

END = "~"
SHORTEST_END = 3
LONGEST_WORD = 64
MOST_WORDS = 10
MOST_BYTES = 600_000  # PostgreSQL takes documents of a megabyte
PUBLIC = "AB"

_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"(?<!\w)\+?\(?\d[\d\s().+/-]*\d(?!\w)")
SHORTEST_NUMBER = 5


@dataclass(frozen=True)
class Question:
    """What is looked for. `words` are to be marked; `terms` say it to PostgreSQL, and all must be met."""

    words: tuple[str, ...]
    terms: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.terms)

    @property
    def whole(self) -> str:
        """All terms as one query."""
        return " & ".join(self.terms)


def words_of(text: str) -> list[str]:
    """The words of a text as they are kept: folded, letters and digits only."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(fold(text))]


def ends_of(words: Iterable[str]) -> list[str]:
    """The same words, to be found by their end."""
    return [END + word[::-1] for word in words]


def code_words(code: str) -> list[str]:
    """A serial or reference: its parts, and the whole without what parts them, by beginning or end."""
    whole = fold_serial(code).lower()[:LONGEST_WORD]
    return [*words_of(code), whole, *ends_of([whole])] if whole else []


def phone_words(*forms: str) -> list[str]:
    """A telephone number in each form in which people write it, by beginning or end."""
    digits = {fold_phone(form).lstrip("+") for form in forms} - {""}
    return [*sorted(digits), *ends_of(sorted(digits))]


def document(words: Mapping[str, Iterable[str]]) -> str:
    """Words by weight, as PostgreSQL reads a tsvector. What is beyond its measure is left out, the last first."""
    places: dict[str, list[str]] = {}
    size = 0
    for place, weight in enumerate(sorted(words), start=1):
        for word in dict.fromkeys(words[weight]):
            size += len(word.encode()) + 16
            if size > MOST_BYTES:
                break
            places.setdefault(word, []).append(f"{place}{weight}")
    return " ".join(f"'{word}':{','.join(at)}" for word, at in places.items())


def ask(text: str, *, weights: str = "") -> Question:
    """What somebody typed, as a question: ten words at most, single letters do not count.

    `weights` narrows it to what he may read (PUBLIC); nothing means everything.
    """
    folded = fold(text)
    numbers = [found for found in _NUMBER.findall(folded) if len(fold_phone(found)) >= SHORTEST_NUMBER]
    for number in numbers:
        folded = folded.replace(number, " ", 1)
    words = [word[:LONGEST_WORD] for word in _WORD.findall(folded) if len(word) > 1]
    terms = [_number(number, weights) for number in numbers] + [_word(word, weights) for word in words]
    marked = [part for number in numbers for part in (*_WORD.findall(number), *_wholes(number))]
    return Question(tuple(dict.fromkeys(words + marked)), tuple(dict.fromkeys(terms))[:MOST_WORDS])


def _word(word: str, weights: str) -> str:
    beginning = f"'{word}':*{weights}"
    if len(word) < SHORTEST_END:
        return beginning
    return f"({beginning} | '{END}{word[::-1]}':*{weights})"


def _number(number: str, weights: str) -> str:
    """A number is looked for as one, whatever stands between its digits, and by its parts."""
    parts = _WORD.findall(number)
    ways = [_word(whole, weights) for whole in _wholes(number)]
    if len(parts) > 1:
        ways.append("(" + " & ".join(f"'{part}':*{weights}" for part in parts) + ")")
    return f"({' | '.join(ways)})"


def _wholes(number: str) -> list[str]:
    """The digits of a number, and without the 00 by which an international one may begin."""
    digits = "".join(_WORD.findall(number))[:LONGEST_WORD]
    return list(dict.fromkeys([digits, fold_phone(digits).lstrip("+")]))
