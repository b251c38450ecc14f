"""The operator's room: the `shenava` command and what it does."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """The operator's room: the `shenava` command and what it does."""

    name = "shenava.operations"
    label = "operations"
