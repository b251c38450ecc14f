"""Automations: what sets one off, what it may do, and what is wrong with one that is being written.

The rooms above register occasions and deeds: this room knows none of its own, and performs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils.functional import Promise

from shenava.journal.unchanged import while_unchanged
from shenava.process import vocabulary
from shenava.process.fields import TEXT, Choice, Choices, no_choices
from shenava.process.models import Automation, Measure
from shenava.process.outside import due
from shenava.process.tables.cells import OPERATORS, is_whole

LONGEST_CHAIN = 5
"""So many automations in a row may set each other off."""
BUDGET, MOST, LONGEST = 60, 10_000, 365
FARTHEST = timedelta(days=800)
FACT, STAGE, PROMISE = "fact", "stage", "promise"
KINDS = (FACT, STAGE, PROMISE)


@dataclass(frozen=True)
class Argument:
    """What a deed has to be told: a text, or one of some choices."""

    key: str
    label: Promise | str
    kind: str = "choice"
    choices: Choices = no_choices

    def takes(self, value: Any) -> bool:
        """Is this an answer?"""
        if self.kind == TEXT:
            return isinstance(value, str) and bool(value.strip())
        return value in [key for key, _label in self.choices()]


@dataclass(frozen=True)
class Deed:
    """A verb that an automation may do, with what it has to be told."""

    key: str
    label: Promise | str
    arguments: tuple[Argument, ...] = ()


@dataclass(frozen=True)
class Plan:
    """All that is written of an automation."""

    names: Mapping[str, str]
    occasion: str
    deed: str
    amount: int | None = None
    measure: str = ""
    conditions: Sequence[Mapping[str, Any]] = ()
    arguments: Mapping[str, Any] = field(default_factory=dict)
    position: int = 10
    budget: int = BUDGET

    def as_fields(self) -> dict[str, Any]:
        """As the row keeps it."""
        return asdict(self) | {"conditions": [dict(one) for one in self.conditions]}


@dataclass(frozen=True)
class Fault:
    """What is wrong, and with what of it: a field's key, or an argument's."""

    what: str
    name: str = ""


_occasions: dict[str, Choices] = {}
_deeds: dict[str, Deed] = {}
_examples: list[Plan] = []


def register_occasions(occasions: Mapping[str, Choices]) -> None:
    """Make known what sets an automation off, by kind: facts, stages, promises."""
    _occasions.update(occasions)


def register_deeds(deeds: Iterable[Deed], examples: Iterable[Plan] = ()) -> None:
    """Make known what an automation may do, and a few to begin with."""
    _deeds.update({one.key: one for one in deeds})
    _examples[:] = examples


def occasions(kind: str) -> list[Choice]:
    """What of this kind may set an automation off: its key (`fact:complaint.registered`) and its words."""
    return [(f"{kind}:{key}", label) for key, label in _occasions[kind]()]


def all_deeds() -> list[Deed]:
    """Everything an automation may do."""
    return list(_deeds.values())


def deed(key: str) -> Deed | None:
    """The deed of this key."""
    return _deeds.get(key)


def examples() -> list[Plan]:
    """Those that are offered to begin with."""
    return list(_examples)


def faults_of(plan: Plan) -> list[Fault]:
    """Why it could not be kept: what it names has to be there, and of its kind."""
    asked = deed(plan.deed)
    kind = plan.occasion.partition(":")[0]
    faults = [] if any(plan.names.values()) else [Fault("no_name")]
    if kind not in _occasions or plan.occasion not in [key for key, _label in occasions(kind)]:
        faults.append(Fault("no_occasion"))
    elif kind != FACT and (not 1 <= (plan.amount or 0) <= LONGEST or plan.measure not in Measure.values):
        faults.append(Fault("no_time"))
    faults += [Fault("no_value", one["field"]) for one in plan.conditions if not _can_be_asked(one)]
    if asked is None:
        return [*faults, Fault("no_deed")]
    unsaid = [one for one in asked.arguments if not one.takes(plan.arguments.get(one.key))]
    return faults + [Fault("no_argument", one.key) for one in unsaid]


def set_off_by(fact: str) -> list[int]:
    """The automations that a fact of this kind sets off, in their order. No query while the set-up stays as it is."""
    return while_unchanged(set_off_by, _by_fact).get(fact, [])


def has_promised() -> bool:
    """Does any look ahead to a promised date? No query while the set-up stays as it is."""
    return bool(while_unchanged(set_off_by, _by_fact).get(PROMISE))


def timed() -> list[Automation]:
    """Those that the clock sets off and that are on, in their order."""
    return list(Automation.objects.filter(is_on=True).exclude(occasion__startswith=f"{FACT}:"))


def ahead(automation: Automation, at: datetime) -> datetime:
    """The moment that is as far from this one as the automation says."""
    return due({automation.measure: automation.amount or 0}, at)


def begun_by(automation: Automation, at: datetime) -> datetime:
    """The latest beginning from which the time of the automation is over at this moment."""
    low, high = at - FARTHEST, at
    while high - low > timedelta(microseconds=1):
        middle = low + (high - low) / 2
        low, high = (middle, high) if ahead(automation, middle) <= at else (low, middle)
    return low


def _can_be_asked(condition: Mapping[str, Any]) -> bool:
    known = condition["field"] in vocabulary.known_fields() and condition["is"] in OPERATORS
    return known and is_whole(condition) and vocabulary.field(condition["field"]).takes(condition)


def _by_fact() -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for pk, occasion in Automation.objects.filter(is_on=True).values_list("pk", "occasion"):
        kind, _colon, key = occasion.partition(":")
        found.setdefault(key if kind == FACT else kind, []).append(pk)
    return found
