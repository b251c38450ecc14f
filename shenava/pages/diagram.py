"""The diagram: a process as a picture in the reader's language and direction, with what is going on in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from shenava.common.dates import digits
from shenava.people.models import Role
from shenava.process.drawing import ANYTIME, Box, Drawing, Point, layout, shape_of
from shenava.process.drawing.shapes import LINE_HEIGHT
from shenava.process.drawing.wrapping import wrapped
from shenava.process.kernel import Graph, Node
from shenava.ui.reader import Reader

DONE, CURRENT, LATE = "done", "current", "late"
STATES: Mapping[str, Any] = {
    DONE: pgettext_lazy("a step of a process is", "done"),
    CURRENT: pgettext_lazy("a step of a process is", "under way"),
    LATE: pgettext_lazy("a step of a process is", "late"),
}
KINDS: Mapping[str, Any] = {
    "operation": gettext_lazy("Done by itself"),
    "decision": gettext_lazy("Decision table"),
    "message": gettext_lazy("Waits for a message"),
    "timer": gettext_lazy("Waits for a time"),
    "sub": gettext_lazy("Part of the process"),
    "call": gettext_lazy("Another process"),
}
OPERATIONS: Mapping[str, Any] = {
    "remind_holder": gettext_lazy("Remind the holder"),
    "tell_managers": gettext_lazy("Tell the managers"),
}
GLYPHS = {
    "exclusive": "M-6-6 6 6M6-6-6 6",
    "parallel": "M-8 0H8M0-8V8",
    "timer": "M0-7V0L5 3",
    "boundary": "M0-6V0L4 3",
    "message": "M-8-5H8V5H-8ZL0 1 8-5",
}
ROLES: Mapping[str, Any] = {str(role): label for role, label in Role.choices}
ARROW = 7


@dataclass(frozen=True)
class Mark:
    """What a node says of itself: how it stands (done, current, late), who and when, how much is there and how much
    of that is late, and where a click on it leads, or on the number of those late."""

    state: str = ""
    label: str = ""
    count: int = 0
    late: int = 0
    href: str = ""
    late_href: str = ""


class Line(NamedTuple):
    """A line of words, by its middle."""

    text: str
    x: int
    y: int


@dataclass(frozen=True)
class Shape:
    """A node as it is drawn."""

    node: Node
    form: str
    box: Box
    lines: list[Line]
    mark: Mark
    told: str
    late_told: str
    glyph: str
    begins: int
    ends: int
    is_anytime: bool

    @property
    def is_told(self) -> bool:
        """Is there anything to say of it?"""
        return bool(self.lines or self.mark.label or self.mark.count)

    @property
    def late_x(self) -> int:
        """Where the number of those late stands: further in."""
        return self.ends + (28 if self.begins > self.ends else -28)


class Route(NamedTuple):
    """A way as it is drawn: its corners, its arrow, its words, and whether it was taken."""

    points: str
    arrow: str
    words: str
    is_taken: bool


class Band(NamedTuple):
    """A lane, with the lines of its name."""

    y: int
    height: int
    lines: list[Line]


@dataclass(frozen=True)
class Diagram:
    """Everything that the template draws."""

    drawing: Drawing
    shapes: list[Shape]
    routes: list[Route]
    lanes: list[Band]
    begins: int

    @property
    def here(self) -> int:
        """What shall be in view: the middle of what is under way, the first of several, or -1."""
        under_way = [shape for shape in self.shapes if shape.mark.state in (CURRENT, LATE)]
        first = min(under_way, key=lambda shape: abs(shape.begins - self.begins), default=None)
        return first.box.middle.x if first else -1


def diagram(graph: Graph, marks: Mapping[str, Mark], reader: Reader, taken: Collection[str] = ()) -> Diagram:
    """A process as this reader sees it; `taken` are the flows by which a complaint went."""
    rtl, language = reader.direction == "rtl", reader.language
    titles = {key: title_of(node, language) for key, node in graph.nodes.items() if title_of(node, language)}
    drawing = layout(graph, rtl=rtl, language=language, titles=titles)
    artist = _Artist(graph, drawing, language, rtl)
    return Diagram(
        drawing,
        [artist.shape(key, marks.get(key, Mark())) for key in drawing.boxes],
        list(artist.routes(taken)),
        list(artist.lanes()),
        drawing.width if rtl else 0,
    )


def title_of(node: Node, language: str) -> str:
    """What a node is called in the picture and in lists: its name, or what it does; nothing for what only branches."""
    if node.names:
        return node.name(language)
    return str(OPERATIONS.get(node.operation) or KINDS.get(node.kind, ""))


@dataclass(frozen=True)
class _Artist:
    graph: Graph
    drawing: Drawing
    language: str
    rtl: bool

    def shape(self, key: str, mark: Mark) -> Shape:
        node, box = self.graph.nodes[key], self.drawing.boxes[key]
        begins, ends = (box.right, box.x) if self.rtl else (box.x, box.right)
        only_anytime = not self.graph.into[key] and any(one.target == key for one in self.graph.anytime)
        return Shape(
            node, shape_of(node), box, self._lines(key), mark, self._told(node, mark, only_anytime),
            f"{title_of(node, self.language)} · {late(mark.late, self.language)}",
            GLYPHS.get(node.kind, ""), begins, ends, only_anytime,
        )  # fmt: skip

    def routes(self, taken: Collection[str]) -> Iterator[Route]:
        """One for all the flows between the same two nodes; those that were taken last, so that they lie on top."""
        pairs: dict[tuple[Point, ...], list[str]] = {}
        names: dict[tuple[Point, ...], list[str]] = {}
        for flow in self.graph.flows:
            route = self.drawing.routes.get(flow.key, ())
            pairs.setdefault(route, []).append(flow.key)
            names.setdefault(route, []).extend([flow.names[self.language]] if self.language in flow.names else [])
        drawn = [
            Route(_points(route), self._arrow(route[-1]), " · ".join(names[route]), not taken_by.isdisjoint(taken))
            for route, taken_by in ((route, set(keys)) for route, keys in pairs.items())
            if route
        ]
        yield from sorted(drawn, key=lambda route: route.is_taken)

    def lanes(self) -> Iterator[Band]:
        roles = {**ROLES, ANYTIME: _("Possible at any time")}
        middle = self.drawing.margin // 2
        x = self.drawing.width - middle if self.rtl else middle
        for lane in self.drawing.lanes:
            lines = wrapped(str(roles.get(lane.key, "")), self.drawing.margin - 12)
            yield Band(lane.y, lane.height, _stacked(lines, x, lane.y + lane.height // 2))

    def _lines(self, key: str) -> list[Line]:
        box, lines = self.drawing.boxes[key], self.drawing.lines.get(key, ())
        is_part = any(node.inside == key for node in self.graph.nodes.values())
        if is_part:
            return _stacked(lines, box.middle.x, box.y + 8 + LINE_HEIGHT * len(lines) // 2)
        return _stacked(lines, *self.drawing.labels.get(key, box).middle)

    def _arrow(self, tip: Point) -> str:
        back = tip.x + ARROW if self.rtl else tip.x - ARROW
        return f"{tip.x},{tip.y} {back},{tip.y - 4} {back},{tip.y + 4}"

    def _told(self, node: Node, mark: Mark, only_anytime: bool) -> str:
        role = ROLES.get(node.role, "")
        said: list[Any] = [title_of(node, self.language), role, STATES.get(mark.state, ""), mark.label]
        said.append(_("possible at any time") if only_anytime else "")
        if mark.count:
            said.append(counted(mark.count, self.language))
        if mark.late:
            said.append(late(mark.late, self.language))
        return " · ".join(str(one) for one in said if one)


def counted(number: int, language: str) -> str:
    """How many are there, in words."""
    return ngettext("{number} open", "{number} open", number).format(number=digits(number, language))


def late(number: int, language: str) -> str:
    """How many of them are late, in words."""
    return ngettext("{number} late", "{number} late", number).format(number=digits(number, language))


def _stacked(lines: Collection[str], x: int, y: int) -> list[Line]:
    top = y - LINE_HEIGHT * (len(lines) - 1) // 2
    return [Line(text, x, top + LINE_HEIGHT * place) for place, text in enumerate(lines)]


def _points(route: tuple[Point, ...]) -> str:
    return " ".join(f"{point.x},{point.y}" for point in route)
