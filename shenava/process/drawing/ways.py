"""Ways: between which rows and columns each route runs, and where on a shape it begins and ends.

A route leaves a shape where reading goes on and comes to one where reading begins. It runs up and down in the gutters
between columns (gutter 3 lies before column 3), to and fro in the channels between rows (channel 2 above row 2) or
through cells of a row where nothing stands, so that it never crosses what it does not belong to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shenava.process.drawing.layers import Edge
from shenava.process.drawing.parts import Part
from shenava.process.drawing.places import Grid

STEP = 10
"""How far from each other routes leave a shape. Those that come to it are half a step off, so that none meet."""


@dataclass(frozen=True)
class Way:
    """How the ways from one node to another run: by one gutter, or by a channel and a gutter at either end of it.

    A timer's begins beneath it, in the channel.
    """

    pair: Edge
    gutters: tuple[int, ...]
    channel: int | None = None


def ways_of(part: Part, grid: Grid) -> dict[Edge, Way]:
    """The way of each pair of nodes; the short ones choose first."""
    taken = {(grid.column[key], grid.row[key]) for key in part.nodes}
    found: dict[Edge, Way] = {}
    for pair in sorted(part.pairs, key=lambda pair: _span(part, grid, pair)):
        found[pair] = _way(part, grid, pair, taken)
    return {pair: found[pair] for pair in part.pairs}


def _span(part: Part, grid: Grid, pair: Edge) -> tuple[int, int]:
    source, target = part.host(pair[0]), pair[1]
    return (
        abs(grid.column[target] - grid.column[source] - 1),
        abs(grid.row[target] - grid.row[source]),
    )


def _way(part: Part, grid: Grid, pair: Edge, taken: set[tuple[int, int]]) -> Way:
    source, target = part.host(pair[0]), pair[1]
    begins, ends = grid.column[source] + 1, grid.column[target]
    if pair[0] in part.timers:
        return Way(pair, (ends,), grid.row[source] + 1)
    if begins == ends:
        return Way(pair, (ends,))
    for row, gutter in ((grid.row[source], ends), (grid.row[target], begins)):
        cells = {(column, row) for column in range(begins, ends)}
        if cells and not cells & taken:
            taken |= cells
            return Way(pair, (gutter,))
    return Way(pair, (begins, ends), _channel(grid, source, target))


def _channel(grid: Grid, source: str, target: str) -> int:
    """The nearest: forward beneath what is passed, backward above it."""
    upper, lower = sorted((grid.row[source], grid.row[target]))
    if upper != lower:
        return upper + 1
    return upper + 1 if grid.column[target] > grid.column[source] else upper


@dataclass(frozen=True)
class Ports:
    """How far above (less than 0) or beneath its middle each route leaves the first node, and comes to the second."""

    leaves: Mapping[Edge, int]
    comes: Mapping[Edge, int]

    def reach(self, key: str) -> int:
        """How far from the middle of a node the outermost of its routes is."""
        ends = [abs(off) for pair, off in self.leaves.items() if pair[0] == key]
        return max([*ends, *(abs(off) for pair, off in self.comes.items() if pair[1] == key)], default=0)


def ports_of(part: Part, grid: Grid, ways: Mapping[Edge, Way]) -> Ports:
    """Straight ways at the middle, those from or to above over it, the others under it."""
    leaves: dict[Edge, int] = {}
    comes: dict[Edge, int] = {}
    for key in part.nodes:
        row = grid.row[key]
        out = {pair: _aims(way, row, grid.row[pair[1]]) for pair, way in ways.items() if pair[0] == key}
        into = {pair: _aims(way, row, grid.row[part.host(pair[0])]) for pair, way in ways.items() if pair[1] == key}
        leaves |= {pair: STEP * slot for pair, slot in _slots(out).items()}
        comes |= {pair: STEP * slot - _sign(slot) * STEP // 2 for pair, slot in _slots(into).items()}
    return Ports(leaves, comes)


def _aims(way: Way, row: int, other: int) -> float:
    """How far up or down from a row it goes; 0 is straight on."""
    return other - row if way.channel is None else way.channel - 0.5 - row


def _slots(aims: Mapping[Edge, float]) -> dict[Edge, int]:
    above = sorted((pair for pair, aim in aims.items() if aim < 0), key=lambda pair: -aims[pair])
    beneath = sorted((pair for pair, aim in aims.items() if aim > 0), key=lambda pair: aims[pair])
    straight = dict.fromkeys((pair for pair, aim in aims.items() if aim == 0), 0)
    return (
        straight
        | {pair: -place for place, pair in enumerate(above, start=1)}
        | {pair: place for place, pair in enumerate(beneath, start=1)}
    )


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)
