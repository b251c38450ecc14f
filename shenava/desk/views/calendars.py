"""Calendars and promises: when work is done, and by when an answer is promised."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shenava.common import clock
from shenava.common.dates import show_weekday
from shenava.complaints.models import RecordType
from shenava.deadlines import actions
from shenava.deadlines.hours_text import parse_hours, show_hours
from shenava.deadlines.models import Calendar, PromiseRule
from shenava.desk.access import administrators_only
from shenava.desk.forms.administration import CopyHolidaysForm, DayForm, HoursForm, PromiseForm
from shenava.ui import notices
from shenava.ui.reader import reader_of

MONDAY = date(2026, 11, 23).toordinal()
WEEK_BEGINS = {"fa": 5, "he": 6, "en": 0}


@require_safe
@administrators_only
def calendars(request: Any) -> HttpResponse:
    """All calendars and promises."""
    rules = PromiseRule.objects.filter(is_active=True).order_by("kind", "record_type", "severity")
    names = dict(RecordType.choices)
    told = [{"rule": rule, "record_type": names.get(rule.record_type, "")} for rule in rules]
    return render(request, "desk/calendars.html", {"calendars": Calendar.objects.all(), "rules": told})


@require_safe
@administrators_only
def calendar(request: Any, pk: int) -> HttpResponse:
    """One calendar: the week, and the days that differ."""
    return _page(request, get_object_or_404(Calendar, pk=pk))


@require_POST
@administrators_only
def hours(request: Any, pk: int) -> HttpResponse:
    """Set the working week."""
    found = get_object_or_404(Calendar, pk=pk)
    form = HoursForm(request.POST, weekdays=_weekdays(request))
    week = {}
    for number, _label in _weekdays(request):
        try:
            week[number] = parse_hours(request.POST.get(f"day{number}", "")[:200])
        except ValueError:
            form.add_error(f"day{number}", _("Write hours as 08:00-12:00, 13:00-17:00; leave empty for a free day."))
    if not form.is_valid():
        return _page(request, found, {"hours_form": form}, status=422)
    actions.set_hours(found, week=week, by=request.party)
    notices.done(request, _("Saved. Promises already made stand."))
    return redirect("desk:calendar", pk=pk)


@require_POST
@administrators_only
def day(request: Any, pk: int) -> HttpResponse:
    """A holiday, or a day with hours of its own."""
    found, form = get_object_or_404(Calendar, pk=pk), DayForm(request.POST)
    if form.is_valid():
        try:
            said = form.cleaned_data
            intervals = parse_hours(said["hours"])
            actions.set_day(found, day=said["date"], name=said["name"], intervals=intervals, by=request.party)
            return redirect("desk:calendar", pk=pk)
        except ValueError:
            form.add_error("hours", _("Write hours as 08:00-12:00, 13:00-17:00; leave empty for a free day."))
    return _page(request, found, {"day_form": form}, status=422)


@require_POST
@administrators_only
def remove_day(request: Any, pk: int, day: str) -> HttpResponse:
    """A day becomes like its weekday again."""
    found = get_object_or_404(Calendar, pk=pk)
    actions.remove_day(found, day=date.fromisoformat(day), by=request.party)
    return redirect("desk:calendar", pk=pk)


@require_POST
@administrators_only
def holidays(request: Any, pk: int) -> HttpResponse:
    """Copy public holidays into the calendar."""
    found, form = get_object_or_404(Calendar, pk=pk), CopyHolidaysForm(request.POST)
    if not form.is_valid():
        return _page(request, found, {"holidays_form": form}, status=422)
    count = actions.copy_holidays(found, **form.cleaned_data, by=request.party)
    notices.done(request, _("%(count)s days were added.") % {"count": count})
    return redirect("desk:calendar", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def promise(request: Any, pk: int) -> HttpResponse:
    """Change a promise."""
    rule = get_object_or_404(PromiseRule, pk=pk, is_active=True)
    names = ("amount", "measure", "legal_reference")
    form = PromiseForm(request.POST or None, initial={name: getattr(rule, name) for name in names})
    if form.is_valid():
        actions.change_promise(rule, **form.cleaned_data, by=request.party)
        notices.done(request, _("Saved. Promises already made stand."))
        return redirect("desk:calendars")
    context = {"form": form, "title": _("Change a promise"), "back": "desk:calendars", "submit": _("Save")}
    return render(request, "desk/form.html", context, status=422 if form.is_bound else 200)


def _page(request: Any, found: Calendar, more: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    working = found.working_calendar()
    weekdays = _weekdays(request)
    week = {f"day{number}": show_hours(working.hours.get(number, ())) for number, _label in weekdays}
    today = clock.now().date()
    context = {
        "calendar": found,
        "days": [(row, show_hours(tuple(map(tuple, row.intervals)))) for row in found.days.filter(date__gte=today)],
        "hours_form": HoursForm(weekdays=weekdays, initial=week),
        "day_form": DayForm(),
        "holidays_form": CopyHolidaysForm(initial={"year": today.year + 1}),
    } | (more or {})
    return render(request, "desk/calendar.html", context, status=status)


def _weekdays(request: Any) -> list[tuple[int, str]]:
    language = reader_of(request).language
    first = WEEK_BEGINS.get(language, 0)
    order = [(first + step) % 7 for step in range(7)]
    return [(number, show_weekday(date.fromordinal(MONDAY + number), language=language)) for number in order]
