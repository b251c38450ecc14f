"""Columns: what a list and an export can show of a complaint, in the reader's words, calendar and digits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shenava.common.dates import digits, show_date_short, show_time
from shenava.complaints.models import (
    FLAGS,
    Complaint,
    IssueLine,
    Priority,
    Referral,
    ReferralKind,
    Severity,
)
from shenava.process import drawn
from shenava.ui.reader import Reader

Value = str | int | datetime | None


@dataclass(frozen=True)
class Column:
    """One column: how its value is taken from a complaint, and what has to be fetched for that beside the row.

    `language` chooses the words.
    """

    key: str
    label: Promise | str
    value: Callable[[Complaint, str], Value]
    is_code: bool = False
    beside: tuple[Prefetch[str] | str, ...] = ()


def _categories(complaint: Complaint, language: str, *, is_upper: bool = False) -> str:
    found = [line.category for line in complaint.issue_lines.all() if line.category]
    asked = [(category.parent or category) if is_upper else category for category in found]
    return "; ".join(dict.fromkeys(category.name(language) for category in asked))


def _flags(complaint: Complaint) -> str:
    return "; ".join(str(label) for name, label in FLAGS.items() if getattr(complaint, name))


def _bodies(complaint: Complaint) -> str:
    passed = [referral.to for referral in complaint.referrals.all() if referral.kind == ReferralKind.OUTSIDE]
    return "; ".join(dict.fromkeys(map(str, passed)))


LINES = Prefetch("issue_lines", IssueLine.objects.select_related("category__parent"))
REFERRALS = Prefetch("referrals", Referral.objects.select_related("to").order_by("pk"))
COLUMNS = {
    column.key: column
    for column in [
        Column("reference", _("Number"), lambda found, _in: found.reference, is_code=True),
        Column("title", _("Title"), lambda found, _in: found.title),
        Column("complainant", _("Complainant"), lambda found, _in: str(found.complainant)),
        Column("contact_group", _("Contact group"), lambda found, _in: found.complainant.get_contact_group_display()),
        Column("stage", _("Stage"),
               lambda found, language: drawn.stage_name(found.instance.version, found.stage, language)),
        Column("priority", _("Priority"),
               lambda found, _in: str(Priority(found.priority).label) if found.priority else ""),
        Column("due_at", _("Due"), lambda found, _in: found.due_at),
        Column("owner", _("Holder"), lambda found, _in: str(found.owner)),
        Column("unit", _("Unit"), lambda found, _in: str(found.unit) if found.unit else ""),
        Column("received_at", _("Received"), lambda found, _in: found.received_at),
        Column("record_type", _("Kind of record"), lambda found, _in: found.get_record_type_display()),
        Column("channel", _("Received by"), lambda found, _in: found.get_channel_display()),
        Column("subject", _("About"), lambda found, _in: found.get_subject_display()),
        Column("about_staff", _("Staff matter"), lambda found, _in: gettext("yes") if found.is_about_staff else "",
               beside=("named",)),
        Column("upper_category", _("Main category"),
               lambda found, language: _categories(found, language, is_upper=True), beside=(LINES,)),
        Column("category", _("Category"), _categories, beside=(LINES,)),
        Column("severity", _("Severity"),
               lambda found, _in: str(Severity(found.severity).label) if found.severity else ""),
        Column("flags", _("Flags"), lambda found, _in: _flags(found)),
        Column("source", _("Through whom"), lambda found, _in: found.get_source_display()),
        Column("body", _("External body"), lambda found, _in: _bodies(found), beside=(REFERRALS,)),
        Column("questioned_at", _("Complainant asked"), lambda found, _in: found.questioned_at),
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
DEFAULT = ("reference", "title", "complainant", "stage", "priority", "due_at", "owner", "received_at")


@dataclass(frozen=True)
class Cell:
    """One value as a reader reads it."""

    column: Column
    text: str


def chosen(keys: Iterable[str]) -> list[Column]:
    """The columns of these keys in their order; the usual ones where there are none."""
    return [COLUMNS[key] for key in keys if key in COLUMNS] or [COLUMNS[key] for key in DEFAULT]


def gathered(shown: Iterable[Column]) -> QuerySet[Complaint]:
    """How the complaints of one page are read, once it is known which they are: with what the columns need beside
    the row, each thing in one query, whatever their number."""
    return Complaint.objects.for_list().prefetch_related(
        *dict.fromkeys(one for column in shown for one in column.beside)
    )


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
