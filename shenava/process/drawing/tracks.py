"""Tracks: pieces of routes side by side in the room between rows or columns, so that none lies upon another."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

BEFORE, AFTER = -1, 1
PASSES = 8


@dataclass(frozen=True)
class Piece:
    """A straight piece along a gutter or a channel: where its ends are, and to which side the route goes on there."""

    of: Hashable
    ends: tuple[tuple[int, int], tuple[int, int]]

    @property
    def low(self) -> int:
        return min(at for at, _side in self.ends)

    @property
    def high(self) -> int:
        return max(at for at, _side in self.ends)

    def meets(self, other: Piece) -> bool:
        """Would the two touch on one track?"""
        return self.low <= other.high and other.low <= self.high

    def crossings(self, after: Piece) -> int:
        """How often the two routes cross when `after` lies on a later track."""
        return sum(side == AFTER and after.low < at < after.high for at, side in self.ends) + sum(
            side == BEFORE and self.low < at < self.high for at, side in after.ends
        )


def tracks(pieces: Sequence[Piece]) -> dict[Hashable, int]:
    """The track of each piece, from 0 on."""
    ordered = _untangled(sorted(pieces, key=lambda piece: (piece.low, piece.high, str(piece.of))))
    found: dict[Hashable, int] = {}
    for place, piece in enumerate(ordered):
        met = [found[other.of] for other in ordered[:place] if other.meets(piece)]
        found[piece.of] = max(met, default=-1) + 1
    return found


def _untangled(pieces: list[Piece]) -> list[Piece]:
    """Neighbours change places while fewer routes cross by it."""
    for _pass in range(PASSES):
        changed = False
        for place in range(len(pieces) - 1):
            one, other = pieces[place : place + 2]
            if other.crossings(one) < one.crossings(other):
                pieces[place : place + 2] = [other, one]
                changed = True
        if not changed:
            break
    return pieces
