"""The form: the places of a process, where each leads, and what goes on beside it. Gateways follow from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

STAGE, TASK, END = "stage", "task", "end"
DONE = ""
"""Where a task beside a stage leads when that is all: nothing more is done, and the stage may be left for good."""
LONGEST_KEY = 40
Condition = Mapping[str, Any]


@dataclass
class Branch:
    """Where a way leads if its conditions hold; the last one of a way has none."""

    to: str
    conditions: list[Condition] = field(default_factory=list)


@dataclass
class Way:
    """How a place is left: by a verb, by the outcome of a task, or (`on` is empty) where several do not agree."""

    on: str
    branches: list[Branch]
    outcome: str = ""
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Timer:
    """What is done by itself while something waits too long at a place, and how often again."""

    key: str
    after: Mapping[str, int]
    operation: str
    repeat: int = 0


@dataclass
class Place:
    """A stage, a task or an end. `said` are the fields of its node that mean nothing to its ways.

    A task that `begins_with` a stage goes on beside it, if what is asked of the complaint (`only_if`) is the case.
    What begins with a stage has to be done before it leads on by one of the verbs it is `joined_by`.
    """

    key: str
    kind: str
    names: dict[str, str] = field(default_factory=dict)
    said: dict[str, Any] = field(default_factory=dict)
    ways: list[Way] = field(default_factory=list)
    timers: list[Timer] = field(default_factory=list)
    begins_with: str = ""
    only_if: list[Condition] = field(default_factory=list)
    joined_by: list[str] = field(default_factory=list)

    @property
    def verbs(self) -> set[str]:
        """What is possible here and moves nothing."""
        return set(self.said.get("verbs", ()))

    def way(self, on: str) -> Way | None:
        """How it is left by a word, if it is."""
        return next((way for way in self.ways if way.on == on), None)

    @property
    def targets(self) -> list[str]:
        """Where it leads."""
        return [branch.to for way in self.ways for branch in way.branches]


@dataclass
class Form:
    """The whole. `hints` are the keys by which gateways, joins and the like were known before; `rest` is what a
    definition says besides."""

    key: str
    names: dict[str, str]
    first: str
    places: list[Place]
    anytime: list[dict[str, Any]]
    rest: dict[str, Any] = field(default_factory=dict)
    hints: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Place:
        """The place of this key. Raises KeyError."""
        found = self.get(key)
        if found is None:
            raise KeyError(key)
        return found

    def get(self, key: str) -> Place | None:
        """The place of this key, if there is one."""
        return next((place for place in self.places if place.key == key), None)

    def beside(self, stage: str) -> list[Place]:
        """The tasks that begin with a stage."""
        return [place for place in self.places if place.begins_with == stage and place.kind == TASK]

    def chain(self, first: Place) -> Iterator[Place]:
        """A task and those that it leads to, itself first."""
        seen, waiting = set[str](), [first.key]
        while waiting:
            place = self.get(waiting.pop(0))
            if place and place.key not in seen and place.kind == TASK:
                seen.add(place.key)
                yield place
                waiting += place.targets

    def free_key(self, like: str) -> str:
        """A key that no place has."""
        taken = {place.key for place in self.places} | set(self.hints.values())
        return next(key for key in (like, *(f"{like}_{number}" for number in range(2, 999))) if key not in taken)


def arranged(form: Form) -> list[Place]:
    """The places as they are told: as a complaint comes to them, each stage with its tasks; the ends last."""
    shown = sorted((one for one in form.places if one.said.get("shown")), key=lambda one: one.said["shown"])
    stages = [one for one in form.places if one.kind == STAGE and not one.said.get("shown")]
    first = [one for one in stages if one.key == form.first]
    others = sorted((one for one in stages if one not in first), key=lambda one: one.key)
    ends = [one for one in shown if one.kind == END]
    ends += sorted((one for one in form.places if one.kind == END and one not in ends), key=lambda one: one.key)
    found: list[Place] = []
    for stage in [*first, *(one for one in shown if one.kind == STAGE), *others]:
        found.append(stage)
        roots = [*form.beside(stage.key), *filter(None, map(form.get, stage.targets))]
        found += [task for root in roots for task in form.chain(root) if task not in found]
    left = sorted((one for one in form.places if one not in found and one.kind == TASK), key=lambda one: one.key)
    unique = {one.key: one for one in [*found, *left, *ends]}
    return list(unique.values())
