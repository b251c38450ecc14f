"""What every page is made of: templates, styles, icons, the reader's preferences."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """What every page is made of: templates, styles, icons, the reader's preferences."""

    name = "shenava.ui"
    label = "ui"
