"""Reading: a graph from its JSON, refused with every fault that is found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from shenava.process.kernel import checking
from shenava.process.kernel.faults import Fault, refuse
from shenava.process.kernel.graph import Anytime, Flow, Graph, Node, Several

GRAPH_SHAPE = {"key": str, "names": dict, "purpose": str, "intake": list, "nodes": dict, "flows": list, "anytime": list}
NODE_SHAPE = {
    "kind": str, "names": dict, "verbs": list, "role": str, "due": str, "shown": int, "outcome": str,
    "warn_after": int, "lapse_after": int, "in": str, "several": dict, "table": str, "operation": str,
    "message": str, "process": str, "after": dict, "within": dict, "at": str, "interrupting": bool, "repeat": int,
    "terminate": bool,
}  # fmt: skip
FLOW_SHAPE = {
    "from": str, "to": str, "on": str, "if": list, "otherwise": bool, "outcome": str, "names": dict,
}  # fmt: skip
ANYTIME_SHAPE = {"from": list, "to": str, "on": str, "outcome": str, "does": str}
SEVERAL_SHAPE = {"of": str, "count": int}
WORDS = {str: "a text", int: "a whole number", list: "a list", dict: "an object", bool: "true or false"}
OF_EACH_KIND = {
    "start": ("in",),
    "stage": ("in", "names", "verbs", "role", "due", "shown", "warn_after", "lapse_after", "outcome"),
    "task": ("in", "names", "role", "several", "within"),
    "decision": ("in", "names", "table"),
    "operation": ("in", "names", "operation"),
    "exclusive": ("in", "names"),
    "parallel": ("in", "names"),
    "message": ("in", "names", "message"),
    "timer": ("in", "names", "after"),
    "sub": ("in", "names"),
    "call": ("in", "names", "process"),
    "boundary": ("in", "names", "at", "after", "interrupting", "repeat"),
    "end": ("in", "names", "verbs", "shown", "outcome", "terminate"),
}
"""The fields that mean something at each kind of node."""


def load(content: Any) -> Graph:
    """A graph from its JSON; raises FaultyGraphError with every fault found."""
    graph = _read(content)
    refuse([*checking.unnamed("", content["names"]), *checking.faults_of(graph)])
    return graph


def sketch(content: Any) -> Graph:
    """A graph as far as it has been written, to be looked at and not to be run: what leads nowhere is left out.

    Raises FaultyGraphError where it is no graph at all.
    """
    graph = _read(content)
    flows = [flow for flow in graph.flows if flow.source in graph.nodes and flow.target in graph.nodes]
    anytime = [one for one in graph.anytime if {*one.sources, one.target or one.on} <= {*graph.nodes, one.on}]
    return Graph(graph.key, graph.nodes, tuple(flows), tuple(anytime))


def _read(content: Any) -> Graph:
    refuse(_misshapen("", content, GRAPH_SHAPE, ("key", "names", "nodes", "flows")))
    refuse(_misshapen_parts(content))
    refuse(_meaningless(content["nodes"]))
    nodes = {key: _node(key, given) for key, given in content["nodes"].items()}
    flows = tuple(_flow(given) for given in content["flows"])
    return Graph(content["key"], nodes, flows, tuple(_anytime(given) for given in content.get("anytime", ())))


def _misshapen(where: str, given: Any, shape: Mapping[str, type], required: Iterable[str]) -> list[Fault]:
    if type(given) is not dict:
        return [Fault(where, "must be an object")]
    lacking = [Fault(where, f"lacks {name!r}") for name in required if name not in given]
    unknown = [Fault(where, f"has {name!r}, which means nothing") for name in given if name not in shape]
    return lacking + unknown + [
        Fault(where, f"needs {WORDS[shape[name]]} as {name!r}")
        for name, value in given.items()
        if name in shape and not _fits(value, shape[name])
    ]  # fmt: skip


def _fits(value: Any, kind: type) -> bool:
    if type(value) is not kind:
        return False
    return not isinstance(value, list) or all(type(part) in (str, dict) for part in value)


def _misshapen_parts(content: Mapping[str, Any]) -> list[Fault]:
    faults: list[Fault] = []
    for key, node in content["nodes"].items():
        faults += _misshapen(key, node, NODE_SHAPE, ("kind",))
        if type(node) is dict and type(node.get("several")) is dict:
            faults += _misshapen(key, node["several"], SEVERAL_SHAPE, ("of",))
    for place, flow in enumerate(content["flows"], 1):
        faults += _misshapen(f"flow {place}", flow, FLOW_SHAPE, ("from", "to"))
        if type(flow) is dict and type(flow.get("if")) is list:
            faults += [fault for one in flow["if"] for fault in checking.faults_of_condition(f"flow {place}", one)]
    for place, anytime in enumerate(content.get("anytime", ()), 1):
        faults += _misshapen(f"anytime {place}", anytime, ANYTIME_SHAPE, ("from", "on"))
    return faults


def _meaningless(nodes: Mapping[str, Mapping[str, Any]]) -> list[Fault]:
    unknown = [
        Fault(key, f"is of the kind {node['kind']!r}, not one of {', '.join(OF_EACH_KIND)}")
        for key, node in nodes.items()
        if node["kind"] not in OF_EACH_KIND
    ]
    return unknown or [
        Fault(key, f"has {name!r}, which means nothing at a node of the kind {node['kind']!r}")
        for key, node in nodes.items()
        for name in node
        if name not in ("kind", *OF_EACH_KIND[node["kind"]])
    ]


def _node(key: str, given: Mapping[str, Any]) -> Node:
    fields = {name: value for name, value in given.items() if name not in ("in", "several", "verbs")}
    return Node(
        key=key,
        verbs=frozenset(str(verb) for verb in given.get("verbs", ())),
        inside=given.get("in", ""),
        several=Several(**given["several"]) if "several" in given else None,
        **fields,
    )


def _flow(given: Mapping[str, Any]) -> Flow:
    return Flow(
        source=given["from"],
        target=given["to"],
        on=given.get("on", ""),
        outcome=given.get("outcome", ""),
        conditions=tuple(given.get("if", ())),
        otherwise=given.get("otherwise", False),
        names=given.get("names", {}),
    )


def _anytime(given: Mapping[str, Any]) -> Anytime:
    sources = frozenset(str(source) for source in given["from"])
    return Anytime(given["on"], sources, given.get("to", ""), given.get("outcome", ""), given.get("does", ""))
