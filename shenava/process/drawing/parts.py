"""Parts: what of a graph is drawn side by side: the whole, or the inside of one sub-process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from shenava.process.drawing.layers import Edge
from shenava.process.kernel import Flow, Graph, Node


@dataclass(frozen=True)
class Part:
    """The nodes of a part, the one where it begins first, the timers that sit on them, and the ways between them."""

    nodes: Mapping[str, Node]
    timers: Mapping[str, Node]
    flows: tuple[Flow, ...]
    anytime: tuple[Edge, ...]

    def host(self, key: str) -> str:
        """Where a node stands: a timer on what it limits."""
        return self.timers[key].at if key in self.timers else key

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """The ways by where they begin and end; those of a timer begin at what it limits."""
        return tuple((self.host(flow.source), flow.target) for flow in self.flows)

    @cached_property
    def aside(self) -> tuple[str, ...]:
        """The ends to which nothing but a verb at any time leads."""
        led = {flow.target for flow in self.flows}
        targets = dict.fromkeys(target for _source, target in self.anytime)
        return tuple(key for key in targets if key not in led and self.nodes[key].kind == "end")

    @cached_property
    def pairs(self) -> Mapping[Edge, tuple[Flow, ...]]:
        """The flows by where they begin and end: those between the same two share one route."""
        found: dict[Edge, tuple[Flow, ...]] = {}
        for flow in self.flows:
            pair = (flow.source, flow.target)
            found[pair] = (*found.get(pair, ()), flow)
        return found


def part_of(graph: Graph, inside: str) -> Part:
    """The part inside a sub-process, or the whole (""). What is drawn may be unfinished: a way to nowhere is left."""
    here = {key: node for key, node in graph.nodes.items() if node.inside == inside}
    timers = {key: node for key, node in here.items() if node.kind == "boundary" and _sits(here, node)}
    flows = tuple(flow for flow in graph.flows if flow.source in here and flow.target in here)
    flows = tuple(flow for flow in flows if flow.target not in timers)
    ordered = _begun_first([key for key in here if key not in timers], here, flows)
    anytime = [(source, one.target) for one in graph.anytime for source in ordered if source in one.sources]
    return Part(
        nodes={key: here[key] for key in ordered},
        timers=timers,
        flows=flows,
        anytime=tuple(edge for edge in anytime if edge[1] in here and edge[1] not in timers),
    )


def _sits(here: Mapping[str, Node], timer: Node) -> bool:
    return timer.at in here and here[timer.at].kind != "boundary"


def _begun_first(keys: Sequence[str], here: Mapping[str, Node], flows: Sequence[Flow]) -> list[str]:
    """First where it begins, then what no way leads to, then the rest by the order of the ways."""
    led = {flow.target: place for place, flow in reversed(list(enumerate(flows)))}
    return sorted(keys, key=lambda key: (here[key].kind != "start", key in led, led.get(key, 0), key))
