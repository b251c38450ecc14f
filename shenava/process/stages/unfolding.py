"""Unfolding: the graph of a form. Gateways, forks and joins are made wherever the form needs them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shenava.process.stages.form import DONE, STAGE, Branch, Form, Place, Timer, Way
from shenava.process.stages.naming import derived


def content_of(form: Form) -> dict[str, Any]:
    """The definition that a form stands for."""
    return _Unfolding(form).content()


class _Unfolding:
    def __init__(self, form: Form) -> None:
        self.form = form
        self.nodes: dict[str, dict[str, Any]] = {}
        self.flows: list[dict[str, Any]] = []
        self.held = {place.key: place for place in form.places if place.kind == STAGE and form.beside(place.key)}
        self.root_of = {
            one.key: task.key for held in self.held for task in form.beside(held) for one in form.chain(task)
        }

    def content(self) -> dict[str, Any]:
        """The whole."""
        form, start = self.form, self._key("start")
        self.nodes[start] = {"kind": "start"}
        for place in form.places:
            self.nodes[place.key] = self._node(place)
        for key in self.held:
            self._fork(key)
        self._flow(start, self._entry(form.first))
        for place in form.places:
            for way in place.ways:
                self._way(place, way)
            for timer in place.timers:
                self._timer(place, timer)
        found = {**form.rest, "key": form.key, "names": dict(form.names), "nodes": self.nodes, "flows": self.flows}
        anytime = [self._anytime(one) for one in form.anytime]
        return {**found, "anytime": anytime} if anytime else found

    def _node(self, place: Place) -> dict[str, Any]:
        said = {name: value for name, value in place.said.items() if name != "verbs"}
        verbs = sorted(place.verbs - self._leading(place))
        return {"kind": place.kind, "names": dict(place.names), **said, **({"verbs": verbs} if verbs else {})}

    def _leading(self, place: Place) -> set[str]:
        anytime = {one["on"] for one in self.form.anytime if place.key in one["from"] and one.get("to")}
        return {way.on for way in place.ways} | anytime

    def _fork(self, key: str) -> None:
        """A stage with what goes on beside it: all come together before what the stage is joined at."""
        comes, begins, joined = (self._key(key, word) for word in ("comes", "begins", "joined"))
        self.nodes |= {comes: {"kind": "exclusive"}, begins: {"kind": "parallel"}, joined: {"kind": "parallel"}}
        self.nodes[self._key(key, "left")] = {"kind": "exclusive"}
        self._flow(comes, begins)
        self._flow(begins, key)
        self._flow(self._key(key, "left"), joined)
        for task in self.form.beside(key):
            done = self._key(task.key, "done")
            self.nodes[done] = {"kind": "exclusive"}
            self._flow(done, joined)
            if task.only_if:
                gateway = self._key(task.key, "if")
                self.nodes[gateway] = {"kind": "exclusive"}
                self._flow(begins, gateway)
                self._flow(gateway, task.key, **{"if": list(task.only_if)})
                self._flow(gateway, done, otherwise=True)
            else:
                self._flow(begins, task.key)
        stage = self.held[key]
        ways = [way for way in stage.ways if way.on in stage.joined_by]
        self._branches(joined, derived(key, "joined_by"), ways[0].branches if ways else [Branch("")], {})

    def _way(self, place: Place, way: Way) -> None:
        said = {"on": way.on, "outcome": way.outcome, "names": dict(way.names), "otherwise": not way.on}
        if place.key in self.held and way.on in place.joined_by:
            self._flow(place.key, self._key(place.key, "left"), **said)
            return
        done = self._key(self.root_of[place.key], "done") if place.key in self.root_of else ""
        branches = [Branch(done, one.conditions) if done and one.to == DONE else one for one in way.branches]
        self._branches(place.key, derived(place.key, way.on or "else", "by"), branches, said)

    def _branches(self, source: str, name: str, branches: list[Branch], said: dict[str, Any]) -> None:
        """Ways from a node: one flow, or a gateway with a flow for each."""
        if len(branches) == 1 and not branches[0].conditions:
            self._flow(source, self._entry(branches[0].to), **said)
            return
        gateway = self._key(name)
        self.nodes[gateway] = {"kind": "exclusive"}
        self._flow(source, gateway, **said)
        for branch in branches:
            asked = {"if": list(branch.conditions), "otherwise": not branch.conditions}
            self._flow(gateway, self._entry(branch.to), **asked)

    def _entry(self, to: str) -> str:
        return self._key(to, "comes") if to in self.held else to

    def _timer(self, place: Place, timer: Timer) -> None:
        told, over = self._key(timer.key, "told"), self._key(timer.key, "over")
        self.nodes[timer.key] = {"kind": "boundary", "at": place.key, "after": dict(timer.after), "interrupting": False}
        if timer.repeat:
            self.nodes[timer.key]["repeat"] = timer.repeat
        self.nodes[told] = {"kind": "operation", "operation": timer.operation}
        self.nodes[over] = {"kind": "end"}
        self._flow(timer.key, told)
        self._flow(told, over)

    def _anytime(self, one: Mapping[str, Any]) -> dict[str, Any]:
        return {**one, "to": self._entry(one["to"])} if one.get("to") else dict(one)

    def _key(self, place: str, *words: str) -> str:
        name = derived(place, *words) if words else place
        return self.form.hints.get(name, name)

    def _flow(self, source: str, to: str, **said: Any) -> None:
        """A flow; what is empty is not said."""
        self.flows.append({"from": source, "to": to, **{name: value for name, value in said.items() if value}})
