"""Enclosures: files chosen with what is being written, kept until it is sent, so that nobody chooses twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from shenava.attachments import pending
from shenava.complaints.models import Complaint
from shenava.desk.forms.files import EnclosuresField


def take(request: Any, complaint: Complaint, noun: str, form: forms.Form) -> list[str]:
    """Take in the files that came with this form; what is refused is told at the field, and given."""
    field = form.fields.get("files")
    if not isinstance(field, EnclosuresField):
        return []
    problems = pending.take_pending(request, _mark(complaint, noun), by=request.party)
    field.refused = problems
    field.hold(pending.pending(request, _mark(complaint, noun)))
    return problems


def show(request: Any, complaint: Complaint, offers: Iterable[Mapping[str, Any]]) -> None:
    """Put into the forms of a page what was chosen for them before; no query where nothing was."""
    for offer in offers:
        field = offer["form"].fields.get("files") if offer.get("form") else None
        if isinstance(field, EnclosuresField):
            field.hold(pending.pending(request, _mark(complaint, offer["deed"].noun)))


def forget(request: Any, complaint: Complaint, noun: str) -> None:
    """They have gone out, or lie with the note."""
    pending.forget(request, _mark(complaint, noun))


def _mark(complaint: Complaint, noun: str) -> str:
    """What is being written by this noun about this complaint, in this browser."""
    return f"{noun} {complaint.pk}"
