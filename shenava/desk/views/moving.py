"""Moving open complaints to the version in force: first the plan, then the deed, then what became of each step."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shenava.desk.access import administrators_only
from shenava.desk.drawn_words import DrawnWords
from shenava.desk.forms.moving import NEW_ONLY, MoveForm
from shenava.desk.views.versions import named, version_of
from shenava.journal.actions import Refused
from shenava.process import migrating
from shenava.process.models import Migration, MigrationItem, Process, ProcessVersion
from shenava.process.planning import Plan, open_runs, plan_migration
from shenava.process.publishing import graph_of
from shenava.ui import notices
from shenava.ui.twins import once

LATEST = 20
NAMED = 100
"""So many of those that stay are named."""
RESULTS = MigrationItem.Result


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
@once
def move(request: Any, process: str) -> HttpResponse:
    """What would become of the open complaints of an earlier version, and letting them go over."""
    drawn = get_object_or_404(Process.objects.select_related("current_version"), key=process)
    asked = request.POST if request.method == "POST" else request.GET
    old = version_of(drawn, asked["from"]) if "from" in asked else _latest_left(drawn)
    if old is None or drawn.current_version is None or old == drawn.current_version:
        return render(request, "desk/moving.html", _context(request, drawn))
    words = DrawnWords(graph_of(old)), DrawnWords(graph_of(drawn.current_version))
    plan = plan_migration(old, drawn.current_version)
    form = MoveForm(request.POST or None, places=plan.places, old=words[0], new=words[1])
    if request.method == "POST" and form.is_valid():
        return _do(request, drawn, old, form)
    context = _context(request, drawn) | {"old": old, "form": form, **_told(plan, words[0])}
    return render(request, "desk/moving.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@administrators_only
def put_back(request: Any, process: str, pk: int) -> HttpResponse:
    """Put back those that have not moved on since."""
    migration = get_object_or_404(Migration.objects.select_related("to_version__process"), pk=pk)
    found = get_object_or_404(Process, key=process, pk=migration.to_version.process_id)
    try:
        migrating.revert_migration(found, migration=migration, by=request.party)
        notices.done(request, _("Those that have not moved on since are being put back."))
    except Refused as refused:
        notices.refused(request, refused.reason)
    return redirect("desk:move_runs", process)


def _do(request: Any, process: Process, old: ProcessVersion, form: MoveForm) -> HttpResponse:
    if form.cleaned_data["mode"] == NEW_ONLY:
        notices.done(request, _("Nothing was moved: open complaints keep their version."))
        return redirect("desk:process_versions", process.key)
    try:
        migrating.migrate_runs(
            process, old=old, mode=form.cleaned_data["mode"], mapping=form.mapping(), by=request.party
        )
        notices.done(request, _("The open complaints are going over. What becomes of them appears here."))
    except Refused as refused:
        notices.refused(request, refused.reason)
    return redirect("desk:move_runs", process.key)


def _latest_left(process: Process) -> ProcessVersion | None:
    """The latest version before the one in force that open complaints follow."""
    others = process.versions.exclude(pk=process.current_version_id or 0).filter(instances__ended_at__isnull=True)
    return others.filter(instances__isnull=False).order_by("-number").first()


def _told(plan: Plan, words: DrawnWords) -> dict[str, Any]:
    whys = dict(MigrationItem.Why.choices)
    return {
        "plan": plan,
        "places": [(words.name_of(place.node), place) for place in plan.places],
        "stays": [(words.name(node), whys[why], number) for (node, why), number in plan.stays.most_common()],
    }


def _context(request: Any, process: Process) -> dict[str, Any]:
    versions = ("from_version", "to_version", "by", "reverted_by")
    latest = Migration.objects.select_related(*versions).filter(to_version__process=process).order_by("-pk")[:LATEST]
    moved = [(one, _counted(one)) for one in latest]
    open_ones = [one for one in process.versions.order_by("-number")[:LATEST] if open_runs(one).exists()]
    others = [one for one in open_ones if one.pk != process.current_version_id]
    is_moving = any(one.is_under_way for one, _counts in moved)
    return {"moved": moved, "others": others, "is_moving": is_moving, **named(request, process)}


def _counted(migration: Migration) -> dict[str, Any]:
    """How many came to what, and why those stay that do: first all, then by reason."""
    counts, whys = migration.counts(), dict(MigrationItem.Why.choices)
    left = migration.items.exclude(why="")
    reasons = dict(left.order_by().values_list("why").annotate(number=Count("pk")))
    numbers = left.order_by("pk").values_list("instance__complaint__reference", flat=True)
    waiting = counts.get(RESULTS.MOVED if migration.reverted_at else RESULTS.WAITING, 0)
    return {
        "results": [(dict(RESULTS.choices)[key], counts[key]) for key in RESULTS.values if counts.get(key)],
        "reasons": [(whys[key], number) for key, number in reasons.items()],
        "numbers": [one for one in numbers[:NAMED] if one],
        "total": sum(counts.values()), "done": sum(counts.values()) - waiting,
        "may_put_back": not migration.reverted_at and not migration.is_under_way and counts.get(RESULTS.MOVED, 0),
    }  # fmt: skip
