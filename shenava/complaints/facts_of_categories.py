"""Facts of what complaints are about: the categories themselves, and what is filed under them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from shenava.journal.facts import Fact, fact


@fact("complaint.classified", 1)
@dataclass(frozen=True)
class Classified(Fact):
    issue_line: int
    category: int
    icon = "tag"
    sentence = _("{by} classified an issue line.")


@fact("complaint.routed", 1)
@dataclass(frozen=True)
class Routed(Fact):
    unit: int
    to: int
    icon = "split"
    parties = ("unit", "to")
    sentence = _("By the rules it belongs to {unit} now, and lies with {to}.")


@fact("settings.competence_set", 1)
@dataclass(frozen=True)
class CompetenceSet(Fact):
    of: int
    icon = "graduation-cap"
    parties = ("of",)
    sentence = _("{by} wrote down what {of} knows about, and in which languages.")


@fact("settings.category_added", 1)
@dataclass(frozen=True)
class CategoryAdded(Fact):
    category: int
    icon = "tag"
    sentence = _("{by} added a category.")


@fact("settings.category_changed", 1)
@dataclass(frozen=True)
class CategoryChanged(Fact):
    category: int
    icon = "tag"
    sentence = _("{by} changed a category.")


@fact("settings.category_retired", 1)
@dataclass(frozen=True)
class CategoryRetired(Fact):
    category: int
    icon = "tag"
    sentence = _("{by} retired a category.")


@fact("settings.category_restored", 1)
@dataclass(frozen=True)
class CategoryRestored(Fact):
    category: int
    icon = "tag"
    sentence = _("{by} restored a category.")
