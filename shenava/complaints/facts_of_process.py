"""Facts of the process: steps that people finished, what went on by itself, and what had to be put right."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from shenava.journal.facts import Fact, fact
from shenava.process.models import Timer


@fact("complaint.step_finished", 1)
@dataclass(frozen=True)
class StepFinished(Fact):
    work_item: int
    icon = "list-checks"
    sentence = _("{by} finished a step of the process.")


@fact("complaint.went_on", 1)
@dataclass(frozen=True)
class WentOn(Fact):
    kind: str
    icon = "workflow"
    labels = {"kind": Timer.Kind}
    sentence = _("The process went on by itself: {kind}.")


@fact("complaint.step_retried", 1)
@dataclass(frozen=True)
class StepRetried(Fact):
    incident: int
    icon = "rotate-cw"
    sentence = _("{by} let the process try again what it could not do.")


@fact("complaint.step_moved", 1)
@dataclass(frozen=True)
class StepMoved(Fact):
    incident: int
    to: str
    icon = "move-right"
    sentence = _("{by} moved the process on by hand, where it could not go on by itself.")


@fact("complaint.step_left_out", 1)
@dataclass(frozen=True)
class StepLeftOut(Fact):
    incident: int
    icon = "skip-forward"
    sentence = _("{by} let the process do without what it could not do.")


@fact("complaint.went_over", 1)
@dataclass(frozen=True)
class WentOver(Fact):
    migration_item: int
    number: int
    icon = "workflow"
    sentence = _("{by} let the complaint go on by version {number} of the process. Its dates stay.")


@fact("complaint.came_back", 1)
@dataclass(frozen=True)
class CameBack(Fact):
    migration_item: int
    number: int
    icon = "undo-2"
    sentence = _("{by} put the complaint back to version {number} of the process. Its dates stay.")
