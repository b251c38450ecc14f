"""What stands last in a stream of the journal."""

from __future__ import annotations

from typing import Any

from shenava.journal.models import Entry


def last_fact(stream: str = "people") -> tuple[str, dict[str, Any], int]:
    """Kind, content and actor of the newest entry."""
    entry = Entry.objects.filter(stream__name=stream).latest("seq")
    return entry.kind, entry.data, entry.by_id


def count_facts() -> int:
    """How many entries there are in all."""
    return Entry.objects.count()
