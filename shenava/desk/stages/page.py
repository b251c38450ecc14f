"""The page on which a process is written: its stages, what is wrong with each, and how it has been before."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from shenava.desk.stages.faults import notes_of
from shenava.desk.stages.showing import Row, Showing
from shenava.pages.diagram import Mark
from shenava.process import kernel, publishing
from shenava.process.models import ProcessVersion
from shenava.process.stages import Form, content_of
from shenava.ui.reader import reader_of


def shown(
    request: Any, draft: ProcessVersion, form: Form | None, *, is_unsaved: bool = False, look_at: str = ""
) -> HttpResponse:
    """The page, or its part that changes; for reading only where the graph is no list of stages."""
    is_part = request.headers.get("HX-Request") == "true"
    context: dict[str, Any] = {"draft": draft, "is_unsaved": is_unsaved, "look_at": look_at}
    context["mark"] = request.POST.get("instead_of", draft.sha256)
    language = reader_of(request).language
    context["name"] = draft.process.name(language)
    context |= _stages(form, language) if form else _drawn(draft.graph)
    if not is_part:
        versions = draft.process.versions.exclude(pk=draft.pk).select_related("published_by")
        context["versions"] = versions.order_by("-number")[:50]
    return render(request, "desk/process_draft.html#sheet" if is_part else "desk/process_draft.html", context)


def _stages(form: Form, language: str) -> dict[str, Any]:
    """Everything that is told of a list of stages."""
    content, showing = content_of(form), Showing(form, language)
    faults = publishing.faults_of(content)
    notes, rows = notes_of(faults, form, content, showing), showing.rows()
    for row in rows:
        row.notes = notes.pop(row.key, [])
    return {
        "rows": rows,
        "graph": _sketch(content),
        "marks": {row.key: _mark(row) for row in rows},
        "was": json.dumps(content, ensure_ascii=False),
        "names": showing.names("name", form.names),
        "anytime": showing.anytime(),
        "whole": [note for found in notes.values() for note in found],
        "faults": len(faults),
    }


def _drawn(graph: Any) -> dict[str, Any]:
    """What is told of a graph that is no list of stages."""
    return {"graph": _sketch(graph), "faults": len(publishing.faults_of(graph))}


def _mark(row: Row) -> Mark:
    """A step in the picture leads to what is said of it, and shows whether something is wrong there."""
    return Mark("late" if row.notes else "", " ".join(note.words for note in row.notes), href=f"#p-{row.key}")


def _sketch(content: Any) -> kernel.Graph | None:
    """What can be shown as a picture, if anything."""
    try:
        return kernel.sketch(content)
    except kernel.FaultyGraphError:
        return None
