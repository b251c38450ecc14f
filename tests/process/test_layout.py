"""The layout of a process: nothing lies on anything else, whatever is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from shenava.process.drawing import ANYTIME, Box, Drawing, Point, layout
from shenava.process.kernel import Flow, Graph, load
from tests.process.drawing import Drawing as Sketch
from tests.process.samples import branching, default, drawn, outcome, task, way

Leg = tuple[Point, Point]


def sketched(seed: int) -> Graph:
    """A random sound process."""
    return load(Sketch(Random(seed), stages=seed % 2 == 0).content(4))


def tangled(seed: int) -> Graph:
    """A random process with ways from anywhere to anywhere, which may be unsound: a draft is drawn, too."""
    chance = Random(seed)
    graph = sketched(seed)
    roles = ["", "expert", "approver", "contact_agent"]
    nodes = {key: replace(node, role=chance.choice(roles)) for key, node in graph.nodes.items()}
    keys = sorted(nodes)
    more = [Flow(chance.choice(keys), chance.choice(keys), on=f"on_{number}") for number in range(8)]
    return Graph("tangled", nodes, (*graph.flows, *more, Flow("nowhere", keys[0]), Flow(keys[0], "nowhere")))


graphs = st.one_of(st.builds(sketched, st.integers(0, 2**32)), st.builds(tangled, st.integers(0, 2**32)))


def overlap(one: Box, other: Box) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def around(graph: Graph, key: str) -> set[str]:
    """The sub-processes a node lies in, and what a timer sits on."""
    node = graph.nodes[key]
    return {node.at, *({node.inside} | around(graph, node.inside) if node.inside else set())} - {""}


def through(leg: Leg, box: Box) -> bool:
    """Does a leg touch the inside of a box?"""
    (left, right), (top, bottom) = sorted([leg[0].x, leg[1].x]), sorted([leg[0].y, leg[1].y])
    return left < box.right and right > box.x and top < box.bottom and bottom > box.y


def upon(one: Leg, other: Leg) -> bool:
    """Do two legs lie on one line for more than a point?"""
    for along, across in ((0, 1), (1, 0)):
        if one[0][across] == one[1][across] == other[0][across] == other[1][across]:
            low, high = (sorted([leg[0][along], leg[1][along]]) for leg in (one, other))
            return min(low[1], high[1]) > max(low[0], high[0])
    return False


def routed(graph: Graph) -> Iterator[tuple[Flow, Leg]]:
    """The legs of all routes, each with its flow."""
    drawing = layout(graph, language="en")
    for flow in {flow.key: flow for flow in graph.flows if flow.key in drawing.routes}.values():
        yield from ((flow, leg) for leg in pairwise(drawing.routes[flow.key]))


def outline(drawing: Drawing) -> list[tuple[str, Box]]:
    """Every box and every label, with the key of its node."""
    return [*drawing.boxes.items(), *drawing.labels.items()]


@given(graphs)
def test_no_box_and_no_label_lies_on_another(graph: Graph) -> None:
    drawing = layout(graph, language="en")
    for (one, box), (other, another) in combinations(outline(drawing), 2):
        apart = one not in around(graph, other) and other not in around(graph, one)
        assert not (apart and overlap(box, another)), (one, other)


@given(graphs)
def test_no_route_crosses_a_box_that_it_does_not_belong_to(graph: Graph) -> None:
    drawing = layout(graph, language="en")
    for flow, leg in routed(graph):
        own = {flow.source, flow.target}.union(around(graph, flow.source))
        assert [key for key, box in outline(drawing) if key not in own and through(leg, box)] == []


@given(graphs)
def test_no_route_lies_upon_another_except_where_they_leave_or_end(graph: Graph) -> None:
    for (one, leg), (other, another) in combinations(list(routed(graph)), 2):
        same = (one.source, one.target) == (other.source, other.target)
        same = same or (one.source == other.source and graph.nodes[one.source].kind == "boundary")
        assert same or not upon(leg, another), (one.key, other.key)


@given(graphs)
def test_a_route_has_right_angles_and_leads_from_one_outline_to_the_next(graph: Graph) -> None:
    drawing = layout(graph, language="en")
    for _flow, (begin, end) in routed(graph):
        assert (begin.x == end.x) != (begin.y == end.y)
    for flow in (flow for flow in graph.flows if flow.key in drawing.routes):
        route = drawing.routes[flow.key]
        for point, box in ((route[0], drawing.boxes[flow.source]), (route[-1], drawing.boxes[flow.target])):
            assert box.x <= point.x <= box.right
            assert box.y <= point.y <= box.bottom


@given(graphs)
def test_everything_is_on_the_sheet_and_in_the_lane_of_its_role(graph: Graph) -> None:
    drawing = layout(graph, language="en")
    assert set(drawing.boxes) == set(graph.nodes)
    assert all(overlap(box, Box(0, 0, drawing.width, drawing.height)) for box in drawing.boxes.values())
    assert all(box.x >= 0 and box.right <= drawing.width for _key, box in outline(drawing))
    assert all(box.y >= 0 and box.bottom <= drawing.height for _key, box in outline(drawing))
    lanes = {lane.key: lane for lane in drawing.lanes}
    for key, node in graph.nodes.items():
        lane = lanes.get("" if node.inside or not node.role or node.kind == "boundary" else node.role)
        assert lane is None or not node.role or lane.y <= drawing.boxes[key].y < lane.y + lane.height


@given(graphs)
def test_from_right_to_left_it_is_the_same_mirrored(graph: Graph) -> None:
    drawing, mirrored = layout(graph, language="fa"), layout(graph, rtl=True, language="fa")
    assert mirrored.mirrored() == drawing
    assert layout(graph, language="fa") == drawing


def test_the_handling_goes_on_in_one_direction() -> None:
    boxes = layout(default(), language="en").boxes
    begun = ["start", "draft", "registered", "in_handling", "responded", "closed"]
    assert sorted(begun, key=lambda key: boxes[key].x) == begun


def test_what_only_a_verb_at_any_time_leads_to_stands_in_a_row_of_its_own() -> None:
    drawing = layout(default(), language="en")
    lane = drawing.lanes[-1]
    beneath = {key for key, box in drawing.boxes.items() if box.y > lane.y}
    assert lane.key == ANYTIME
    assert beneath == {"withdrawn", "not_a_complaint", "misdirected", "duplicate"}


def test_a_timer_sits_on_the_lower_edge_of_what_it_limits() -> None:
    boxes = layout(load(branching()), language="en").boxes
    host, timer = boxes["in_handling"], boxes["late"]
    assert host.x < timer.x
    assert timer.right < host.right
    assert timer.y < host.bottom < timer.bottom


def test_a_part_lies_inside_its_box() -> None:
    nodes = {
        "part": {"kind": "sub"},
        "first": {"kind": "start", "in": "part"},
        "look": task(**{"in": "part"}),
        "last": {"kind": "end", "in": "part"},
    }
    flows = [way("start", "part"), way("part", "end"), way("first", "look"), outcome("look", "last")]
    boxes = layout(load(drawn(nodes, *flows)), language="en").boxes
    assert all(boxes["part"].x < boxes[key].x for key in ("first", "look", "last"))
    assert all(boxes[key].bottom < boxes["part"].bottom for key in ("first", "look", "last"))


def test_words_are_cut_into_lines_and_what_is_too_much_is_left_out() -> None:
    long = drawn({"look": task(names={"en": "See whether the guarantee " * 20, "fa": "الف", "he": "א"})},
                 way("start", "look"), outcome("look", "end"))  # fmt: skip
    drawing = layout(load(long), language="en")
    assert drawing.lines["look"][0] == "See whether the"
    assert drawing.lines["look"][-1].endswith("…")
    assert layout(load(long), language="fa").lines["look"] == ("الف",)
