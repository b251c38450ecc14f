"""Tags about complaints that several doors use."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from shenava.complaints.models import FLAGS, Complaint, Priority
from shenava.pages.excerpts import Piece
from shenava.process import runs
from shenava.ui.reader import current_reader

register = template.Library()


@register.simple_tag
def stage(complaint: Complaint) -> str:
    """The name of the stage a complaint is in, as its process calls it in the reader's language."""
    return runs.stage_name(complaint.instance.version, complaint.stage, current_reader().language)


@register.filter
def priority(rank: int) -> str:
    """The name of a priority from 1 to 4."""
    return str(Priority(rank).label)


@register.filter
def flags(complaint: Complaint) -> list[Promise | str]:
    """The flags raised on a complaint, in words."""
    return [label for name, label in FLAGS.items() if getattr(complaint, name)]


@register.simple_tag
def marks(pieces: Iterable[Piece]) -> SafeString:
    """A text in pieces, escaped, those marked that were looked for."""
    shown = (format_html("<mark>{}</mark>" if piece.is_marked else "{}", piece.text) for piece in pieces)
    return format_html_join("", "{}", ((one,) for one in shown))
