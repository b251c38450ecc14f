"""How a kind of complaint is handled: versioned definitions, work items, the pure kernel."""

from django.apps import AppConfig


class ProcessConfig(AppConfig):
    """How a kind of complaint is handled: versioned definitions, work items, the pure kernel."""

    name = "shenava.process"
    label = "process"
