"""The rows of deadlines: calendars, promises as rules, and the clocks that run by them."""

from shenava.deadlines.models.calendar import Calendar, CalendarDay, WorkingInterval
from shenava.deadlines.models.clock import (
    ALWAYS_PROMISED,
    Clock,
    ClockKind,
    ClockQuerySet,
    Pause,
    PauseReason,
    PromiseRule,
)
from shenava.deadlines.models.ladder import Escalation, Rung

__all__ = [
    "ALWAYS_PROMISED",
    "Calendar",
    "CalendarDay",
    "Clock",
    "ClockKind",
    "ClockQuerySet",
    "Escalation",
    "Pause",
    "PauseReason",
    "PromiseRule",
    "Rung",
    "WorkingInterval",
]
