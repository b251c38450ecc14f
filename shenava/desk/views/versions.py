"""Versions of a process: who published which and when, what follows each, and what differs between two."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from shenava.desk.access import administrators_only
from shenava.desk.drawn_words import DrawnWords, differences
from shenava.process.comparing import compared
from shenava.process.kernel import sketch
from shenava.process.models import Process, ProcessVersion
from shenava.ui.reader import reader_of

LATEST = 100


@require_safe
@administrators_only
def show(request: Any, process: str) -> HttpResponse:
    """Every version, the latest first, and how many open complaints follow it."""
    drawn = get_object_or_404(Process, key=process)
    is_open = Q(instances__ended_at__isnull=True, instances__complaint__isnull=False)
    versions = drawn.versions.select_related("published_by").annotate(open=Count("instances", filter=is_open))
    context = {"versions": versions.order_by("-number")[:LATEST], **named(request, drawn)}
    return render(request, "desk/process_versions.html", context)


@require_safe
@administrators_only
def diff(request: Any, process: str) -> HttpResponse:
    """What differs between two versions, step by step; without a choice, between the last two."""
    drawn = get_object_or_404(Process, key=process)
    versions = list(drawn.versions.defer("graph").order_by("-number")[:LATEST])
    last = [one.number for one in versions] or [0]
    old = version_of(drawn, request.GET.get("from", str(last[:2][-1])))
    new = version_of(drawn, request.GET.get("to", str(last[0])))
    before, after = DrawnWords(sketch(old.graph)), DrawnWords(sketch(new.graph))
    found = compared(before.graph, after.graph)
    context = {
        "versions": versions, "old": old, "new": new, "found": found,
        "added": [after.name_of(node) for node in found.added],
        "removed": [before.name_of(node) for node in found.removed],
        "changed": [(after.name_of(one.after), differences(one, before, after)) for one in found.changed],
    }  # fmt: skip
    return render(request, "desk/process_diff.html", context | named(request, drawn))


def version_of(process: Process, number: str) -> ProcessVersion:
    """A version by its number; there may be none."""
    if not (number.isascii() and number.isdigit() and len(number) < 9):
        raise Http404
    return get_object_or_404(process.versions.select_related("process"), number=int(number))


def named(request: Any, process: Process) -> dict[str, Any]:
    """The process and what it is called."""
    return {"process": process, "name": process.name(reader_of(request).language)}
