"""The board of a process: its picture with what is open and late at each step, and where work waits the longest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shenava.common import clock
from shenava.common.dates import show_duration
from shenava.complaints.board import Heap, board
from shenava.desk.access import needs
from shenava.pages.diagram import CURRENT, LATE, Mark
from shenava.people.models import Role
from shenava.people.standing import Standing
from shenava.process import drawn, publishing
from shenava.process.models import Process
from shenava.ui.reader import reader_of


class Row(NamedTuple):
    """One step of the table under the picture: its name, what lies there, and the lists behind the numbers."""

    name: str
    heap: Heap
    waits: timedelta | None
    href: str
    late_href: str


@require_safe
@needs(Role.COMPLAINTS_MANAGER, Role.AUDITOR)
def show(request: Any, key: str) -> HttpResponse:
    """How much is open and late at each step, within this reader's reach."""
    known = Process.objects.select_related("current_version").filter(current_version__isnull=False)
    process, language = get_object_or_404(known, key=key), reader_of(request).language
    rows = list(_rows(request.standing, process, language))
    context = {
        "process": process,
        "name": process.name(language),
        "graph": publishing.graph_of(process.current_version),  # type: ignore[arg-type]
        "rows": rows,
        "marks": {row.heap.node: _mark(row, language) for row in rows},
        "others": drawn.process_choices(language),
    }
    return render(request, "desk/board.html", context)


def _rows(standing: Standing, process: Process, language: str) -> Iterator[Row]:
    names, now = dict(drawn.step_choices(language)), clock.now()
    for heap in board(standing, process, now=now):
        asks, late = _asks(process, heap)
        name = names.get(asks["step"], heap.node).partition(": ")[2] or heap.node
        yield Row(name, heap, now - heap.since if heap.since else None, _list(asks), _list(asks | late))


def _asks(process: Process, heap: Heap) -> tuple[dict[str, str], dict[str, str]]:
    return {"step": f"{process.key}:{heap.node}"}, {"step_late" if heap.is_beside else "late": "on"}


def _list(asks: dict[str, str]) -> str:
    return f"{reverse('desk:list')}?{urlencode(asks)}"


def _mark(row: Row, language: str) -> Mark:
    name = row.heap.longest.holder if row.heap.longest else _("with the complainant")
    time = show_duration(row.waits, language) if row.waits else ""
    longest = _("longest: {time}, {name}").format(time=time, name=name) if time else ""
    state = LATE if row.heap.late else CURRENT
    return Mark(state, longest, row.heap.open, row.heap.late, row.href, row.late_href if row.heap.late else "")
