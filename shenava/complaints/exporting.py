"""Exporting: an export is written page by page, read only by who asked, and gone after some days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from tempfile import TemporaryFile
from typing import BinaryIO
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.expressions import RawSQL
from django.utils import translation

from shenava.attachments.store import discard, take_in
from shenava.common import clock
from shenava.common.dates import show_date_short, show_time
from shenava.common.paging import page_by_key
from shenava.complaints import columns
from shenava.complaints.columns import Value
from shenava.complaints.facts import ExportMade
from shenava.complaints.filters import Filters
from shenava.complaints.models import Complaint, Export
from shenava.complaints.sheets import SHEETS, Sheet
from shenava.journal.recording import record
from shenava.people.parties import system_party
from shenava.people.standing import Standing, standing_of
from shenava.ui.reader import Reader

STREAM = "exports"
PAGE = 1_000
KEPT = timedelta(days=7)
STUCK = timedelta(hours=1)


class StoppedError(Exception):
    """The export that is being written is not wanted any more."""


def make(export_id: int) -> None:
    """Write an export. Safe to run twice: what has ended stays as it is; what fails says so and ends."""
    export = Export.objects.unfinished().select_related("party__user").filter(pk=export_id).first()
    if export is None:
        return
    try:
        with TemporaryFile() as file:
            written = _write(export, file)
            file.seek(0)
            _hand_over(export, file, written)
    except StoppedError:
        return
    except Exception:
        Export.objects.unfinished().filter(pk=export_id).update(failed_at=clock.now())
        raise


def is_readable(export: Export, standing: Standing) -> bool:
    """May this reader still see every complaint that is in his export?"""
    listed = RawSQL("SELECT unnest(complaints) FROM complaints_export WHERE id = %s", [export.pk])
    seen = Complaint.objects.visible_to(standing).filter(pk=OuterRef("pk"))
    hidden = Complaint.objects.filter(~Exists(seen), pk__in=listed)
    return export.party_id == standing.party_id and not hidden.exists()


def exports_of(standing: Standing) -> list[Export]:
    """One's own exports that are still kept, the latest first."""
    own = Export.objects.filter(party_id=standing.party_id, asked_at__gt=clock.now() - KEPT)
    return list(own.defer("complaints").select_related("file").order_by("-asked_at", "-pk")[:50])


def tidy() -> None:
    """Files are gone after some days; what was left behind by a worker that died is told as failed."""
    now = clock.now()
    Export.objects.unfinished().filter(moved_at__lt=now - STUCK).update(failed_at=now)
    for export in Export.objects.filter(asked_at__lt=now - KEPT).defer("complaints").select_related("file")[:500]:
        with transaction.atomic():
            export.delete()
            if export.file is not None:
                discard(export.file)


def _write(export: Export, file: BinaryIO) -> list[int]:
    """All lines into the file; the numbers of the complaints in it."""
    reader = Reader(export.language, export.calendar, export.time_zone)
    shown = columns.chosen(export.columns)
    written: list[int] = []
    with translation.override(export.language):
        heads = [str(column.label) for column in shown]
        sheet: Sheet = SHEETS[export.form](file, heads, is_rtl=reader.direction == "rtl")
        for page in _pages(export):
            for complaint in page:
                sheet.line([_value(column.value(complaint, reader.language), reader) for column in shown])
            written += [complaint.pk for complaint in page]
            _goes_on(export, written=len(written))
        sheet.close()
    return written


def _goes_on(export: Export, **so_far: int) -> None:
    """Tell how far it is, unless it was cancelled or given up meanwhile."""
    if not Export.objects.unfinished().filter(pk=export.pk).update(**so_far, moved_at=clock.now()):
        raise StoppedError


def _pages(export: Export) -> Iterator[list[Complaint]]:
    filters, standing = Filters.from_json(export.filters), standing_of(export.party)
    rows = filters.rows(standing, now=clock.now(), time_zone=export.time_zone)
    _goes_on(export, whole=rows.count())
    shown = columns.gathered(columns.chosen(export.columns))
    after: str | None = ""
    while after is not None:
        page = page_by_key(rows, order=tuple(export.order), after=after, size=PAGE, shown=shown)
        yield page.items
        after = page.next_cursor


def _hand_over(export: Export, file: BinaryIO, written: list[int]) -> None:
    with transaction.atomic():
        stored = take_in(file, name=_name(export), by=export.party, limit=0)
        done = {"file": stored, "finished_at": clock.now(), "complaints": written, "written": len(written)}
        if Export.objects.unfinished().filter(pk=export.pk).update(**done):
            record(STREAM, ExportMade(export=export.pk, lines=len(written)), by=system_party())
        else:
            discard(stored)


def _name(export: Export) -> str:
    day = export.asked_at.astimezone(ZoneInfo(export.time_zone)).date()
    shown = show_date_short(day, calendar=export.calendar, language="en").replace("/", "-")
    return f"{export.name or 'complaints'} {shown}.{export.form}"


def _value(value: Value, reader: Reader) -> Value:
    """As it stands in a cell: a moment by the reader's wall clock, in words where spreadsheets lack his calendar."""
    if not isinstance(value, datetime):
        return value
    local = value.astimezone(ZoneInfo(reader.time_zone))
    if reader.calendar == "gregorian":
        return local.replace(tzinfo=None)
    day = show_date_short(local.date(), calendar=reader.calendar, language="en")
    return f"{day} {show_time(value, language='en', time_zone=reader.time_zone)}"
