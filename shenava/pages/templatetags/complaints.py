"""Tags about complaints that several doors use."""

from __future__ import annotations

from django import template

from shenava.complaints.models import Complaint
from shenava.process import runs
from shenava.ui.reader import current_reader

register = template.Library()


@register.simple_tag
def stage(complaint: Complaint) -> str:
    """The name of the stage a complaint is in, as its process calls it in the reader's language."""
    return runs.stage_name(complaint.instance.version, complaint.stage, current_reader().language)
