"""Append-only, hash-chained streams of facts for every room."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Append-only, hash-chained streams of facts for every room."""

    name = "shenava.journal"
    label = "journal"
