"""Meanwhile: what others did to a complaint since the page was shown on which an answer was written."""

from __future__ import annotations

from django.http import HttpRequest

from shenava.complaints.models import Complaint
from shenava.journal import wording
from shenava.journal.models import Entry
from shenava.journal.wording import Line
from shenava.ui.reader import reader_of

QUIET = frozenset({"complaint.noted", "complaint.acknowledged", "complaint.referral_accepted", "complaint.linked"})
"""What does not make an answer wrong."""

MOST = 10


def happened_since(request: HttpRequest, complaint: Complaint) -> list[Line]:
    """What others did since `seen`, worded for the reader; nothing where the page did not say what it had seen."""
    seen = request.POST.get("seen", "")
    if not seen.isdecimal() or len(seen) > 9:
        return []
    later = Entry.objects.filter(stream__name=complaint.journal_stream, seq__gt=int(seen)).order_by("seq")
    by_others = later.exclude(by=request.party).exclude(kind__in=QUIET)[:MOST]  # type: ignore[attr-defined]
    reader = reader_of(request)
    return list(wording.lines(by_others, wording.Reading(reader.language, reader.calendar, reader.time_zone)))
