"""Parts of pages that several doors show."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Parts of pages that several doors show."""

    name = "shenava.pages"
    label = "pages"
