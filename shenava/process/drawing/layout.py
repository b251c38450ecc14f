"""The layout: layers from the first step on, a lane for each role, routes at right angles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from shenava.process.drawing.parts import part_of
from shenava.process.drawing.places import grid_of
from shenava.process.drawing.placing import Placing
from shenava.process.drawing.shapes import Drawing
from shenava.process.drawing.sizes import Size, size_of, words_of
from shenava.process.drawing.ways import ports_of, ways_of
from shenava.process.kernel import Graph

MARGIN = 96


def layout(graph: Graph, *, rtl: bool = False, language: str, titles: Mapping[str, str] | None = None) -> Drawing:
    """Where all of a graph stands, the names in a language; from right to left, mirrored.

    What has no name is called what `titles` says. What is possible at any time is not drawn; see `Graph.anytime`.
    The same graph is always drawn alike.
    """
    drawing = _Drafter(graph, language, titles or {}).drawn("", MARGIN)
    return drawing.mirrored() if rtl else drawing


@dataclass(frozen=True)
class _Drafter:
    graph: Graph
    language: str
    titles: Mapping[str, str] = field(default_factory=dict)

    def drawn(self, inside: str, margin: int) -> Drawing:
        """The whole, or the inside of a sub-process, which has no lanes of its own."""
        part = part_of(self.graph, inside)
        grid = grid_of(part, by_role=not inside)
        ways = ways_of(part, grid)
        ports = ports_of(part, grid, ways)
        sizes: dict[str, Size] = {}
        for key, node in part.nodes.items():
            timers = sum(timer.at == key for timer in part.timers.values())
            inner = self.drawn(key, 0) if self._is_drawn_around(key, inside) else None
            words = words_of(node, self.language, self.titles)
            sizes[key] = size_of(node, words, reach=ports.reach(key), timers=timers, inner=inner)
        margin = margin if any(grid.lanes) else 0
        return Placing(part, grid, ways, ports, sizes, margin).drawing()

    def _is_drawn_around(self, key: str, inside: str) -> bool:
        return key != inside and any(node.inside == key for node in self.graph.nodes.values())
