"""Processes: the ways in which complaints may be handled, and which of them new ones follow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shenava.desk.access import administrators_only
from shenava.people.models import Role
from shenava.process import actions, publishing
from shenava.process.kernel import Graph
from shenava.process.models import Process, ProcessVersion
from shenava.ui import notices
from shenava.ui.reader import reader_of

ROLES = dict(Role.choices)


@require_safe
@administrators_only
def show(request: Any) -> HttpResponse:
    """All of them, each with its steps."""
    language = reader_of(request).language
    drafts = dict(ProcessVersion.objects.filter(state=ProcessVersion.State.DRAFT).values_list("process_id", "pk"))
    shown = [
        {
            "process": process,
            "name": process.name(language),
            "graph": graph,
            "steps": _steps(graph, language),
            "is_drafted": process.pk in drafts,
        }
        for process, graph in _drawn()
        if graph or process.pk in drafts
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


class Step(NamedTuple):
    """A human step: its name, who normally does it, and whether it goes on beside the handling."""

    name: str
    role: str
    is_beside: bool


def _drawn() -> Iterator[tuple[Process, Graph | None]]:
    for process in Process.objects.select_related("current_version").order_by("-is_chosen", "pk"):
        yield process, publishing.graph_of(process.current_version) if process.current_version else None


def _steps(graph: Graph | None, language: str) -> list[Step]:
    return [
        Step(node.name(language), str(ROLES.get(node.role, "")), node.kind == "task")
        for node in (graph.in_order() if graph else ())
        if node.kind in ("stage", "task") and node.key != "draft"
    ]
