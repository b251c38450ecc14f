"""The Date header as an instant; a date that cannot be is no date."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz


def iso_date(letters: str) -> str | None:
    """ISO 8601 with offset (`-0000` and missing zones as UTC); None where nothing sensible stands."""
    try:
        found = parsedate_tz(letters[:200])
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    if found is None:
        return None
    year, month, day, hour, minute, second = found[:6]
    offset = found[9] or 0
    if abs(offset) >= 86_400:
        offset = 0
    try:
        zone = timezone(timedelta(seconds=offset)) if offset else UTC
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=zone).isoformat()
    except (ValueError, OverflowError):
        return None
