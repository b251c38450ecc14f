"""What every room may use: clock, text, dates, budgets, sealed values."""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    """What every room may use: clock, text, dates, budgets, sealed values."""

    name = "shenava.common"
    label = "common"
