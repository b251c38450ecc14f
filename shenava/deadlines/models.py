"""The rows of deadlines: calendars, promises as rules, and the clocks that run by them."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any, ClassVar

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


class ClockKind(models.TextChoices):
    ACKNOWLEDGE = "acknowledge", _("acknowledge receipt")
    ANSWER = "answer", _("answer")


class PromiseRule(models.Model):
    """What is promised for a kind of record: policy, with the law it comes from."""

    class Measure(models.TextChoices):
        WORKING_HOURS = "working_hours", _("working hours")
        WORKING_DAYS = "working_days", _("working days")
        CALENDAR_DAYS = "calendar_days", _("calendar days")

    kind = models.CharField(max_length=12, choices=ClockKind.choices)
    record_type = models.CharField(max_length=20, blank=True)
    severity = models.PositiveSmallIntegerField(null=True, blank=True)
    amount = models.PositiveSmallIntegerField()
    measure = models.CharField(max_length=14, choices=Measure.choices)
    legal_reference = models.CharField(max_length=300, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "record_type", "severity"], nulls_distinct=False,
                condition=Q(is_active=True), name="one_promise_of_a_kind",
            ),
            models.CheckConstraint(condition=Q(amount__gte=1), name="a_promise_has_a_length"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} {self.amount} {self.measure}"

    @property
    def is_special(self) -> bool:
        """For one kind of record or one severity, and not for all."""
        return bool(self.record_type) or self.severity is not None


class ClockQuerySet(models.QuerySet["Clock"]):
    def open(self) -> ClockQuerySet:
        """Still running."""
        return self.filter(stopped_at__isnull=True)

    def late(self, now: datetime) -> ClockQuerySet:
        """Running past its date."""
        return self.open().filter(due_at__lt=now)


class Clock(models.Model):
    """A promise made for one complaint. `due_at` is stored because it was promised."""

    complaint = models.ForeignKey("complaints.Complaint", on_delete=models.PROTECT, related_name="clocks")
    kind = models.CharField(max_length=12, choices=ClockKind.choices)
    rule = models.ForeignKey(PromiseRule, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Clock]] = ClockQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "kind"],
                condition=Q(stopped_at__isnull=True),
                name="one_running_clock_of_a_kind",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(stopped_at__isnull=True), name="clock_running")]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.kind} {self.due_at:%Y-%m-%d}"

    def kept(self) -> bool | None:
        """Was the promise kept? None while it is running."""
        return None if self.stopped_at is None else self.stopped_at <= self.due_at
