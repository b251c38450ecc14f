"""Faults: what is wrong with a drawing, said of the node where it is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

GONE = "is gone: it has to be said where its work goes"
OTHER = "has become something else: it has to be said where its work goes"
JOIN = "no longer waits for the branches that have come to it"
VOICES = "has been given an outcome that is there no more"
NOWHERE = "would be waited at beside what never goes on beside it"
"""Why a run cannot go over to another drawing."""


@dataclass(frozen=True)
class Fault:
    """What is wrong, at which node (an empty key: with the graph as a whole).

    What can come of a process that was written in a form has a code besides (`what`, with what it is about in
    `said`), so that pages tell it in the reader's language.
    """

    node: str
    text: str
    what: str = field(default="", compare=False)
    said: Mapping[str, str] = field(default_factory=dict, compare=False)


class FaultyGraphError(ValueError):
    """The graph cannot be run. `faults` names each node and what is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("; ".join(f"{fault.node or 'the graph'} {fault.text}" for fault in self.faults))


def refuse(faults: list[Fault]) -> None:
    """Raise what was found, if anything was."""
    if faults:
        raise FaultyGraphError(faults)
