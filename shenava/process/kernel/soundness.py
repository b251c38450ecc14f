"""Soundness: before a drawing is published, every way through it is walked, and whatever goes wrong is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any, NamedTuple

from shenava.process.kernel.faults import Fault
from shenava.process.kernel.graph import WAITING, Graph, Node
from shenava.process.kernel.moves import Kernel
from shenava.process.kernel.state import State, StuckError
from shenava.process.kernel.walking import Walk

POSITIONS = 10_000
"""So many different positions are looked at; a drawing with more cannot be checked, and is refused."""
WALKS = 20_000
"""So many moves are tried: choices one after another are taken in every combination."""
TOO_MANY = Fault("", "has more positions than can be checked: fewer things have to go on at once", "too_many")
MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
Ways = Mapping[str, Iterable[str]]


def unsound(graph: Graph) -> list[Fault]:
    """Whatever can go wrong, whoever decides what: first places outside every way, then what the walks find.

    Of what a complaint may be like nothing is known here: every choice is taken both ways.
    """
    return _off_the_way(graph) or _rounds(graph) or _Exploration(graph).faults()


class Position(NamedTuple):
    """What tells a position from others: where the complaint lies, how many tokens wait at each node, and what the
    joins have counted, each with the parts around it. The keys of tokens and the dates do not."""

    here: str
    tokens: frozenset[tuple[tuple[str, tuple[str, ...]], int]]
    joins: frozenset[tuple[str, tuple[str, ...], frozenset[tuple[str, int]]]]


class Positions(NamedTuple):
    """Every position that a run can come to by itself, and the nodes that only a reminder beside it comes to."""

    all: frozenset[Position]
    beside: frozenset[str]

    def has(self, state: State) -> bool:
        """Can a run stand like this? What a reminder does beside it is not asked; a part in which nothing else goes on
        any more can stand wherever it could while something did."""
        tokens = {key: token for key, token in state.tokens.items() if token.node not in self.beside}
        joins = {key: counts for key, counts in state.joins.items() if key.partition("|")[2] not in self.beside}
        position = _position(replace(state, tokens=tokens, joins=joins))
        begun = {token.scope for token in state.tokens.values()} - {token.scope for token in tokens.values()}
        parts = [(tokens[key].node, *_path(state, tokens[key].scope)) for key in begun if key in tokens]
        return position in self.all or any(_outside(parts, one) == position for one in self.all if parts)


def positions(graph: Graph) -> Positions:
    """Where a run of a sound drawing can stand."""
    walked = _Exploration(graph)
    seen = walked.explore()
    main = frozenset(walked.passed)
    walked.explore_beside()
    return Positions(frozenset(seen), frozenset(walked.passed) - main)


def _off_the_way(graph: Graph) -> list[Fault]:
    forward = {key: [flow.target for flow in graph.out[key]] for key in graph.nodes}
    for node in graph.nodes.values():
        forward[node.key] += [timer.key for timer in graph.boundaries[node.key]]
        forward[node.key] += [one.target for one in graph.anytime if node.key in one.sources and one.target]
    backward = {key: [source for source, targets in forward.items() if key in targets] for key in graph.nodes}
    inwards = {key: [*ways, graph.starts[key].key] if key in graph.starts else ways for key, ways in forward.items()}
    ends = [node.key for node in graph.nodes.values() if node.kind == "end"]
    lost = set(graph.nodes) - _reach([graph.starts[""].key], inwards)
    endless = set(graph.nodes) - _reach(ends, backward)
    return [Fault(key, "is never reached", "unreached") for key in sorted(lost)] + [
        Fault(key, "leads to no end", "endless") for key in sorted(endless)
    ]


def _reach(roots: Iterable[str], ways: Ways) -> set[str]:
    seen: set[str] = set()
    waiting = list(roots)
    while waiting:
        key = waiting.pop()
        if key not in seen:
            seen.add(key)
            waiting += ways[key]
    return seen


def _rounds(graph: Graph) -> list[Fault]:
    """The nodes from which a token comes back to them without anybody having been asked."""
    ways = {key: _at_once(graph, node) for key, node in graph.nodes.items()}
    return [
        Fault(key, "comes round to itself, and nobody is asked on the way", "round")
        for key in sorted(graph.nodes)
        if key in _reach(ways[key], ways)
    ]


def _at_once(graph: Graph, node: Node) -> list[str]:
    if node.kind == "sub":
        return [graph.starts[node.key].key]
    if node.kind == "end":
        return [flow.target for flow in graph.out.get(node.inside, ())]
    return [] if node.kind in WAITING - {"operation"} else [flow.target for flow in graph.out[node.key]]


class _Script:
    """A world outside that answers as a script says, and no where the script has ended."""

    def __init__(self, script: tuple[bool, ...]) -> None:
        self.script, self.said = script, list[bool]()

    def holds(self, conditions: tuple[Mapping[str, Any], ...], decided: Mapping[str, Any]) -> bool:
        place = len(self.said)
        self.said.append(self.script[place] if place < len(self.script) else False)
        return self.said[-1]

    def decide(self, table: str, decided: Mapping[str, Any]) -> Mapping[str, Any]:
        return {}

    def due(self, after: Mapping[str, int], now: datetime) -> datetime:
        return now


class _Exploration:
    """Every position that a run can come to, each looked at once."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.passed: set[str] = set()
        self.found: dict[Fault, None] = {}
        self.walks = 0

    def faults(self) -> list[Fault]:
        self.explore()
        self.explore_beside()
        if not self.found:
            dead = [key for key, node in self.graph.nodes.items() if key not in self.passed and node.kind != "boundary"]
            return [Fault(key, "is on a way that is never gone to its end", "dead") for key in dead]
        return list(self.found)

    def explore(self) -> set[Position]:
        """Walk every way from the start; the positions that were come to."""
        return self._explore(self._every(Kernel.start), self._faults_of)

    def explore_beside(self) -> None:
        """Walk every way of what reminds of something, and breaks nothing off."""
        for node in self.graph.nodes.values():
            if node.kind == "boundary" and not node.interrupting:
                self._explore(self._every(partial(_reminded, boundary=node)), self._faults_beside)

    def _explore(self, first: Iterator[State], faults_of: Callable[[State], list[Fault]]) -> set[Position]:
        waiting, seen = list(first), set[Position]()
        while waiting:
            state = waiting.pop()
            position = _position(state)
            if position in seen:
                continue
            seen.add(position)
            if len(seen) > POSITIONS:
                self.found[TOO_MANY] = None
                break
            faults = faults_of(state)
            self.found |= dict.fromkeys(faults)
            waiting += [] if faults else [after for deed in self._deeds(state) for after in self._every(deed)]
        return seen

    def _every(self, deed: Callable[..., State]) -> Iterator[State]:
        """What comes of a move, whatever is the case at each choice on its way."""
        scripts: list[tuple[bool, ...]] = [()]
        while scripts and self._goes_on():
            script = scripts.pop()
            outside = _Script(script)
            try:
                yield deed(Kernel(self.graph, outside, MOMENT, self.passed))
            except StuckError as stuck:
                self.found[Fault(stuck.node, str(stuck).partition(" ")[2], "stuck")] = None
            scripts += [(*outside.said[:place], True) for place in range(len(script), len(outside.said))]

    def _goes_on(self) -> bool:
        self.walks += 1
        if self.walks > WALKS:
            self.found[TOO_MANY] = None
        return self.walks <= WALKS

    def _deeds(self, state: State) -> Iterator[Callable[..., State]]:
        """Whatever somebody, or the clock, may do next."""
        for key, token in state.tokens.items():
            timers = [timer.key for timer in self.graph.boundaries[token.node] if timer.interrupting]
            places = timers if self.graph.nodes[token.node].kind == "sub" else [token.node, *timers]
            for flow in (flow for place in places for flow in self.graph.out[place]):
                yield partial(Kernel.along, state=state, token=key, flow=flow)
        for flow in self.graph.out.get(state.here, ()) if state.is_ended else ():
            yield partial(Kernel.along, state=state, token="", flow=flow)
        for one in self.graph.anytime:
            if state.here in one.sources and one.target:
                yield partial(Kernel.at_any_time, state=state, anytime=one)

    def _faults_of(self, state: State) -> list[Fault]:
        stages = [token.node for token in state.tokens.values() if self.graph.nodes[token.node].kind == "stage"]
        if len(stages) > 1:
            return [
                Fault(
                    stages[1],
                    f"holds the complaint while {stages[0]} does; it lies with one at a time",
                    "two_stages",
                    {"place": stages[0]},
                )
            ]
        if state.is_ended and state.here and self.graph.nodes[state.here].kind != "end":
            return [Fault(state.here, "leads to the end of the run, but to none that has a name to rest at", "no_rest")]
        return _twice_at_once(state)

    def _faults_beside(self, state: State) -> list[Fault]:
        stages = [token.node for token in state.tokens.values() if self.graph.nodes[token.node].kind == "stage"]
        if stages:
            return [Fault(stages[0], "is begun by a timer beside the stage that holds the complaint", "by_timer")]
        return _twice_at_once(state)


def _reminded(kernel: Kernel, boundary: Node) -> State:
    """What goes on beside everything else when a timer reminds of something."""
    walk = Walk(kernel, State())
    walk.follow(kernel.graph.out[boundary.key], "")
    return walk.settled()


def _twice_at_once(state: State) -> list[Fault]:
    places = Counter((token.node, _path(state, token.scope)) for token in state.tokens.values())
    twice = [node for (node, _scope), number in places.items() if number > 1]
    twice += [key.partition("|")[2] for key, counts in state.joins.items() if max(counts.values()) > 1]
    what = "can be under way twice at once: what goes on side by side has to be joined"
    return [Fault(node, what, "twice") for node in twice]


def _position(state: State) -> Position:
    tokens = Counter((token.node, _path(state, token.scope)) for token in state.tokens.values())
    joins = {
        (key.partition("|")[2], _path(state, key.partition("|")[0]), frozenset(counts.items()))
        for key, counts in state.joins.items()
    }
    return Position(state.here, frozenset(tokens.items()), frozenset(joins))


def _outside(parts: Collection[tuple[str, ...]], position: Position) -> Position:
    """A position without what goes on in some parts."""
    tokens = frozenset(one for one in position.tokens if not _is_inside(one[0][1], parts))
    joins = frozenset(one for one in position.joins if not _is_inside(one[1], parts))
    return position._replace(tokens=tokens, joins=joins)


def _is_inside(path: tuple[str, ...], parts: Collection[tuple[str, ...]]) -> bool:
    return any(path[-len(part) :] == part for part in parts)


def _path(state: State, scope: str) -> tuple[str, ...]:
    path: list[str] = []
    while scope:
        path.append(state.tokens[scope].node)
        scope = state.tokens[scope].scope
    return tuple(path)
