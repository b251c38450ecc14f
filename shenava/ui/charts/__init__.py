"""Charts: small pictures drawn on the server. Pure arithmetic here; the drawing is a template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 1000
THINNEST = 6


@dataclass(frozen=True)
class Piece:
    """One part of a bar, in thousandths of its width from the start of the reading direction."""

    hue: str
    start: int
    width: int


def stacked(values: Sequence[tuple[str, int]], most: int) -> list[Piece]:
    """The parts of one bar, one after the other, where `most` fills the whole width.

    Nothing is drawn for zero; the smallest number can still be seen, and no bar leaves its frame.
    """
    pieces: list[Piece] = []
    start = 0
    drawn = [(hue, value) for hue, value in values if value > 0 and most > 0]
    for place, (hue, value) in enumerate(drawn, start=1):
        room = WIDTH - start - THINNEST * (len(drawn) - place)
        width = min(max(round(WIDTH * value / most), THINNEST), room)
        pieces.append(Piece(hue, start, width))
        start += width
    return pieces
