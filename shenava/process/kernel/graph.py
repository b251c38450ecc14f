"""The process graph: what an organisation draws, as data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

WAITING = frozenset({"stage", "task", "operation", "message", "timer", "sub", "call"})
"""The kinds of nodes where a token stays until somebody or something moves it."""
FINISH = "finish_step"
"""The verb by which people leave a task."""


def named(names: Mapping[str, str], language: str) -> str:
    """A name in a language, else in English, else in any; empty if there is none."""
    return names.get(language) or names.get("en") or next(filter(None, names.values()), "")


@dataclass(frozen=True)
class Several:
    """A task is given to several people: `all` of them have to agree, `any` of them is enough, or so many (`count`)
    of one mind are (`quorum`)."""

    of: str
    count: int = 1

    def agreed(self, voices: Mapping[str, str], of: int) -> str | None:
        """What they, `of` so many, have come to: nothing yet (None), an outcome, or no agreement ("")."""
        first, votes = Counter(voices.values()).most_common(1)[0]
        if self.of == "any" or (self.of == "quorum" and votes >= min(self.count, of)):
            return first
        if len(voices) < of:
            return None
        return first if votes == len(voices) else ""


@dataclass(frozen=True)
class Node:
    """A place in the process; `docs/process.md` says what the fields mean at which kind of node."""

    key: str
    kind: str
    names: Mapping[str, str] = field(default_factory=dict)
    verbs: frozenset[str] = frozenset()
    role: str = ""
    due: str = ""
    shown: int = 0
    outcome: str = ""
    warn_after: int = 0
    lapse_after: int = 0
    inside: str = ""
    several: Several | None = None
    table: str = ""
    operation: str = ""
    message: str = ""
    process: str = ""
    after: Mapping[str, int] = field(default_factory=dict)
    within: Mapping[str, int] = field(default_factory=dict)
    at: str = ""
    interrupting: bool = True
    repeat: int = 0
    terminate: bool = False

    def name(self, language: str) -> str:
        """The name in a language, else in English, else in any, else the key."""
        return named(self.names, language) or self.key

    @cached_property
    def is_rest(self) -> bool:
        """An end of the whole that has a name: a complaint rests there, and nothing of its run goes on."""
        return self.kind == "end" and not self.inside and bool(self.names)


@dataclass(frozen=True)
class Flow:
    """A way from one node to another: taken by a verb or an outcome (`on`), on conditions, or at once."""

    source: str
    target: str
    on: str = ""
    outcome: str = ""
    conditions: tuple[Mapping[str, Any], ...] = ()
    otherwise: bool = False
    names: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def key(self) -> str:
        """What tells it from the other ways into a join."""
        return f"{self.source}>{self.target}:{self.on}" if self.on else f"{self.source}>{self.target}"


@dataclass(frozen=True)
class Anytime:
    """What is possible at any time from some places: it leads to `target` and ends whatever else goes on, or it
    stops the run's timers (`does`: pause) or lets them go on (resume)."""

    on: str
    sources: frozenset[str]
    target: str = ""
    outcome: str = ""
    does: str = ""


@dataclass(frozen=True)
class Graph:
    """Nodes by key, the flows between them, and what is possible at any time."""

    key: str
    nodes: Mapping[str, Node]
    flows: tuple[Flow, ...]
    anytime: tuple[Anytime, ...] = ()

    @cached_property
    def out(self) -> Mapping[str, tuple[Flow, ...]]:
        """The ways out of each node, in the order in which they are tried."""
        return {key: tuple(flow for flow in self.flows if flow.source == key) for key in self.nodes}

    @cached_property
    def into(self) -> Mapping[str, tuple[Flow, ...]]:
        """The ways into each node."""
        return {key: tuple(flow for flow in self.flows if flow.target == key) for key in self.nodes}

    @cached_property
    def starts(self) -> Mapping[str, Node]:
        """Where the whole ("") and each sub-process begins."""
        return {node.inside: node for node in self.nodes.values() if node.kind == "start"}

    @cached_property
    def boundaries(self) -> Mapping[str, tuple[Node, ...]]:
        """The timers that run while a token waits at a node."""
        timers = [node for node in self.nodes.values() if node.kind == "boundary"]
        return {key: tuple(timer for timer in timers if timer.at == key) for key in self.nodes}

    @cached_property
    def _ways(self) -> Mapping[tuple[str, str], Flow]:
        return {(flow.source, flow.on): flow for flow in self.flows if flow.on}

    @cached_property
    def _anytimes(self) -> Mapping[tuple[str, str], Anytime]:
        return {(source, one.on): one for one in self.anytime for source in one.sources}

    @cached_property
    def _verbs(self) -> Mapping[str, frozenset[str]]:
        return {key: self._verbs_of(node) for key, node in self.nodes.items()}

    def way(self, source: str, word: str) -> Flow | None:
        """The way that a verb or an outcome takes from a node, if it takes one."""
        return self._ways.get((source, word))

    def anytime_way(self, source: str, verb: str) -> Anytime | None:
        """What a verb does from a place at any time, if it does anything."""
        return self._anytimes.get((source, verb))

    def verbs_at(self, key: str) -> frozenset[str]:
        """The verbs that are possible at a node: those that stay and those that lead away."""
        return self._verbs[key]

    def _verbs_of(self, node: Node) -> frozenset[str]:
        if node.kind == "task":
            return frozenset({FINISH})
        leading = {flow.on for flow in self.out[node.key] if flow.on}
        return node.verbs | leading | {one.on for one in self.anytime if node.key in one.sources}

    def steps(self) -> list[Node]:
        """The nodes of the steps bar, in order."""
        return sorted((node for node in self.nodes.values() if node.shown), key=lambda node: node.shown)

    def in_order(self) -> Iterable[Node]:
        """The nodes as a complaint comes to them: step by step of the steps bar, each followed by what comes between
        it and the next. (The order in which a definition names its nodes is not kept.)"""
        steps = [step.key for step in self.steps()]
        seen: set[str] = set()
        for first in [self.starts[""].key, *steps]:
            waiting = [first]
            for key in waiting:  # grows while it is walked
                if key in seen or (key in steps and key != first):
                    continue
                seen.add(key)
                yield self.nodes[key]
                waiting += self._next_to(self.nodes[key])

    def _next_to(self, node: Node) -> list[str]:
        inside = [self.starts[node.key]] if node.key in self.starts else []
        anytime = [one.target for one in self.anytime if one.target and node.key in one.sources]
        flows = [flow.target for flow in self.out[node.key]]
        return [*(one.key for one in (*inside, *self.boundaries[node.key])), *flows, *anytime]

    def reached_by(self, source: str, verb: str) -> list[Node]:
        """The stages and ends to which a verb may lead from a place before anybody has to do anything there."""
        flow, anytime = self.way(source, verb), self.anytime_way(source, verb)
        target = flow.target if flow else anytime.target if anytime else ""
        return [node for node in self.onwards(target) if node.kind in ("stage", "end")] if target else []

    def onwards(self, first: str) -> Iterable[Node]:
        """The nodes that may be come to from one on, itself included, before anybody has to do anything."""
        waiting, seen = [first], set[str]()
        while waiting:
            node = self.nodes[waiting.pop()]
            if node.key in seen:
                continue
            seen.add(node.key)
            yield node
            if node.kind == "sub":
                waiting.append(self.starts[node.key].key)
            if node.kind not in ("stage", "task"):
                waiting += [flow.target for flow in self.out[node.key] if not (flow.on and node.kind == "end")]
