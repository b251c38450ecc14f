"""Placing: from rows, columns and tracks to pixels."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from shenava.process.drawing.layers import Edge
from shenava.process.drawing.parts import Part
from shenava.process.drawing.places import Grid
from shenava.process.drawing.shapes import LABEL_WIDTH, TIMER, Box, Drawing, Lane, Point
from shenava.process.drawing.sizes import GAP, PADDING, Size, inset
from shenava.process.drawing.tracks import AFTER, BEFORE, Piece, tracks
from shenava.process.drawing.ways import Ports, Way

PAD = 14
APART = 10


@dataclass(frozen=True)
class Placing:
    """Everything that is known before there are pixels."""

    part: Part
    grid: Grid
    ways: Mapping[Edge, Way]
    ports: Ports
    sizes: Mapping[str, Size]
    margin: int

    def drawing(self) -> Drawing:
        """The whole in pixels."""
        boxes = dict(self.boxes)
        labels = {key: self._label(key) for key in self.part.nodes if self.sizes[key].label}
        routes = {flow.key: self._route(pair) for pair, flows in self.part.pairs.items() for flow in flows}
        lines = {key: size.lines for key, size in self.sizes.items()}
        for key, size in self.sizes.items():
            if size.inner is not None:
                inside = size.inner.moved(*self._inside(key))
                boxes, labels = boxes | dict(inside.boxes), labels | dict(inside.labels)
                routes, lines = routes | dict(inside.routes), lines | dict(inside.lines)
        width = max(self.gutters[-1] + self._gutter_width(len(self.widths)), self.margin)
        height = self.channels[-1] + self._channel_height(len(self.heights))
        return Drawing(boxes, routes, self._lanes(height), width, height, lines, labels, self.margin)

    @cached_property
    def widths(self) -> list[int]:
        """Of the columns."""
        last = max(self.grid.column.values(), default=-1)
        return [
            max((self.sizes[key].cell for key, at in self.grid.column.items() if at == column), default=0)
            for column in range(last + 1)
        ]

    @cached_property
    def heights(self) -> list[tuple[int, int]]:
        """Of the rows, above and beneath the line through the middle of what stands in them."""
        rows = [[size for key, size in self.sizes.items() if self.grid.row[key] == row] for row in range(self._rows)]
        return [(max(size.above for size in sizes), max(size.below for size in sizes)) for sizes in rows]

    @property
    def _rows(self) -> int:
        return max(self.grid.row.values(), default=-1) + 1

    @cached_property
    def channels(self) -> list[int]:
        """The upper edge of each channel."""
        edges = [0]
        for row, (above, below) in enumerate(self.heights):
            edges.append(edges[-1] + self._channel_height(row) + above + below)
        return edges

    @cached_property
    def gutters(self) -> list[int]:
        """The left edge of each gutter."""
        edges = [self.margin]
        for column, width in enumerate(self.widths):
            edges.append(edges[-1] + self._gutter_width(column) + width)
        return edges

    def _channel_height(self, channel: int) -> int:
        return 2 * PAD + APART * _count(self._channel_tracks, channel)

    def _gutter_width(self, gutter: int) -> int:
        return 2 * PAD + APART * _count(self._gutter_tracks, gutter)

    def _axis(self, key: str) -> int:
        """The height of the middle of a node."""
        row = self.grid.row[key]
        return self.channels[row] + self._channel_height(row) + self.heights[row][0]

    @cached_property
    def boxes(self) -> dict[str, Box]:
        """The frames of nodes, then those of the timers on them."""
        found: dict[str, Box] = {}
        for key in self.part.nodes:
            size, column = self.sizes[key], self.grid.column[key]
            left = self.gutters[column] + self._gutter_width(column) + (self.widths[column] - size.width) // 2
            found[key] = Box(left, self._axis(key) - size.height // 2, size.width, size.height)
        for host, timers in groupby(sorted(self.part.timers, key=self.part.host), key=self.part.host):
            found |= _sitting(found[host], list(timers))
        return found

    def _label(self, key: str) -> Box:
        box, size = self.boxes[key], self.sizes[key]
        height = size.label - GAP
        top = box.y - size.label if size.timers else box.bottom + GAP
        return Box(box.middle.x - LABEL_WIDTH // 2, top, LABEL_WIDTH, height)

    def _inside(self, key: str) -> tuple[int, int]:
        box, size = self.boxes[key], self.sizes[key]
        inner = size.inner.width if size.inner else 0
        height = size.inner.height if size.inner else 0
        return box.x + (box.width - inner) // 2, box.bottom - PADDING - height

    def _lanes(self, height: int) -> tuple[Lane, ...]:
        """The bands from one border to the next, in the middle of what is above the first row of each."""
        if not self.margin:
            return ()
        names = [(name, next(rows)[0]) for name, rows in groupby(enumerate(self.grid.lanes), key=lambda row: row[1])]
        tops = [self.channels[row] + (PAD // 2 if row else 0) for _name, row in names]
        return tuple(
            Lane(name, top, end - top) for (name, _row), top, end in zip(names, tops, [*tops[1:], height], strict=True)
        )

    # Routes

    def _leaves(self, pair: Edge) -> Point:
        """Where a route begins: at the outline on the right, or beneath a timer."""
        box = self.boxes[pair[0]]
        if pair[0] in self.part.timers:
            return Point(box.middle.x, box.bottom)
        off = self.ports.leaves[pair]
        return Point(box.right - inset(self.part.nodes[pair[0]], self.sizes[pair[0]], off), self._height(pair, True))

    def _comes(self, pair: Edge) -> Point:
        """Where a route ends: at the outline on the left."""
        box, off = self.boxes[pair[1]], self.ports.comes[pair]
        return Point(box.x + inset(self.part.nodes[pair[1]], self.sizes[pair[1]], off), self._height(pair, False))

    def _height(self, pair: Edge, leaving: bool) -> int:
        off = self.ports.leaves.get(pair, 0) if leaving else self.ports.comes[pair]
        return self._axis(pair[0] if leaving else pair[1]) + off

    def _route(self, pair: Edge) -> tuple[Point, ...]:
        way, begin, end = self.ways[pair], self._leaves(pair), self._comes(pair)
        if way.channel is None:
            x = self._gutter_at(pair, way.gutters[0])
            return _straight([begin, Point(x, begin.y), Point(x, end.y), end])
        last = self._gutter_at(pair, way.gutters[-1])
        first = self._gutter_at(pair, way.gutters[0]) if len(way.gutters) > 1 else begin.x
        y = self._channel_at(pair, way.channel)
        return _straight([begin, Point(first, begin.y), Point(first, y), Point(last, y), Point(last, end.y), end])

    def _channel_at(self, pair: Edge, channel: int) -> int:
        return self.channels[channel] + PAD + APART // 2 + APART * self._channel_tracks[channel][pair]

    def _gutter_at(self, pair: Edge, gutter: int) -> int:
        place = next((at for of, at in self._gutter_tracks.get(gutter, {}).items() if of == (pair, gutter)), 0)
        return self.gutters[gutter] + PAD + APART // 2 + APART * place

    @cached_property
    def _channel_tracks(self) -> dict[int, dict[Hashable, int]]:
        found: dict[int, list[Piece]] = {}
        for pair, way in self.ways.items():
            if way.channel is not None:
                found.setdefault(way.channel, []).append(self._along_channel(pair, way, way.channel))
        return {channel: tracks(pieces) for channel, pieces in found.items()}

    def _along_channel(self, pair: Edge, way: Way, channel: int) -> Piece:
        """Its ends counted in gutters (even) and columns (odd)."""
        source = self.part.host(pair[0])
        begins = 2 * way.gutters[0] if len(way.gutters) > 1 else 2 * self.grid.column[source] + 1
        sides = [AFTER if self.grid.row[key] >= channel else BEFORE for key in (source, pair[1])]
        return Piece(pair, ((begins, sides[0]), (2 * way.gutters[-1], sides[1])))

    @cached_property
    def _gutter_tracks(self) -> dict[int, dict[Hashable, int]]:
        found: dict[int, list[Piece]] = {}
        for pair, way in self.ways.items():
            for gutter, piece in self._along_gutters(pair, way):
                found.setdefault(gutter, []).append(piece)
        return {gutter: tracks(pieces) for gutter, pieces in found.items()}

    def _along_gutters(self, pair: Edge, way: Way) -> Iterator[tuple[int, Piece]]:
        end = (self._height(pair, False), AFTER)
        if way.channel is None:
            begin = (self._height(pair, True), BEFORE)
            if begin[0] != end[0]:
                yield way.gutters[0], Piece((pair, way.gutters[0]), (begin, end))
            return
        y = self._channel_at(pair, way.channel)
        source = self.part.host(pair[0])
        last = way.gutters[-1]
        if len(way.gutters) > 1:
            first = way.gutters[0]
            begin = (self._height(pair, True), BEFORE)
            yield first, Piece((pair, first), (begin, (y, AFTER if last > first else BEFORE)))
        from_before = 2 * last > 2 * self.grid.column[source] + 1
        yield last, Piece((pair, last), ((y, BEFORE if from_before else AFTER), end))


def _count(tracked: Mapping[int, Mapping[Hashable, int]], at: int) -> int:
    return max(tracked.get(at, {}).values(), default=-1) + 1


def _sitting(host: Box, timers: list[str]) -> dict[str, Box]:
    """Timers side by side on the lower edge, toward the end of the line where there is room."""
    width = len(timers) * (TIMER + GAP) - GAP
    left = host.right - 2 * GAP - width if width + 3 * GAP < host.width else host.middle.x - width // 2
    return {
        key: Box(left + place * (TIMER + GAP), host.bottom - TIMER // 2, TIMER, TIMER)
        for place, key in enumerate(timers)
    }


def _straight(points: list[Point]) -> tuple[Point, ...]:
    """Without corners where nothing turns."""
    found: list[Point] = []
    for point in points:
        if found and point == found[-1]:
            continue
        if len(found) > 1 and ({found[-2].x, found[-1].x} == {point.x} or {found[-2].y, found[-1].y} == {point.y}):
            found.pop()
        found.append(point)
    return tuple(found)
