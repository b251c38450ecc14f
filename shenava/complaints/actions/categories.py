"""Categories as an administrator keeps them. What was chosen once stays readable for ever."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from shenava.common.once import told_if_taken
from shenava.complaints.facts_of_categories import (
    CategoryAdded,
    CategoryChanged,
    CategoryRestored,
    CategoryRetired,
    CompetenceSet,
)
from shenava.complaints.models import Category, Competence
from shenava.journal.actions import ALLOWED, Room, Verdict, action_for
from shenava.journal.recording import record
from shenava.people.models import Party, Role
from shenava.people.standing import standing_of

STREAM = "settings"
TAKEN = _("This code is taken.")
NOT_YOURS = Verdict(_("Only an administrator may do this."))


def may(by: Party, verb: str, subject: object) -> Verdict:
    """Administrators keep the taxonomy."""
    return ALLOWED if standing_of(by).has(Role.ADMINISTRATOR) else NOT_YOURS


ROOM = Room("taxonomy", may=may)
action = action_for(ROOM)


@action(creates=True)
def set_competence(*, of: Party, categories: Iterable[Category], languages: Iterable[str], by: Party) -> Competence:
    """Write down what somebody knows about, and in which languages. A category of the upper level covers all below."""
    competence, _is_new = Competence.objects.get_or_create(party=of)
    competence.languages = sorted(languages)
    competence.save(update_fields=["languages"])
    competence.categories.set(categories)
    record(STREAM, CompetenceSet(of=of.pk), by=by)
    return competence


@action(creates=True)
def add_category(
    *, code: str, names: dict[str, str], guide: dict[str, str], parent: Category | None, by: Party
) -> Category:
    """Add a category, above all or below another. Raises ValidationError where the code is taken."""
    last = Category.objects.filter(parent=parent).aggregate(last=Max("position"))["last"] or 0
    with told_if_taken(TAKEN, field="code"):
        category = Category.objects.create(code=code, names=names, guide=guide, parent=parent, position=last + 1)
    record(STREAM, CategoryAdded(category=category.pk), by=by)
    return category


@action
def change_category(category: Category, *, names: dict[str, str], guide: dict[str, str], by: Party) -> Category:
    """Name it better, or say what to ask about it. Its code stays."""
    category.names, category.guide = names, guide
    category.save(update_fields=["names", "guide"])
    record(STREAM, CategoryChanged(category=category.pk), by=by)
    return category


@action
def retire_category(category: Category, *, by: Party) -> Category:
    """Take it, and all below it, out of what can be chosen."""
    category.is_active = False
    category.save(update_fields=["is_active"])
    record(STREAM, CategoryRetired(category=category.pk), by=by)
    return category


@action
def restore_category(category: Category, *, by: Party) -> Category:
    """Let it be chosen again."""
    category.is_active = True
    category.save(update_fields=["is_active"])
    record(STREAM, CategoryRestored(category=category.pk), by=by)
    return category
