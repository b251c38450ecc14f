"""What an administrator does with decision tables. What a table has decided stands; what it says now is for what comes.

A table is written as a draft, which decides nothing, and published as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shenava.common import clock
from shenava.journal.actions import ALLOWED, Room, Verdict, action_for
from shenava.journal.recording import record
from shenava.people.models import Party, Role
from shenava.people.standing import standing_of
from shenava.process.deciding import analysis_of, check, digest
from shenava.process.facts import TableDropped, TablePublished, TableSaved
from shenava.process.models import DecisionTable, TableVersion
from shenava.process.questions import Question, question

NOT_YOURS = Verdict(_("Only an administrator may do this."))
NO_DRAFT = _("There is no draft of this table.")
FAULTY = _("This table cannot be put into force yet: see what is marked.")
LEAVES_OUT = _("This table has to have an answer for everything: see what it leaves out.")
MEANWHILE = _("Somebody else changed this table meanwhile. What you see now is theirs; yours was not saved.")
MOST_ROWS = 300
TOO_LONG = _("A table has at most 300 rows.")


def may(by: Party, verb: str, subject: object) -> Verdict:
    """Administrators write the rules."""
    return ALLOWED if verb in MENU and standing_of(by).has(Role.ADMINISTRATOR) else NOT_YOURS


ROOM = Room("rules", may=may)
action = action_for(ROOM)
MENU = ROOM.menu


@action(creates=True)
def save_table(*, of: Question, content: Mapping[str, Any], instead_of: str | None = None, by: Party) -> TableVersion:
    """Keep a table as a draft. It may have faults still; nothing is decided by it.

    `instead_of` is the mark of the draft that was read before, empty for none: if it is another by now, somebody else
    has written, and this is refused with a ValidationError.
    """
    if len(content["rows"]) > MOST_ROWS:
        raise ValidationError(TOO_LONG)
    table = _locked(of.key)
    draft = table.versions.filter(state=TableVersion.State.DRAFT).first()
    if instead_of is not None and instead_of != (draft.sha256 if draft else ""):
        raise ValidationError(MEANWHILE)
    draft = draft or TableVersion(table=table, number=table.versions.count() + 1)
    draft.content, draft.sha256, draft.saved_at, draft.saved_by = content, digest(content), clock.now(), by
    draft.save()
    record(table, TableSaved(table_version=draft.pk, number=draft.number), by=by)
    return draft


@action
def publish_table(table: DecisionTable, *, by: Party) -> TableVersion:
    """Put the draft into force, in place of what was; the old version stays on record.

    Raises ValidationError where it has faults, or leaves out what has to be answered.
    """
    draft = table.versions.filter(state=TableVersion.State.DRAFT).first()
    asked = question(table.question)
    if draft is None or asked is None:
        raise ValidationError(NO_DRAFT)
    if check(asked, draft.content):
        raise ValidationError(FAULTY)
    if asked.must_answer and not _answers_all(asked, draft.content):
        raise ValidationError(LEAVES_OUT)
    table.versions.filter(state=TableVersion.State.PUBLISHED).update(state=TableVersion.State.RETIRED)
    draft.state, draft.published_at, draft.published_by = TableVersion.State.PUBLISHED, clock.now(), by
    draft.save()
    record(table, TablePublished(table_version=draft.pk, number=draft.number), by=by)
    return draft


@action
def drop_draft(table: DecisionTable, *, by: Party) -> DecisionTable:
    """Give up a draft; what is in force stays so."""
    draft = table.versions.filter(state=TableVersion.State.DRAFT).first()
    if draft is None:
        raise ValidationError(NO_DRAFT)
    number = draft.number
    draft.delete()
    record(table, TableDropped(number=number), by=by)
    return table


def _answers_all(asked: Question, content: Mapping[str, Any]) -> bool:
    found = analysis_of(asked, content)
    return found.is_whole and not found.gaps


def _locked(key: str) -> DecisionTable:
    DecisionTable.objects.get_or_create(question=key)
    return DecisionTable.objects.select_for_update(no_key=True).get(question=key)
