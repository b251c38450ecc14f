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


@fact("process.drafted", 1)
@dataclass(frozen=True)
class Drafted(Fact):
    process_version: int
    like: int
    icon = "pencil-line"
    sentence = _("{by} began a draft of this process. No complaint follows it yet.")


@fact("process.imported", 1)
@dataclass(frozen=True)
class Imported(Fact):
    process_version: int
    icon = "file-up"
    sentence = _("{by} took a draft of this process from a file. No complaint follows it yet.")


@fact("process.draft_saved", 1)
@dataclass(frozen=True)
class DraftSaved(Fact):
    process_version: int
    icon = "pencil-line"
    sentence = _("{by} changed the draft of this process.")


@fact("process.draft_dropped", 1)
@dataclass(frozen=True)
class DraftDropped(Fact):
    process_version: int
    icon = "pencil-line"
    sentence = _("{by} gave up the draft of this process, which no complaint ever followed.")


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


@fact("process.moved_open_ones", 1)
@dataclass(frozen=True)
class MovedOpenOnes(Fact):
    migration: int
    number: int
    runs: int
    icon = "move-right"
    sentence = _("{by} had {runs} open complaints looked at, to let them go on by version {number}.")


@fact("process.put_back", 1)
@dataclass(frozen=True)
class PutBack(Fact):
    migration: int
    number: int
    icon = "undo-2"
    sentence = _("{by} had complaints put back to version {number}, unless they have moved on since.")


@fact("process.table_saved", 1)
@dataclass(frozen=True)
class TableSaved(Fact):
    table_version: int
    number: int
    icon = "table"
    sentence = _("{by} wrote version {number} of this decision table. It decides nothing yet.")


@fact("process.table_published", 1)
@dataclass(frozen=True)
class TablePublished(Fact):
    table_version: int
    number: int
    icon = "table"
    sentence = _("{by} put version {number} of this decision table into force.")


@fact("process.table_dropped", 1)
@dataclass(frozen=True)
class TableDropped(Fact):
    number: int
    icon = "table"
    sentence = _("{by} gave up version {number} of this decision table, which was never in force.")


@fact("process.automation_added", 1)
@dataclass(frozen=True)
class AutomationAdded(Fact):
    automation: int
    icon = "zap"
    sentence = _("{by} wrote this automation. It does nothing yet.")


@fact("process.automation_changed", 1)
@dataclass(frozen=True)
class AutomationChanged(Fact):
    automation: int
    icon = "zap"
    sentence = _("{by} changed this automation.")


@fact("process.automation_switched_on", 1)
@dataclass(frozen=True)
class AutomationSwitchedOn(Fact):
    automation: int
    icon = "zap"
    sentence = _("{by} switched this automation on.")


@fact("process.automation_switched_off", 1)
@dataclass(frozen=True)
class AutomationSwitchedOff(Fact):
    automation: int
    icon = "zap-off"
    sentence = _("{by} switched this automation off.")


@fact("process.automation_paused", 1)
@dataclass(frozen=True)
class AutomationPaused(Fact):
    automation: int
    budget: int
    icon = "octagon-alert"
    sentence = _("This automation was stopped: it was set off {budget} times within an hour.")
