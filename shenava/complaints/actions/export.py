"""Asking for an export, and cancelling it: a room of its own, for it is about no single complaint and moves none on."""

from __future__ import annotations

from dataclasses import dataclass

from procrastinate.contrib.django import app

from shenava.common import clock
from shenava.complaints import policy
from shenava.complaints.exporting import STREAM
from shenava.complaints.facts import ExportAsked, ExportCancelled
from shenava.complaints.filters import Filters
from shenava.complaints.models import Export
from shenava.journal.actions import Refused, Room, action_for
from shenava.journal.recording import record
from shenava.people.models import Party
from shenava.ui.reader import Reader

MOST_AT_ONCE = 3
ROOM = Room("exports", may=policy.may_export)
action = action_for(ROOM)


@dataclass(frozen=True)
class Wish:
    """Which complaints, in which order and columns, as which file, for a reader of which language."""

    form: str
    filters: Filters
    order: tuple[str, ...]
    columns: tuple[str, ...]
    reader: Reader
    name: str = ""


@action(creates=True)
def ask_for_export(*, wish: Wish, by: Party) -> Export:
    """Have a list written into a file, as far as who asks may see it; the audit knows that it was asked for."""
    if Export.objects.unfinished().filter(party=by).count() >= MOST_AT_ONCE:
        raise Refused(policy.TOO_MANY_EXPORTS, "ask_for_export")
    now, reader = clock.now(), wish.reader
    export = Export.objects.create(
        party=by, form=wish.form, name=wish.name, filters=wish.filters.as_json(), order=list(wish.order),
        columns=list(wish.columns), language=reader.language, calendar=reader.calendar, time_zone=reader.time_zone,
        asked_at=now, moved_at=now,
    )  # fmt: skip
    record(STREAM, ExportAsked(export=export.pk, form=export.form), by=by)
    app.configure_task("complaints.export", queue="follow").defer(export_id=export.pk)
    return export


@action
def cancel_export(export: Export, *, by: Party) -> Export:
    """Stop an export that is not wanted any more: its writer ends at the next page, and no file remains."""
    export.cancelled_at = clock.now()
    export.save(update_fields=["cancelled_at"])
    record(STREAM, ExportCancelled(export=export.pk), by=by)
    return export
