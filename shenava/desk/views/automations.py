"""Automations: when something is the case, if conditions hold, the program does a verb; written, tried, switched on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shenava.common.paging import page_by_key
from shenava.complaints.automation_trial import try_on
from shenava.complaints.models import Complaint
from shenava.desk import automating
from shenava.desk.access import administrators_only
from shenava.journal import wording
from shenava.journal.models import Entry
from shenava.process import automation_actions as actions
from shenava.process.automations import Plan, examples
from shenava.process.models import Automation, Firing
from shenava.ui import notices
from shenava.ui.reader import reader_of

PAGE, LATEST = 50, 20
EMPTY = Plan(names={}, occasion="", deed="")
SWITCHES: dict[str, tuple[Callable[..., Automation], Promise]] = {
    "on": (actions.switch_on, gettext_lazy("The automation is on.")),
    "off": (actions.switch_off, gettext_lazy("The automation is off.")),
}


@require_safe
@administrators_only
def automations(request: Any) -> HttpResponse:
    """Every automation in words, and some to begin with where there is none."""
    language = reader_of(request).language
    found = [(one, one.name(language), automating.told(one)) for one in Automation.objects.all()]
    offered = [] if found else [(_named(plan, language), automating.told(plan)) for plan in examples()]
    return render(request, "desk/automations.html", {"automations": found, "offered": offered})


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def new_automation(request: Any) -> HttpResponse:
    """Write another one."""
    plan = automating.read(request.POST) if request.method == "POST" else EMPTY
    if request.POST.get("do") == "save":
        return _save(request, None, plan)
    return _page(request, None, plan)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def automation(request: Any, pk: int) -> HttpResponse:
    """One automation: what it says, what it has done, who changed it. Everything but saving only shows it anew."""
    found = get_object_or_404(Automation, pk=pk)
    plan = automating.read(request.POST) if request.method == "POST" else actions.plan_of(found)
    if request.POST.get("do") == "save":
        return _save(request, found, plan)
    return _page(request, found, plan)


@require_POST
@administrators_only
def take_example(request: Any, place: int) -> HttpResponse:
    """Begin with one that was delivered. It is off."""
    offered = examples()
    if place >= len(offered):
        raise Http404
    found = actions.add_automation(plan=offered[place], by=request.party)
    notices.done(request, _("It is yours now, and off. Change it as you like, try it, and switch it on."))
    return redirect("desk:automation", pk=found.pk)


@require_safe
@administrators_only
def trial(request: Any, pk: int) -> HttpResponse:
    """What it would have done to the latest complaints."""
    found = get_object_or_404(Automation, pk=pk)
    context = {"automation": found, "name": found.name(reader_of(request).language), "told": automating.told(found)}
    return render(request, "desk/automation_trial.html", context | {"trial": try_on(found, request.standing)})


@require_safe
@administrators_only
def firings(request: Any, pk: int) -> HttpResponse:
    """Every time it was set off, the latest first."""
    found = get_object_or_404(Automation, pk=pk)
    page = page_by_key(found.firings.select_related("complaint"), after=request.GET.get("after"), size=PAGE)
    context = {"automation": found, "name": found.name(reader_of(request).language), "next": page.next_cursor}
    return render(request, "desk/firings.html", context | {"firings": _shown(request, page.items)})


@require_POST
@administrators_only
def switch(request: Any, pk: int, noun: str) -> HttpResponse:
    """Switch it on or off."""
    if noun not in SWITCHES:
        raise Http404
    (verb, said), found = SWITCHES[noun], get_object_or_404(Automation, pk=pk)
    try:
        verb(found, by=request.party)
        notices.done(request, said)
    except ValidationError as refused:
        notices.refused(request, " ".join(refused.messages))
    return redirect("desk:automation", pk=pk)


def _named(plan: Plan, language: str) -> str:
    return plan.names.get(language) or next(iter(plan.names.values()))


def _save(request: Any, found: Automation | None, plan: Plan) -> HttpResponse:
    rev = request.POST.get("rev", "")
    try:
        if found is None:
            found = actions.add_automation(plan=plan, by=request.party)
        else:
            read = int(rev) if rev.isdecimal() and len(rev) < 9 else 0
            found = actions.change_automation(found, plan=plan, rev=read, by=request.party)
    except ValidationError as refused:
        notices.refused(request, " ".join(refused.messages))
        return _page(request, found, plan, status=422)
    notices.done(request, _("The automation was kept. Try it, and switch it on."))
    return redirect("desk:automation", pk=found.pk)


def _page(request: Any, found: Automation | None, plan: Plan, status: int = 200) -> HttpResponse:
    is_part, reader = request.headers.get("HX-Request") == "true", reader_of(request)
    context = automating.form_of(plan) | {"automation": found, "is_looked": request.method == "POST"}
    if found is not None:
        context |= {"name": found.name(reader.language), "told": automating.told(found)}
        context["rev"] = request.POST.get("rev", found.rev)
    if found is not None and not is_part:
        entries = Entry.objects.filter(stream__name=found.journal_stream).order_by("-seq")[:LATEST]
        reading = wording.Reading(reader.language, reader.calendar, reader.time_zone)
        latest = found.firings.select_related("complaint").order_by("-pk")[:LATEST]
        context |= {"lines": wording.lines(entries, reading), "firings": _shown(request, list(latest))}
    name = "desk/automation.html#sheet" if is_part else "desk/automation.html"
    return render(request, name, context, status=status)


def _shown(request: Any, found: list[Firing]) -> list[dict[str, Any]]:
    """Firings with their reasons in the reader's language; a link where the reader may see the complaint."""
    pks = [one.complaint_id for one in found]
    seen = set(Complaint.objects.visible_to(request.standing).filter(pk__in=pks).values_list("pk", flat=True))
    reasons = {one.reason: _(one.reason) if one.reason else "" for one in found}
    return [
        {"firing": one, "reason": reasons[one.reason], "is_seen": one.complaint_id in seen} for one in found
    ]  # fmt: skip
