"""Excerpts: where a complaint says the words that were looked for, with the words marked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from shenava.common.text import fold, fold_phone, fold_serial, shorten
from shenava.complaints.index.texts import Text, written
from shenava.complaints.index.words import SHORTEST_END
from shenava.complaints.policy import may_read
from shenava.people.standing import Standing

if TYPE_CHECKING:
    from shenava.complaints.models import Complaint

BEFORE, LONGEST = 60, 240
# Letters and digits with the marks and joiners between them, which folding forgets.
_TOKEN = re.compile(
    r"[^\W_](?:[^\W_]|[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u065f\u0670\u200b-\u200f])*"
)
_PUBLIC = ("message", "file", "own_reason")


class Piece(NamedTuple):
    """A part of a text, marked or not."""

    text: str
    is_marked: bool


@dataclass(frozen=True)
class Excerpt:
    """What the list of results shows of one complaint. `kind` says where the words stand, empty for its beginning."""

    complaint: Complaint
    name: list[Piece]
    title: list[Piece]
    kind: str
    pieces: list[Piece]


def excerpts(complaints: Sequence[Complaint], words: Sequence[str], standing: Standing) -> list[Excerpt]:
    """One for each complaint, in their order; nothing is quoted that this reader may not read."""
    texts: dict[int, list[tuple[str, str]]] = defaultdict(list)
    by_number = {complaint.pk: complaint for complaint in complaints}
    own = {complaint.pk: _best(_own(complaint), words) for complaint in complaints}
    for text in written([complaint for complaint in complaints if own[complaint.pk].met < len(words)]):
        if _is_open(standing, by_number[text.complaint_id], text):
            texts[text.complaint_id].append((text.kind, text.text))
    return [
        _excerpt(complaint, _best(texts[complaint.pk], words, beside=own[complaint.pk]), words)
        for complaint in complaints
    ]


def marked(text: str, words: Sequence[str], *, by_end: bool = False) -> list[Piece]:
    """The text in pieces, those marked whose word begins (or ends) with one of the words."""
    pieces, done = [], 0
    for token in _TOKEN.finditer(text):
        if _meets(_folded(token.group()), words, by_end):
            pieces += [Piece(text[done : token.start()], False), Piece(token.group(), True)]
            done = token.end()
    return [piece for piece in [*pieces, Piece(text[done:], False)] if piece.text]


def _excerpt(complaint: Complaint, said: _Said, words: Sequence[str]) -> Excerpt:
    name = marked(str(complaint.complainant), words, by_end=True)
    title = marked(complaint.title, words)
    kind, pieces = said.kind, marked(_window(said.text, words), words) if said.met else []
    if not pieces:
        kind, pieces = _code(complaint, words)
    if not pieces:
        pieces = [Piece(shorten(" ".join(complaint.description.split()), LONGEST), False)]
    return Excerpt(complaint, name, title, kind, pieces)


def _own(complaint: Complaint) -> Iterable[tuple[str, str]]:
    yield "description", complaint.description
    yield "expectation", complaint.expectation
    yield "product", complaint.product


class _Said(NamedTuple):
    """A text, and how many of the words it says."""

    kind: str = ""
    text: str = ""
    met: int = 0


NOTHING = _Said()


def _best(texts: Iterable[tuple[str, str]], words: Sequence[str], *, beside: _Said = NOTHING) -> _Said:
    """The text that says the most of the words, more than the one beside them; of several the first."""
    best = beside
    for kind, text in texts:
        if best.met == len(words):
            break
        best = max(best, _Said(kind, text, _count(fold(text), words)), key=lambda said: said.met)
    return best


def _count(folded: str, words: Sequence[str]) -> int:
    return sum(re.search(rf"(?<![^\W_]){re.escape(word)}", folded) is not None for word in words)


def _window(text: str, words: Sequence[str]) -> str:
    """A line of the text around the first of the words."""
    line = " ".join(text.split())
    first = next((token.start() for token in _TOKEN.finditer(line) if _meets(_folded(token.group()), words)), 0)
    start = line.rfind(" ", 0, max(first - BEFORE, 0)) + 1 if first > BEFORE else 0
    return ("…" if start else "") + shorten(line[start : start + LONGEST + 1], LONGEST)


def _code(complaint: Complaint, words: Sequence[str]) -> tuple[str, list[Piece]]:
    """Numbers and codes are marked as a whole, whichever part of them was looked for."""
    for kind, code in _codes(complaint):
        forms = {fold_serial(code).lower(), fold_phone(code).lstrip("+"), *fold(code).replace("-", " ").split()} - {""}
        looked = [form for word in words for form in (word, word.lstrip("0"))]
        if any(_meets(form, looked, by_end=True) for form in forms):
            return kind, [Piece(code, True)]
    return "", []


def _codes(complaint: Complaint) -> Iterable[tuple[str, str]]:
    for party in (complaint.complainant, complaint.representative):
        if party is not None:
            yield from (("phone", party.phone), ("email", party.email))
    yield from (("serial", complaint.serial), ("public_code", complaint.public_code))
    if complaint.representative is not None:
        yield "representative", complaint.representative.name


def _meets(folded: str, words: Sequence[str], by_end: bool = False) -> bool:
    ends = tuple(word for word in words if len(word) >= SHORTEST_END) if by_end else ()
    return folded.startswith(tuple(word for word in words if word)) or (bool(ends) and folded.endswith(ends))


def _is_open(standing: Standing, complaint: Complaint, text: Text) -> bool:
    if not standing.is_staff:
        return text.kind in _PUBLIC
    return text.referral is None or may_read(standing, complaint, text.referral)


@lru_cache(maxsize=50_000)
def _folded(token: str) -> str:
    return fold(token)
