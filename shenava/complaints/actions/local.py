"""The organisation's local date, which reports group by."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from shenava.people.models import Organisation


def local_date(moment: datetime) -> date:
    """The date of a moment where the organisation is."""
    organisation = Organisation.current()
    return moment.astimezone(ZoneInfo(organisation.time_zone if organisation else "UTC")).date()
