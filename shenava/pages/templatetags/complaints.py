"""Tags about complaints that several doors use."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from shenava.complaints.columns import Cell
from shenava.complaints.models import FLAGS, Complaint, Priority
from shenava.pages.excerpts import Piece
from shenava.process import runs
from shenava.ui.reader import current_reader
from shenava.ui.templatetags.ui import code, person

register = template.Library()


@register.simple_tag
def stage(complaint: Complaint) -> str:
    """The name of the stage a complaint is in, as its process calls it in the reader's language."""
    return runs.stage_name(complaint.instance.version, complaint.stage, current_reader().language)


@register.filter
def priority(rank: int) -> str:
    """The name of a priority from 1 to 4."""
    return str(Priority(rank).label)


@register.simple_tag
def urgent(complaint: Complaint) -> SafeString:
    """What says how urgent it is: bars for its priority, and the flags raised on it."""
    raised = [(label,) for name, label in FLAGS.items() if getattr(complaint, name)]
    flags = format_html_join("", '<span class="status" data-hue="bad">{}</span>', raised)
    return format_html("{}{}", _bars(complaint.priority), flags) if complaint.priority else flags


def _bars(rank: int) -> SafeString:
    words = _("Priority: {priority}").format(priority=priority(rank))
    drawn = '<span class="bars" data-level="{}" role="img" aria-label="{}" title="{}"><i></i><i></i><i></i></span>'
    return format_html(drawn, rank, words, words)


@register.simple_tag
def of_column(cell: Cell) -> SafeString:
    """What a cell says of itself to the style sheet, and in full to whoever points at it."""
    way = mark_safe(' dir="auto"' if cell.column.key == "title" else "")
    empty = mark_safe("" if cell.text else " data-empty")
    told = ' data-column="{}" data-label="{}"{}{} title="{}"'
    return format_html(told, cell.column.key, cell.column.label, way, empty, cell.text)


@register.simple_tag
def cells(line: Iterable[Cell], complaint: Complaint) -> SafeString:
    """The cells of a line of the list but for its first, which leads to the complaint."""
    shown = ((of_column(cell), _cell(cell, complaint)) for cell in islice(line, 1, None))
    return format_html_join("", "<td{}>{}</td>", shown)


def _cell(cell: Cell, complaint: Complaint) -> SafeString | str:
    if cell.column.key == "priority":
        return format_html('<span class="cluster">{}</span>', urgent(complaint))
    if cell.column.key == "title":
        return cell.text
    return code(cell.text) if cell.column.is_code else person(cell.text)


@register.simple_tag
def marks(pieces: Iterable[Piece]) -> SafeString:
    """A text in pieces, escaped, those marked that were looked for."""
    shown = (format_html("<mark>{}</mark>" if piece.is_marked else "{}", piece.text) for piece in pieces)
    return format_html_join("", "{}", ((one,) for one in shown))
