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
