"""Facts of the process room: which definition came into force when."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from shenava.journal.facts import Fact, fact


@fact("process.published", 1)
@dataclass(frozen=True)
class Published(Fact):
    process_version: int
    number: int
    icon = "workflow"
    sentence = _("{by} published version {number} of this process. New complaints follow it.")


@fact("process.chosen", 1)
@dataclass(frozen=True)
class Chosen(Fact):
    icon = "workflow"
    sentence = _("{by} chose this process for new complaints.")


@fact("process.carried_over", 1)
@dataclass(frozen=True)
class CarriedOver(Fact):
    process_version: int
    number: int
    runs: int
    icon = "workflow"
    sentence = _("{runs} complaints under way follow version {number} of this process, too.")
