"""Calendars: when work is done, with the days that differ."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.db import connection, models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shenava.deadlines.working_time import WorkingCalendar

WHOLE = """
    SELECT time_zone,
        ARRAY(SELECT json_build_array(weekday, opens, closes)::text FROM deadlines_workinginterval
            WHERE calendar_id = kept.id ORDER BY weekday, opens),
        ARRAY(SELECT json_build_array(date, intervals)::text FROM deadlines_calendarday WHERE calendar_id = kept.id)
    FROM deadlines_calendar kept WHERE id = {which}"""
"""A calendar with its week and its days. In SQL: every registration asks it, and wording it anew takes longer."""
OF_THE_ORGANISATION = "(SELECT calendar_id FROM people_organisation)"


class Calendar(models.Model):
    """When a unit works."""

    name = models.CharField(max_length=100, unique=True)
    time_zone = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.name

    def working_calendar(self) -> WorkingCalendar:
        """The calendar as the arithmetic wants it. One query."""
        return _working(WHOLE.format(which="%s"), self.pk) or WorkingCalendar(self.time_zone, {})

    @staticmethod
    def of_the_organisation() -> WorkingCalendar | None:
        """The calendar by which the organisation works; None where it has none. One query."""
        return _working(WHOLE.format(which=OF_THE_ORGANISATION))


def _working(question: str, *values: Any) -> WorkingCalendar | None:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        found = cursor.fetchone()
    return _as_arithmetic_wants_it(*found) if found else None


def _as_arithmetic_wants_it(time_zone: str, week: list[str], exceptions: list[str]) -> WorkingCalendar:
    hours: dict[int, tuple[tuple[int, int], ...]] = {}
    for weekday, opens, closes in map(json.loads, week):
        hours[weekday] = (*hours.get(weekday, ()), (opens, closes))
    days = {
        date.fromisoformat(day): tuple((opens, closes) for opens, closes in intervals)
        for day, intervals in map(json.loads, exceptions)
    }
    return WorkingCalendar(time_zone, hours, days)


class WorkingInterval(models.Model):
    """Working hours on one weekday, in minutes after midnight."""

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="intervals")
    weekday = models.PositiveSmallIntegerField()
    opens = models.PositiveSmallIntegerField()
    closes = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="a_week_has_seven_days"),
            models.CheckConstraint(condition=Q(closes__gt=F("opens"), closes__lte=1440), name="opens_before_it_closes"),
            models.UniqueConstraint(fields=["calendar", "weekday", "opens"], name="one_interval_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens}–{self.closes}"


class CalendarDay(models.Model):
    """A day that differs from its weekday: a holiday, or one with hours of its own."""

    class Source(models.TextChoices):
        PUBLIC = "public", _("public holiday")
        OWN = "own", _("own day")

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="days")
    date = models.DateField()
    name = models.CharField(max_length=200)
    intervals = models.JSONField(default=list)
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.OWN)

    class Meta:
        ordering = ["date"]
        constraints = [models.UniqueConstraint(fields=["calendar", "date"], name="one_exception_a_day")]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"
