"""The diagram of a file: where each element of it stands, as `process/drawing/` has laid it out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement

from shenava.process.drawing import Box, Drawing, Lane, Point

SPACES = {
    "xmlns:bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "xmlns:dc": "http://www.omg.org/spec/DD/20100524/DC",
    "xmlns:di": "http://www.omg.org/spec/DD/20100524/DI",
}
BAND = 30
"""The room that BPMN has at the left for the name of a lane, and before it for that of the whole."""
LEFT, TOP = 2 * BAND + 40, 40
LABEL_HEIGHT, LETTER, WIDEST = 14, 6, 120


def lane_of(drawing: Drawing, key: str) -> int:
    """The place of the lane in which a node stands."""
    middle = drawing.boxes[key].middle.y
    return next((place for place, lane in enumerate(drawing.lanes) if middle < lane.y + lane.height), 0)


class Diagram:
    """The shapes and edges of one drawing."""

    def __init__(self, drawing: Drawing, whole: str) -> None:
        self.drawing = drawing
        self.root = Element("bpmndi:BPMNDiagram", {"id": "Diagram_1"})
        self.plane = SubElement(self.root, "bpmndi:BPMNPlane", {"id": "Plane_1", "bpmnElement": whole})
        self._labelled: dict[Sequence[Point], int] = {}

    def pool(self, key: str, lanes: Mapping[str, Lane]) -> None:
        """The frame around everything, and the lanes in it."""
        height = max(lane.y + lane.height for lane in lanes.values())
        self._shape(key, Box(-2 * BAND, 0, self.drawing.width + 2 * BAND, height), {"isHorizontal": "true"})
        for one, lane in lanes.items():
            frame = Box(-BAND, lane.y, self.drawing.width + BAND, lane.height)
            self._shape(one, frame, {"isHorizontal": "true"})

    def node(self, key: str, *, is_part: bool, is_choice: bool) -> None:
        """A step, with the place of its name where that stands beneath it."""
        more = ({"isExpanded": "true"} if is_part else {}) | ({"isMarkerVisible": "true"} if is_choice else {})
        shape = self._shape(key, self.drawing.boxes[key], more)
        if key in self.drawing.labels:
            self._label(shape, self.drawing.labels[key])

    def flow(self, key: str, route: Sequence[Point], label: str) -> None:
        """A way. Several between the same two share a route; their names stand one beneath the other."""
        edge = SubElement(self.plane, "bpmndi:BPMNEdge", {"id": f"{key}_di", "bpmnElement": key})
        for at in route:
            SubElement(edge, "di:waypoint", {"x": str(at.x + LEFT), "y": str(at.y + TOP)})
        if label:
            place = self._labelled.get(route, 0)
            self._labelled[route] = place + 1
            self._label(edge, _beside(route, label, place))

    def _shape(self, key: str, box: Box, more: Mapping[str, str]) -> Element:
        shape = SubElement(self.plane, "bpmndi:BPMNShape", {"id": f"{key}_di", "bpmnElement": key, **more})
        shape.append(_bounds(box))
        return shape

    def _label(self, around: Element, box: Box) -> None:
        SubElement(around, "bpmndi:BPMNLabel").append(_bounds(box))


def _bounds(box: Box) -> Element:
    sides = zip(("x", "y", "width", "height"), (box.x + LEFT, box.y + TOP, box.width, box.height), strict=True)
    return Element("dc:Bounds", {name: str(side) for name, side in sides})


def _beside(route: Sequence[Point], label: str, place: int) -> Box:
    """The frame of a name at the middle of the longest piece of a route."""
    start, end = max(_pieces(route), key=lambda piece: abs(piece[0].x - piece[1].x) + abs(piece[0].y - piece[1].y))
    width = min(WIDEST, LETTER * len(label) + 8)
    x, y = (start.x + end.x) // 2, (start.y + end.y) // 2 + place * LABEL_HEIGHT
    if start.y == end.y:
        return Box(x - width // 2, y + 3, width, LABEL_HEIGHT)
    return Box(x + 4, y - LABEL_HEIGHT // 2, width, LABEL_HEIGHT)


def _pieces(route: Sequence[Point]) -> Iterable[tuple[Point, Point]]:
    return list(pairwise(route)) or [(route[0], route[0])]
