"""What a drawing is made of, in whole pixels from its upper left corner, and how big the shapes of the nodes are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from shenava.process.kernel import Node

ANYTIME = "anytime"
"""The lane of the ends to which nothing but a verb at any time leads."""
BOX_WIDTH, BOX_HEIGHT = 128, 46
EVENT, TIMER, GATEWAY = 36, 26, 40
LINE_HEIGHT = 17
LABEL_WIDTH = 104
ROUND = frozenset({"start", "end", "message", "timer", "boundary"})
SQUARE = frozenset({"exclusive", "parallel"})


class Point(NamedTuple):
    """A corner of a route."""

    x: int
    y: int


class Box(NamedTuple):
    """The frame of a shape; `x` and `y` are its left and upper edge."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height

    @property
    def middle(self) -> Point:
        return Point(self.x + self.width // 2, self.y + self.height // 2)


class Lane(NamedTuple):
    """A band across the drawing: what people of one role do. Its key is the role, `ANYTIME`, or "" for nobody's."""

    key: str
    y: int
    height: int


@dataclass(frozen=True)
class Drawing:
    """Boxes by the keys of nodes, routes by the keys of flows, the words of each node cut into lines.

    The words of what is round or square stand beneath it, in the frame that `labels` has for them. `margin` is the
    room for the names of lanes at the side where reading begins. A part lies inside the box of its sub-process.
    """

    boxes: Mapping[str, Box]
    routes: Mapping[str, tuple[Point, ...]]
    lanes: tuple[Lane, ...]
    width: int
    height: int
    lines: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, Box]
    margin: int = 0

    def moved(self, x: int, y: int) -> Drawing:
        """The same, further right and down, as a piece of something bigger."""
        return self._changed(
            lambda box: Box(box.x + x, box.y + y, box.width, box.height), lambda at: Point(at.x + x, at.y + y)
        )

    def mirrored(self) -> Drawing:
        """The same for those who read from right to left."""
        return self._changed(
            lambda box: Box(self.width - box.right, box.y, box.width, box.height),
            lambda at: Point(self.width - at.x, at.y),
        )

    def _changed(self, box: Callable[[Box], Box], at: Callable[[Point], Point]) -> Drawing:
        return replace(
            self,
            boxes={key: box(one) for key, one in self.boxes.items()},
            labels={key: box(one) for key, one in self.labels.items()},
            routes={key: tuple(at(one) for one in route) for key, route in self.routes.items()},
        )


def shape_of(node: Node) -> str:
    """How a node is drawn: a `box`, or something `round` or `square` (a gateway) with its words beneath."""
    return "round" if node.kind in ROUND else "square" if node.kind in SQUARE else "box"
