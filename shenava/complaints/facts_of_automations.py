"""Facts that only the program itself leaves: somebody was reminded, a priority was raised."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from shenava.complaints.models import Priority
from shenava.journal.facts import Fact, fact


@fact("complaint.reminded", 1)
@dataclass(frozen=True)
class Reminded(Fact):
    work_item: int
    to: int
    icon = "bell-ring"
    parties = ("to",)
    sentence = _("{by} reminded {to} of the complaint.")


@fact("complaint.priority_raised", 1)
@dataclass(frozen=True)
class PriorityRaised(Fact):
    priority: int
    icon = "chevrons-up"
    labels = {"priority": Priority}
    sentence = _("{by} raised the priority: {priority}.")
