"""Comparing: what differs between two drawings of a process, step by step, as data. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from shenava.process.kernel import Flow, Graph, Node

APART = frozenset({"key", "names", "verbs"})
"""What is told by itself: the name of a step, and what can be done there."""
MERE_LOOKS = frozenset({"shown"})
"""What changes nothing of how a complaint is handled."""


@dataclass(frozen=True)
class Changed:
    """A step of both drawings that is not the same in both: which of its fields, verbs and ways."""

    before: Node
    after: Node
    fields: tuple[str, ...] = ()
    verbs_new: tuple[str, ...] = ()
    verbs_gone: tuple[str, ...] = ()
    ways_new: tuple[Flow, ...] = ()
    ways_gone: tuple[Flow, ...] = ()

    @property
    def is_renamed(self) -> bool:
        """Do people read another name?"""
        return self.before.names != self.after.names

    @property
    def is_other(self) -> bool:
        """Is it handled in another way, and not only called or shown otherwise?"""
        return bool(set(self.fields) - MERE_LOOKS or self.verbs_new or self.verbs_gone or self.ways())

    def ways(self) -> tuple[Flow, ...]:
        """The ways out of it that only one of the drawings has."""
        return self.ways_new + self.ways_gone


@dataclass(frozen=True)
class Comparison:
    """What is new, what is gone, and what has changed; `became` names the steps that have only another key."""

    added: tuple[Node, ...]
    removed: tuple[Node, ...]
    changed: tuple[Changed, ...]
    became: Mapping[str, str]

    @property
    def is_same(self) -> bool:
        """Is there nothing to tell?"""
        return not (self.added or self.removed or self.changed)

    @property
    def affected(self) -> frozenset[str]:
        """The nodes of the old drawing that are gone or handled in another way."""
        return frozenset({node.key for node in self.removed} | {one.before.key for one in self.changed if one.is_other})


def compared(old: Graph, new: Graph) -> Comparison:
    """What has become of one drawing in another, in the order in which a complaint comes to the steps."""
    became = successors(old, new)
    pairs = {key: became.get(key, key) for key in old.nodes if became.get(key, key) in new.nodes}
    looked = [_changed(old, new, key, pairs) for key in (node.key for node in _ordered(old)) if key in pairs]
    return Comparison(
        added=tuple(node for node in _ordered(new) if node.key not in pairs.values()),
        removed=tuple(node for node in _ordered(old) if node.key not in pairs),
        changed=tuple(one for one in looked if one.is_renamed or one.fields or one.is_other),
        became=became,
    )


def successors(old: Graph, new: Graph) -> dict[str, str]:
    """The steps that have another key, and are the same for whoever reads: of one kind and name, in one part."""
    gone = [node for node in old.nodes.values() if node.key not in new.nodes and node.names]
    come = [node for node in new.nodes.values() if node.key not in old.nodes and node.names]
    found = {node.key: [other.key for other in come if _is_like(node, other)] for node in gone}
    taken = [key for keys in found.values() for key in keys]
    return {key: keys[0] for key, keys in found.items() if len(keys) == 1 and taken.count(keys[0]) == 1}


def _is_like(node: Node, other: Node) -> bool:
    return (node.kind, node.names, node.inside) == (other.kind, other.names, other.inside)


def _ordered(graph: Graph) -> list[Node]:
    """All nodes, first as a complaint comes to them, then what no way leads to."""
    ordered = list(graph.in_order())
    return ordered + [node for node in graph.nodes.values() if node not in ordered]


def _changed(old: Graph, new: Graph, key: str, pairs: Mapping[str, str]) -> Changed:
    before, after = old.nodes[key], new.nodes[pairs[key]]
    was = {field.name: getattr(before, field.name) for field in fields(Node) if field.name not in APART}
    was |= {name: pairs.get(was[name], was[name]) for name in ("inside", "at")}
    gone, come = _ways(old, key, pairs), _ways(new, after.key, {})
    return Changed(
        before,
        after,
        fields=tuple(name for name, value in was.items() if value != getattr(after, name)),
        verbs_new=tuple(sorted(after.verbs - before.verbs)),
        verbs_gone=tuple(sorted(before.verbs - after.verbs)),
        ways_new=tuple(way for way in come if way not in gone),
        ways_gone=tuple(way for way in gone if way not in come),
    )


def _ways(graph: Graph, key: str, pairs: Mapping[str, str]) -> list[Flow]:
    """The ways out of a node, at any time or not, to where they lead in the new drawing."""
    ways = [*graph.out[key]]
    ways += [Flow(key, one.target or one.does, one.on, one.outcome) for one in graph.anytime if key in one.sources]
    to = [Flow("", pairs.get(way.target, way.target), way.on, way.outcome, way.conditions, way.otherwise, way.names)
          for way in ways]  # fmt: skip
    return to
