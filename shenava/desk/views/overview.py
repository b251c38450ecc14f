"""The manager's page: figures over everything within reach, each one a step from the list behind it."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from shenava.common import clock
from shenava.complaints.overview import Figure, Line, Overview, overview
from shenava.desk.access import needs
from shenava.people.models import Role
from shenava.process import drawn
from shenava.ui.reader import reader_of

WORDS = {
    # Translators: heads of columns of figures
    "late": pgettext_lazy("figures", "late"),
    "soon": pgettext_lazy("figures", "within two working days"),
    "work": pgettext_lazy("figures", "complaints"),
    "unseen": pgettext_lazy("figures", "unseen"),
    "undecided": pgettext_lazy("figures", "not accepted"),
    "working": pgettext_lazy("figures", "in work"),
    "assessed": pgettext_lazy("figures", "assessed today"),
    "open": pgettext_lazy("figures", "open"),
}


class Table(NamedTuple):
    """One table of figures with its bars; `rows` pairs each line with its linked figures."""

    title: Promise | str
    empty: Promise | str
    heads: list[tuple[str, Promise | str]]
    rows: list[tuple[Line, list[tuple[Figure, str]], list[tuple[str, int]]]]
    most: int


@require_safe
@needs(Role.COMPLAINTS_MANAGER, Role.AUDITOR)
def show(request: Any) -> HttpResponse:
    """What is late or will be, who has too much, where complaints wait, what came today."""
    now, zone = clock.now(), ZoneInfo(timezone.get_current_timezone_name())
    found = overview(request.standing, now=now, zone=zone)
    context = {"tables": _tables(found), "today": timezone.localdate(now)}
    context |= {"boards": drawn.process_choices(reader_of(request).language)}
    context |= {"may_hand_over": request.standing.has(Role.COMPLAINTS_MANAGER)}
    return render(request, "desk/overview.html", context)


def _tables(found: Overview) -> list[Table]:
    due, nothing_late = ("late", "soon"), _("Nothing is late or about to be.")
    flags = ("assessed", "open")
    waits, no_work = ("unseen", "undecided", "working"), _("No work is open.")
    return [
        _table(_("Safety, legal and media flags"), _("Nothing that is open is flagged."), flags, found.flags),
        _table(_("Late or soon late, by unit"), nothing_late, due, found.due_by_unit),
        _table(_("Late or soon late, by person"), nothing_late, due, found.due_by_person),
        _table(_("Open work, by person"), no_work, ("work",), found.work_by_person),
        _table(_("Where complaints wait, by unit"), no_work, waits, found.waiting_by_unit),
        _table(_("Registered today, by channel"), _("Nothing was registered today."), ("work",), found.registered),
    ]


def _table(title: Promise, empty: Promise, keys: tuple[str, ...], lines: list[Line]) -> Table:
    rows = [
        (
            line,
            [(one, _list_behind(one)) for one in line.figures],
            [(one.key, one.number) for one in line.figures if one.is_drawn],
        )
        for line in lines
    ]
    return Table(
        title, empty, [(key, WORDS[key]) for key in keys], rows, max((line.whole for line in lines), default=0)
    )


def _list_behind(figure: Figure) -> str:
    return f"{reverse('desk:list')}?{urlencode(figure.asks)}"
