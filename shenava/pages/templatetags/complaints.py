"""Tags about complaints that several doors use."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import islice

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shenava.complaints.columns import COLUMNS, Cell
from shenava.complaints.models import FLAGS, Complaint, Priority
from shenava.pages.excerpts import Piece
from shenava.process import drawn
from shenava.process.models import WorkItem
from shenava.ui.reader import current_reader

register = template.Library()


@register.simple_tag
def stage(complaint: Complaint) -> str:
    """The name of the stage a complaint is in, as its process calls it in the reader's language."""
    return drawn.stage_name(complaint.instance.version, complaint.stage, current_reader().language)


@register.simple_tag
def step(item: WorkItem) -> str:
    """The name of a step of the process that a work item is."""
    assert item.instance is not None, "a step belongs to a run"
    return drawn.stage_name(item.instance.version, item.node, current_reader().language)


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
    return _of_column(cell.column.key, escape(cell.text))


def _of_column(key: str, text: SafeString) -> SafeString:
    return mark_safe(f'{_told(key, get_language() or "en")}{"" if text else " data-empty"} title="{text}"')


@lru_cache(maxsize=1000)
def _told(key: str, language: str) -> SafeString:
    """Which column it is, in the reader's language: asked of every cell of every list."""
    way = mark_safe(' dir="auto"' if key == "title" else "")
    return format_html(' data-column="{}" data-label="{}"{}', key, COLUMNS[key].label, way)


@register.simple_tag
def cells(line: Iterable[Cell], complaint: Complaint) -> SafeString:
    """The cells of a line of the list but for its first, which leads to the complaint.

    Every text is escaped here, once; what is put together from it below is markup of our own. A page has hundreds
    of cells, and `format_html` around each of them took a fifth of its time.
    """
    shown = []
    for cell in islice(line, 1, None):
        text = escape(cell.text)
        shown.append(f"<td{_of_column(cell.column.key, text)}>{_within(cell, text, complaint)}</td>")
    return mark_safe("".join(shown))


def _within(cell: Cell, text: SafeString, complaint: Complaint) -> SafeString:
    if cell.column.key == "priority":
        return format_html('<span class="cluster">{}</span>', urgent(complaint))
    if cell.column.key == "title":
        return text
    return mark_safe(f'<bdi class="code" dir="ltr">{text}</bdi>' if cell.column.is_code else f"<bdi>{text}</bdi>")


@register.simple_tag
def marks(pieces: Iterable[Piece]) -> SafeString:
    """A text in pieces, escaped, those marked that were looked for."""
    shown = (format_html("<mark>{}</mark>" if piece.is_marked else "{}", piece.text) for piece in pieces)
    return format_html_join("", "{}", ((one,) for one in shown))
