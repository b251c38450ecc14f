"""Places: in which row of which lane each node stands, so that ways stay short and straight."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median_low

from shenava.process.drawing.layers import Edge, columns
from shenava.process.drawing.parts import Part
from shenava.process.drawing.shapes import ANYTIME

SWEEPS = 6
Rows = dict[str, int]


@dataclass(frozen=True)
class Grid:
    """The column and the row of each node, and for each row the lane that it belongs to."""

    column: Mapping[str, int]
    row: Mapping[str, int]
    lanes: tuple[str, ...]


def grid_of(part: Part, *, by_role: bool) -> Grid:
    """Where the nodes of a part stand; ends that only something at any time leads to, in a row at the bottom."""
    main = [key for key in part.nodes if key not in part.aside]
    edges, anytime = ([edge for edge in some if set(edge) <= set(main)] for some in (part.edges, part.anytime))
    column = columns(main, edges, anytime)
    lane = _lanes(part, sorted(main, key=lambda key: column[key])) if by_role else dict.fromkeys(main, "")
    order = list(dict.fromkeys(lane[key] for key in sorted(main, key=lambda key: column[key])))
    rows = _settled(_Sweeper(column, {key: order.index(lane[key]) for key in main}, edges))
    found, lanes = _stacked(rows, lane, order)
    column |= {key: place for place, key in enumerate(part.aside)}
    found |= dict.fromkeys(part.aside, len(lanes))
    return Grid(column, found, (*lanes, *([ANYTIME] if part.aside else [])))


def _lanes(part: Part, ordered: Sequence[str]) -> dict[str, str]:
    """The role of each node; what is nobody's goes with what it follows, else with what follows it."""
    ways = [*part.edges, *part.anytime]
    lane = {key: part.nodes[key].role for key in ordered}
    for following in (ordered, ordered[::-1]):
        for key in following:
            near = [source for source, target in ways if target == key and lane.get(source)]
            near += [target for source, target in ways if source == key and lane.get(target)]
            lane[key] = lane[key] or (lane[near[0]] if near else "")
    return lane


def _stacked(rows: Rows, lane: Mapping[str, str], order: Sequence[str]) -> tuple[Rows, list[str]]:
    """The rows of all lanes one beneath the other, empty ones left out."""
    found: Rows = {}
    lanes: list[str] = []
    for name in order:
        used = sorted({row for key, row in rows.items() if lane[key] == name})
        found |= {key: len(lanes) + used.index(row) for key, row in rows.items() if lane[key] == name}
        lanes += [name] * len(used)
    return found, lanes


@dataclass(frozen=True)
class _Sweeper:
    column: Mapping[str, int]
    lane: Mapping[str, int]
    edges: Sequence[Edge]

    def neighbours(self, key: str) -> Iterable[str]:
        for source, target in self.edges:
            if key in (source, target) and source != target:
                yield target if key == source else source

    def length(self, rows: Rows) -> int:
        """How far the ways lead up and down in all."""
        return sum(
            abs(rows[source] - rows[target]) + 3 * abs(self.lane[source] - self.lane[target])
            for source, target in self.edges
        ) + sum(rows.values())

    def swept(self, rows: Rows, *, forward: bool) -> Rows:
        """Each column anew, one after the other, each node as near to its neighbours as there is room."""
        found = dict(rows)
        for column in sorted(set(self.column.values()), reverse=not forward):
            keys = [key for key in self.column if self.column[key] == column]
            wishes = {key: self._wish(key, found) for key in keys}
            found = {key: row for key, row in found.items() if key not in keys}
            taken: set[tuple[int, int]] = set()
            for key in sorted(keys, key=lambda key: (wishes[key], keys.index(key))):
                free = [row for row in range(len(keys) + wishes[key]) if (self.lane[key], row) not in taken]
                found[key] = min(free, key=lambda row: (abs(row - wishes[key]), row))
                taken.add((self.lane[key], found[key]))
        return found

    def _wish(self, key: str, rows: Rows) -> int:
        near = [rows[other] for other in self.neighbours(key) if other in rows and self.lane[other] == self.lane[key]]
        return median_low(near) if near else 0


def _settled(sweeper: _Sweeper) -> Rows:
    """The best of several sweeps to and fro; the first knows only what stands before."""
    best = rows = sweeper.swept({}, forward=True)
    for turn in range(SWEEPS):
        rows = sweeper.swept(rows, forward=turn % 2 == 1)
        best = min(best, rows, key=sweeper.length)
    return best
