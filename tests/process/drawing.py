"""Random processes, block by block: each block has one way in and one way out, so that every one of them is sound."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.process.samples import NAMES

DONE = {"names": NAMES}
LEAVES = ("task", "task", "task", "operation", "message", "timer")
BLOCKS = ("sequence", "choice", "loop", "part", "reminder", "limit")


class Drawing:
    """A process in the making. Stages hold the complaint only on the main line, never beside something else."""

    def __init__(self, chance: Random, *, stages: bool = False, joins_in_loops: bool = True) -> None:
        self.chance, self.stages, self.joins_in_loops = chance, stages, joins_in_loops
        self.nodes: dict[str, dict[str, Any]] = {}
        self.flows: list[dict[str, Any]] = []

    def content(self, depth: int) -> dict[str, Any]:
        """The whole as JSON."""
        first, last = self.sequence(depth, inside="", alone=True, in_loop=False)
        self.frame("", first, last)
        if self.stages:
            self.nodes["end"]["names"] = NAMES
        return {"key": "random", "names": NAMES, "nodes": self.nodes, "flows": self.flows}

    def frame(self, inside: str, first: str, last: str) -> None:
        """A start before and an end behind."""
        start, end = (f"start_{inside}", f"end_{inside}") if inside else ("start", "end")
        self.node("start", inside, key=start)
        self.node("end", inside, key=end)
        self.flow(start, first)
        self.leave(last, end)

    def block(self, depth: int, *, inside: str, alone: bool, in_loop: bool) -> tuple[str, str]:
        """A random block; the keys of its first and its last node."""
        kinds = list(LEAVES)
        if depth > 0:
            kinds += BLOCKS
            kinds += ["fork"] if self.joins_in_loops or not in_loop else []
        kind = self.chance.choice(kinds)
        if kind in LEAVES:
            key = self.leaf(kind, inside, alone=alone)
            return key, key
        return getattr(self, kind)(depth - 1, inside=inside, alone=alone, in_loop=in_loop)

    def leaf(self, kind: str, inside: str, *, alone: bool) -> str:
        """Something that waits."""
        more: dict[str, Any] = {
            "task": {"names": NAMES, "role": "expert"}, "operation": {"operation": "tell"},
            "message": {"message": "news"}, "timer": {"after": {"days": 1}},
        }[kind]  # fmt: skip
        if kind == "task" and alone and self.stages:
            return self.node("stage", inside, names=NAMES)
        return self.node(kind, inside, **more)

    def sequence(self, depth: int, **where: Any) -> tuple[str, str]:
        (first, middle), (then, last) = self.block(depth, **where), self.block(depth, **where)
        self.leave(middle, then)
        return first, last

    def choice(self, depth: int, **where: Any) -> tuple[str, str]:
        split, merge = self.node("exclusive", where["inside"]), self.node("exclusive", where["inside"])
        for number in range(2):
            first, last = self.block(depth, **where)
            self.flow(split, first, **({"otherwise": True} if number else self.condition()))
            self.leave(last, merge)
        return split, merge

    def fork(self, depth: int, *, inside: str, alone: bool, in_loop: bool) -> tuple[str, str]:
        split, join = self.node("parallel", inside), self.node("parallel", inside)
        for _branch in range(self.chance.choice([2, 2, 3])):
            first, last = self.block(depth, inside=inside, alone=False, in_loop=in_loop)
            self.flow(split, first)
            self.leave(last, join)
        return split, join

    def loop(self, depth: int, *, inside: str, alone: bool, in_loop: bool) -> tuple[str, str]:
        merge, split = self.node("exclusive", inside), self.node("exclusive", inside)
        first, last = self.block(depth, inside=inside, alone=alone, in_loop=True)
        asked, after = self.leaf("task", inside, alone=alone), self.leaf("task", inside, alone=alone)
        self.flow(merge, first)
        self.leave(last, asked)
        self.leave(asked, split)
        self.flow(split, merge, **self.condition())
        self.flow(split, after, otherwise=True)
        return merge, after

    def part(self, depth: int, *, inside: str, alone: bool, in_loop: bool) -> tuple[str, str]:
        key = self.node("sub", inside)
        self.frame(key, *self.block(depth, inside=key, alone=alone, in_loop=False))
        return key, key

    def reminder(self, depth: int, *, inside: str, **where: Any) -> tuple[str, str]:
        """Something that is reminded of beside it."""
        key = self.leaf("task", inside, alone=where["alone"])
        timer = self.node("boundary", inside, at=key, after={"days": 1}, interrupting=False)
        beside, end = self.leaf("task", inside, alone=False), self.node("end", inside)
        self.flow(timer, beside)
        self.leave(beside, end)
        return key, key

    def limit(self, depth: int, *, inside: str, **where: Any) -> tuple[str, str]:
        """Something that is broken off when its time is over."""
        key = self.leaf("task", inside, alone=where["alone"])
        timer = self.node("boundary", inside, at=key, after={"days": 1})
        instead, merge = self.leaf("task", inside, alone=where["alone"]), self.node("exclusive", inside)
        self.flow(timer, instead)
        self.leave(instead, merge)
        self.leave(key, merge)
        return key, merge

    def node(self, kind: str, inside: str, *, key: str = "", **more: Any) -> str:
        key = key or f"{kind}_{len(self.nodes)}"
        self.nodes[key] = {"kind": kind, **({"in": inside} if inside else {}), **more}
        return key

    def flow(self, source: str, target: str, **more: Any) -> None:
        self.flows.append({"from": source, "to": target, **more})

    def leave(self, source: str, target: str) -> None:
        """A way on, by the verb or the outcome where there is one."""
        by = {"stage": {"on": "go"}, "task": {"on": "done", "names": NAMES}}.get(self.nodes[source]["kind"], {})
        self.flow(source, target, **by)

    def condition(self) -> dict[str, Any]:
        return {"if": [{"field": f"choice_{len(self.flows)}", "is": "is", "value": True}]}
