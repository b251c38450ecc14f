"""Folding: the stages of a graph, if it has this shape. What was drawn otherwise is not forced into it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shenava.process.stages.form import DONE, END, STAGE, TASK, Branch, Form, Place, Timer, Way, arranged
from shenava.process.stages.naming import derived

PLACES = (STAGE, TASK, END)
OF_PLACES = ("kind", "names")
JOIN = "join:"


class _OtherShapeError(ValueError):
    """The graph says something that a list of stages cannot say."""


def stages_of(content: Mapping[str, Any]) -> Form | None:
    """The form of a graph; None where it is drawn in a way that the form cannot show. It need not be sound."""
    try:
        return _Folding(content).form()
    except (_OtherShapeError, KeyError, TypeError, AttributeError, ValueError):
        return None


class _Folding:
    def __init__(self, content: Mapping[str, Any]) -> None:
        self.content = content
        self.nodes: dict[str, dict[str, Any]] = content["nodes"]
        self.flows: list[dict[str, Any]] = content["flows"]
        self.hints: dict[str, str] = {}
        self.used: set[str] = {key for key, node in self.nodes.items() if node["kind"] in PLACES}
        self.joins: dict[str, str] = {}
        self.beside: dict[str, str] = {}
        self.stages: dict[str, Place] = {}
        self.used_ends: set[str] = set()

    def form(self) -> Form:
        """The whole, or an error where something would get lost."""
        content, starts = self.content, [key for key, node in self.nodes.items() if node["kind"] == "start"]
        _need(len(starts) == 1 and not any("in" in node for node in self.nodes.values()))
        rest = {name: content[name] for name in content if name not in ("key", "names", "nodes", "flows", "anytime")}
        form = Form(content["key"], dict(content["names"]), "", [], [], rest, self.hints)
        timers = self._timers()
        keys = [key for key, node in self.nodes.items() if node["kind"] in PLACES and key not in self.used_ends]
        form.places = [self._place(key, timers.pop(key, [])) for key in sorted(keys)]
        _need(not timers)
        self.stages = {place.key: place for place in form.places if place.kind == STAGE}
        self._fork_all(form)
        for place in form.places:
            place.ways = place.ways or self._ways(place)
        form.first = self._only(self._branches(self._one_out(starts[0])["to"]))
        self._hint("start", starts[0])
        form.anytime = [self._anytime(one) for one in content.get("anytime", ())]
        self.used |= {starts[0]}
        self._check(form)
        form.places = arranged(form)
        return form

    def _check(self, form: Form) -> None:
        """Nothing is lost: every node was used, and every place has only what a place can say."""
        _need(set(self.nodes) <= self.used)
        for stage in form.places:
            _need(stage.kind != STAGE or (stage.key in self.joins) == bool(form.beside(stage.key)))

    def _place(self, key: str, timers: list[Timer]) -> Place:
        node = self.nodes[key]
        _need(node["kind"] != END or bool(node.get("names")))
        said = {name: value for name, value in node.items() if name not in OF_PLACES}
        said |= {"verbs": sorted(node["verbs"])} if "verbs" in node else {}
        return Place(key, node["kind"], dict(node.get("names", {})), said, timers=timers)

    def _timers(self) -> dict[str, list[Timer]]:
        """Reminders by place: a timer that breaks nothing off, one thing that is done by itself, and the end of it."""
        found = dict[str, list[Timer]]()
        for key in sorted(key for key, node in self.nodes.items() if node["kind"] == "boundary"):
            node = self.nodes[key]
            told = self._one_out(key)["to"]
            over = self._one_out(told)["to"]
            _need(node.get("interrupting") is False and self.nodes[told]["kind"] == "operation")
            _need(self.nodes[over]["kind"] == END and set(self.nodes[over]) == {"kind"} and not node.get("names"))
            timer = Timer(key, node["after"], self.nodes[told]["operation"], node.get("repeat", 0))
            found.setdefault(node["at"], []).append(timer)
            self._hint(derived(key, "told"), told)
            self._hint(derived(key, "over"), over)
            self.used_ends.add(over)
            self.used |= {key, told, over}
        return found

    def _fork_all(self, form: Form) -> None:
        """What goes on beside a stage: each fork leads to one stage, and to tasks that begin with it."""
        for key in sorted(key for key, node in self.nodes.items() if node["kind"] == "parallel"):
            targets = [flow["to"] for flow in self._out(key)]
            if len(targets) < 2:
                continue
            held = [to for to in targets if self.nodes[to]["kind"] == STAGE]
            _need(len(held) == 1 and len(self._into(key)) <= 1 and len(self._into(held[0])) == 1)
            stage = form[held[0]]
            self._hint(derived(stage.key, "begins"), key)
            self._hint_merges(stage.key, derived(stage.key, "left"))
            for flow in self._into(key):
                self._hint(derived(stage.key, "comes"), flow["from"])
            for to in targets:
                if to != stage.key:
                    self._begins(form, stage, to)

    def _begins(self, form: Form, stage: Place, to: str) -> None:
        branches = self._settled(self._branches(to), stage.key, is_beside=True)
        task = form[branches[0].to]
        _need(task.kind == TASK and [branch.to for branch in branches[1:]] in ([], [DONE]))
        _need((len(branches) == 2) == bool(branches[0].conditions) and not task.begins_with)
        if len(branches) == 2:
            self._hint(derived(task.key, "if"), to)
        task.begins_with, task.only_if = stage.key, branches[0].conditions
        for one in form.chain(task):
            _need(one.key not in self.beside)
            self.beside[one.key] = stage.key
            one.ways = self._ways(one)
            self._hint_merges(one.key, derived(task.key, "done"))

    def _hint_merges(self, source: str, name: str) -> None:
        """Where several ways come together before a join, that has a key too."""
        for flow in self._out(source):
            kind = self.nodes.get(flow["to"], {}).get("kind")
            if kind == "exclusive" and len(self._out(flow["to"])) == 1:
                self._hint(name, flow["to"])

    def _ways(self, place: Place) -> list[Way]:
        return [self._way(place.key, flow) for flow in self._out(place.key)]

    def _way(self, place: str, flow: Mapping[str, Any]) -> Way:
        on = flow.get("on", "")
        _need(not flow.get("if") and bool(flow.get("otherwise")) == (not on))
        stage = self.beside.get(place, "")
        drawn = self._branches(flow["to"])
        found = self._settled(drawn, stage or place, is_beside=bool(stage))
        if len(drawn) > 1:
            self._hint(derived(place, on or "else", "by"), flow["to"])
        if place in self.stages and drawn[0].to.startswith(JOIN):
            self.stages[place].joined_by.append(on)
        return Way(on, found, flow.get("outcome", ""), flow.get("names", {}))

    def _settled(self, branches: list[Branch], stage: str, *, is_beside: bool) -> list[Branch]:
        """Branches into a join: of the stage to what comes after, of what goes on beside it to its end."""
        joins = {branch.to.removeprefix(JOIN) for branch in branches if branch.to.startswith(JOIN)}
        for join in joins:
            _need(self.joins.setdefault(stage, join) == join and self.nodes[stage]["kind"] == STAGE)
            self._hint(derived(stage, "joined"), join)
        if is_beside:
            return [Branch(DONE if one.to.startswith(JOIN) else one.to, one.conditions) for one in branches]
        return self._joined(stage, joins.pop()) if joins and self._only(branches) else branches

    def _joined(self, stage: str, join: str) -> list[Branch]:
        to = self._one_out(join)["to"]
        branches = self._branches(to)
        _need(not any(branch.to.startswith(JOIN) for branch in branches))
        if len(branches) > 1:
            self._hint(derived(stage, "joined_by"), to)
        return branches

    def _branches(self, to: str) -> list[Branch]:
        """Where a flow leads in the end, and on which conditions: gateways are looked through."""
        node = self.nodes.get(to)
        if node is None or node["kind"] in PLACES:
            return [Branch(to)]
        self.used.add(to)
        if node["kind"] == "parallel":
            return [self._at_parallel(to)]
        _need(node["kind"] == "exclusive" and not node.get("names"))
        found: list[Branch] = []
        for flow in sorted(self._out(to), key=lambda flow: not flow.get("if")):
            further = self._branches(flow["to"])
            found += [Branch(branch.to, [*flow.get("if", ()), *branch.conditions]) for branch in further]
        _need(bool(found))
        return found

    def _at_parallel(self, key: str) -> Branch:
        out = self._out(key)
        if len(out) == 1:
            return Branch(JOIN + key)
        return Branch(next(flow["to"] for flow in out if self.nodes[flow["to"]]["kind"] == STAGE))

    def _anytime(self, one: Mapping[str, Any]) -> dict[str, Any]:
        found = {**one, "from": sorted(one["from"])}
        if one.get("to"):
            found["to"] = self._only(self._branches(one["to"]))
        return found

    def _only(self, branches: list[Branch]) -> str:
        _need(len(branches) == 1 and not branches[0].conditions)
        return branches[0].to

    def _one_out(self, key: str) -> dict[str, Any]:
        flows = self._out(key)
        _need(len(flows) == 1)
        return flows[0]

    def _out(self, key: str) -> list[dict[str, Any]]:
        return [flow for flow in self.flows if flow["from"] == key]

    def _into(self, key: str) -> list[dict[str, Any]]:
        return [flow for flow in self.flows if flow["to"] == key]

    def _hint(self, name: str, key: str) -> None:
        if name != key and key not in self.hints.values():
            self.hints.setdefault(name, key)


def _need(shape: bool) -> None:
    if not shape:
        raise _OtherShapeError
