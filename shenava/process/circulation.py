"""Circulation: each instant of a complaint's life belongs to exactly one of those with whom it lay. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from itertools import pairwise


class Rank(IntEnum):
    """Whose time it is where several have it at once: the lowest number wins."""

    EXTERNAL = 1
    COMPLAINANT = 2
    PARTS = 3
    REFERRAL = 4
    OWNER = 5
    UNIT = 6


@dataclass(frozen=True)
class Lying:
    """From when till when it lay with somebody (`until` None: it still does)."""

    rank: Rank
    holder: int
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True)
class Stretch:
    """A piece of the life that belongs to one holder."""

    rank: Rank
    holder: int
    since: datetime
    until: datetime

    @property
    def length(self) -> timedelta:
        return self.until - self.since


def stretches(lyings: Iterable[Lying], begins: datetime, ends: datetime, *, else_with: int) -> list[Stretch]:
    """The life from `begins` to `ends`, cut so that each instant has one owner; the lengths add up exactly.

    Of several at once the lowest rank has it, of the same rank the latest; where nobody has it, it lies
    with the unit `else_with`.
    """
    if ends <= begins:
        return []
    present = [one for one in lyings if one.since < ends and (one.until is None or one.until > begins)]
    cuts = sorted({begins, ends, *_inside(present, begins, ends)})
    pieces = [_piece(present, since, until, else_with) for since, until in pairwise(cuts)]
    return _joined(pieces)


def shares(pieces: Sequence[Stretch]) -> dict[tuple[Rank, int], timedelta]:
    """How long each had it in all, in the order of their first turn."""
    found: dict[tuple[Rank, int], timedelta] = {}
    for piece in pieces:
        key = (piece.rank, piece.holder)
        found[key] = found.get(key, timedelta()) + piece.length
    return found


def _inside(lyings: Iterable[Lying], begins: datetime, ends: datetime) -> Iterable[datetime]:
    for one in lyings:
        for moment in (one.since, one.until):
            if moment is not None and begins < moment < ends:
                yield moment


def _piece(lyings: Iterable[Lying], since: datetime, until: datetime, else_with: int) -> Stretch:
    having = [one for one in lyings if one.since <= since and (one.until is None or one.until >= until)]
    if not having:
        return Stretch(Rank.UNIT, else_with, since, until)
    first = min(having, key=lambda one: (one.rank, -one.since.timestamp(), one.holder))
    return Stretch(first.rank, first.holder, since, until)


def _joined(pieces: Iterable[Stretch]) -> list[Stretch]:
    joined: list[Stretch] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last and (last.rank, last.holder) == (piece.rank, piece.holder):
            joined[-1] = Stretch(last.rank, last.holder, last.since, piece.until)
        else:
            joined.append(piece)
    return joined
