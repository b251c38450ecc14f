"""Calendars: when work is done, and which days differ."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shenava.common import clock
from shenava.common.dates import digits, show_weekday, year_of
from shenava.deadlines import actions
from shenava.deadlines.hours_text import show_hours
from shenava.deadlines.models import Calendar, PromiseRule, Rung
from shenava.desk.access import administrators_only
from shenava.desk.forms.calendars import CalendarForm, CopyHolidaysForm, DayForm, HoursForm, ImportDaysForm, days_of
from shenava.desk.views.promises import tell
from shenava.people.models import Organisation, Unit
from shenava.ui import notices
from shenava.ui.reader import reader_of

MONDAY = date(2026, 11, 23).toordinal()
WEEK_BEGINS = {"fa": 5, "he": 6, "en": 0}


@require_safe
@administrators_only
def calendars(request: Any) -> HttpResponse:
    """All calendars and promises."""
    rules = PromiseRule.objects.filter(is_active=True).order_by("kind", "record_type", "severity")
    units = Unit.objects.filter(calendar__isnull=False).select_related("party")
    home = Organisation.objects.get()
    told = [
        (calendar, calendar.pk == home.calendar_id, [unit for unit in units if unit.calendar_id == calendar.pk])
        for calendar in Calendar.objects.order_by("name")
    ]
    return render(
        request,
        "desk/calendars.html",
        {"calendars": told, "promises": [tell(rule) for rule in rules], "rungs": Rung.objects.filter(is_active=True)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def new_calendar(request: Any) -> HttpResponse:
    """Another calendar."""
    home = Organisation.objects.get()
    form = CalendarForm(request.POST or None, initial={"country": home.country, "time_zone": home.time_zone})
    if form.is_valid():
        try:
            added = actions.add_calendar(**form.cleaned_data, by=request.party)
            return redirect("desk:calendar", pk=added.pk)
        except ValidationError as refused:
            form.add_error("name", refused)
    context = {"form": form, "title": _("New calendar"), "back": "desk:calendars", "submit": _("Add the calendar")}
    return render(request, "desk/form.html", context, status=422 if form.is_bound else 200)


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
    if form.is_valid():
        week = {number: form.cleaned_data[f"day{number}"] for number, _label in _weekdays(request)}
        try:
            actions.set_hours(found, week=week, by=request.party)
            notices.done(request, _("Saved. Promises already made stand."))
            return redirect("desk:calendar", pk=pk)
        except ValidationError as refused:
            form.add_error(None, refused)
    return _page(request, found, {"hours_form": form}, status=422)


@require_POST
@administrators_only
def day(request: Any, pk: int) -> HttpResponse:
    """A holiday, or a day with hours of its own."""
    found, form = get_object_or_404(Calendar, pk=pk), DayForm(request.POST)
    if not form.is_valid():
        return _page(request, found, {"day_form": form}, status=422)
    said = form.cleaned_data
    with transaction.atomic():
        for one in days_of(form):
            actions.set_day(found, day=one, name=said["name"], intervals=said["hours"], by=request.party)
    notices.done(request, _("Saved. Promises already made stand."))
    return redirect("desk:calendar", pk=pk)


@require_POST
@administrators_only
def remove_day(request: Any, pk: int, day: str) -> HttpResponse:
    """A day becomes like its weekday again."""
    found = get_object_or_404(Calendar, pk=pk)
    try:
        actions.remove_day(found, day=date.fromisoformat(day), by=request.party)
    except ValueError as fault:
        raise Http404 from fault
    return redirect("desk:calendar", pk=pk)


@require_POST
@administrators_only
def holidays(request: Any, pk: int) -> HttpResponse:
    """Copy public holidays into the calendar."""
    found, form = get_object_or_404(Calendar, pk=pk), CopyHolidaysForm(request.POST)
    if not form.is_valid():
        return _page(request, found, {"holidays_form": form}, status=422)
    first, last = form.cleaned_data["year"]
    country = form.cleaned_data["country"]
    count = actions.copy_holidays(found, country=country, first=first, last=last, by=request.party)
    shown = digits(count, reader_of(request).language)
    notices.done(request, _("{count} days were added; those that were there stayed as they are.").format(count=shown))
    return redirect("desk:calendar", pk=pk)


@require_POST
@administrators_only
def import_days(request: Any, pk: int) -> HttpResponse:
    """Take in free days from a file."""
    found, form = get_object_or_404(Calendar, pk=pk), ImportDaysForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, found, {"import_form": form}, status=422)
    count = actions.import_days(found, days=form.cleaned_data["file"], by=request.party)
    shown = digits(count, reader_of(request).language)
    notices.done(request, _("{count} days were added; those that were there stayed as they are.").format(count=shown))
    return redirect("desk:calendar", pk=pk)


def _page(request: Any, found: Calendar, more: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    reader, today = reader_of(request), timezone.localdate(clock.now())
    weekdays, working = _weekdays(request), found.working_calendar()
    week = {f"day{number}": _shown(working.hours.get(number, ()), reader.language) for number, _label in weekdays}
    next_year = year_of(today, reader.calendar) + 1
    coming = found.days.filter(date__gte=today)
    context = {
        "calendar": found,
        "days": [(row, _shown(row.intervals, reader.language)) for row in coming],
        "hours_form": HoursForm(weekdays=weekdays, initial=week),
        "day_form": DayForm(),
        "import_form": ImportDaysForm(),
        "holidays_form": CopyHolidaysForm(initial={"year": digits(next_year, reader.language)}),
    } | (more or {})
    return render(request, "desk/calendar.html", context, status=status)


def _shown(intervals: Any, language: str) -> str:
    return digits(show_hours(tuple(map(tuple, intervals))), language)


def _weekdays(request: Any) -> list[tuple[int, str]]:
    language = reader_of(request).language
    first = WEEK_BEGINS.get(language, 0)
    order = [(first + step) % 7 for step in range(7)]
    return [(number, show_weekday(date.fromordinal(MONDAY + number), language=language)) for number in order]
