"""Tags about complaints that several doors use."""

from __future__ import annotations

from django import template
from django.utils.functional import Promise

from shenava.complaints.models import FLAGS, Complaint, Priority
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
