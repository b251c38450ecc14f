"""Processes: the ways in which complaints may be handled, and which of them new ones follow."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shenava.desk.access import administrators_only
from shenava.process import actions, publishing
from shenava.process.models import Process
from shenava.ui import notices
from shenava.ui.reader import reader_of


@require_safe
@administrators_only
def show(request: Any) -> HttpResponse:
    """All of them, each with its steps."""
    language = reader_of(request).language
    shown = [
        {"process": process, "name": process.name(language), "steps": _steps(process, language)}
        for process in Process.objects.select_related("current_version").order_by("-is_chosen", "pk")
    ]
    return render(request, "desk/processes.html", {"processes": shown})


@require_POST
@administrators_only
def choose(request: Any, pk: int) -> HttpResponse:
    """Let new complaints follow this one."""
    process = get_object_or_404(Process, pk=pk, current_version__isnull=False)
    actions.choose_process(process, by=request.party)
    notices.done(request, _("New complaints follow this process from now on."))
    return redirect("desk:processes")


def _steps(process: Process, language: str) -> list[str]:
    if process.current_version is None:
        return []
    nodes = publishing.graph_of(process.current_version).nodes.values()
    shown = [node for node in nodes if node.kind in ("stage", "task") and node.key != "draft"]
    return [node.name(language) for node in shown]
