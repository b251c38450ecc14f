"""Calendars, working time, promises and clocks."""

from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    """Calendars, working time, promises and clocks."""

    name = "shenava.deadlines"
    label = "deadlines"
