"""Columns: what a list and an export can show of a complaint, in the reader's words, calendar and digits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shenava.common.dates import digits, show_date_short, show_time
from shenava.complaints.models import Complaint
from shenava.process import runs
from shenava.ui.reader import Reader

Value = str | int | datetime | None


@dataclass(frozen=True)
class Column:
    """One column: how its value is taken from a complaint. `language` chooses the words."""

    key: str
    label: Promise | str
    value: Callable[[Complaint, str], Value]
    is_code: bool = False


COLUMNS = {
    column.key: column
    for column in [
        Column("reference", _("Number"), lambda found, _in: found.reference, is_code=True),
        Column("title", _("Title"), lambda found, _in: found.title),
        Column("complainant", _("Complainant"), lambda found, _in: str(found.complainant)),
        Column("stage", _("Stage"),
               lambda found, language: runs.stage_name(found.instance.version, found.stage, language)),
        Column("due_at", _("Due"), lambda found, _in: found.due_at),
        Column("owner", _("Holder"), lambda found, _in: str(found.owner)),
        Column("unit", _("Unit"), lambda found, _in: str(found.unit) if found.unit else ""),
        Column("received_at", _("Received"), lambda found, _in: found.received_at),
        Column("record_type", _("Kind of record"), lambda found, _in: found.get_record_type_display()),
        Column("channel", _("Received by"), lambda found, _in: found.get_channel_display()),
        Column("subject", _("About"), lambda found, _in: found.get_subject_display()),
        Column("product", _("Product"), lambda found, _in: found.product),
        Column("serial", _("Serial"), lambda found, _in: found.serial, is_code=True),
        Column("language", _("Language"), lambda found, _in: found.language, is_code=True),
        Column("responded_at", _("Answered"), lambda found, _in: found.responded_at),
        Column("closed_at", _("Closed"), lambda found, _in: found.closed_at),
        Column("closure_reason", _("Why it ended"),
               lambda found, _in: found.get_closure_reason_display() if found.closure_reason else ""),
        Column("reopened_count", _("Reopened"), lambda found, _in: found.reopened_count),
    ]
}  # fmt: skip
DEFAULT = ("reference", "title", "complainant", "stage", "due_at", "owner", "unit", "received_at")


@dataclass(frozen=True)
class Cell:
    """One value as a reader reads it."""

    column: Column
    text: str


def chosen(keys: Iterable[str]) -> list[Column]:
    """The columns of these keys in their order; the usual ones where there are none."""
    return [COLUMNS[key] for key in keys if key in COLUMNS] or [COLUMNS[key] for key in DEFAULT]


def cells(complaint: Complaint, shown: Iterable[Column], reader: Reader) -> list[Cell]:
    """A complaint's cells."""
    return [Cell(column, text_of(column.value(complaint, reader.language), reader)) for column in shown]


def text_of(value: Value, reader: Reader) -> str:
    """A value in the reader's calendar, time zone and digits."""
    if isinstance(value, datetime):
        day = value.astimezone(ZoneInfo(reader.time_zone)).date()
        shown = show_date_short(day, calendar=reader.calendar, language=reader.language)
        return f"{shown} {show_time(value, language=reader.language, time_zone=reader.time_zone)}"
    return digits(value, reader.language) if isinstance(value, int) else value or ""
