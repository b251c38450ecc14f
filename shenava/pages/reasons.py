"""Reasons: what was said when an answer was accepted or not, when a complaint was closed, and opened again."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from shenava.complaints.models import ClosureReason, Complaint
from shenava.journal.wording import Line

ANSWERED = frozenset({"complaint.response_accepted", "complaint.response_rejected"})
CLOSED = frozenset({"complaint.closed", "complaint.withdrawn"})
REOPENED, REVIEWED = "complaint.reopened", "complaint.review_asked"
NAMED_BY = dict.fromkeys(ANSWERED, "response") | {REVIEWED: "review"}


def reasons_of(complaint: Complaint, told: Iterable[Line], *, said_by: Collection[int] = ()) -> dict[int, str]:
    """The words said with these facts, by the numbers of their entries; `said_by` keeps those of these parties.

    Asks for them only where there can be some. What somebody was written besides stands there as a message.
    """
    entries = [line.entry for line in told]
    said = _of_answers(complaint) if any(entry.kind in ANSWERED for entry in entries) else {}
    if any(entry.kind in {*CLOSED, REOPENED} for entry in entries):
        said |= _of_closures(complaint)
    if any(entry.kind == REVIEWED for entry in entries):
        said |= {(REVIEWED, one.pk): (one.by_id, one.reason) for one in complaint.reviews.all()}
    found = {}
    for entry in entries:
        number = entry.data.get(NAMED_BY.get(entry.kind, "closure"))
        by, words = said.get((entry.kind, number), (None, ""))
        if words and (not said_by or by in said_by):
            found[entry.pk] = words
    return found


def _of_answers(complaint: Complaint) -> dict[tuple[str, int | None], tuple[int | None, str]]:
    given = complaint.responses.all()
    return {(kind, one.pk): (one.answer_by_id, one.answer_text) for one in given for kind in ANSWERED}


def _of_closures(complaint: Complaint) -> dict[tuple[str, int | None], tuple[int | None, str]]:
    found: dict[tuple[str, int | None], tuple[int | None, str]] = {}
    for one in complaint.closures.all():
        if one.reason != ClosureReason.MISDIRECTED:
            found |= {(kind, one.pk): (one.by_id, one.text) for kind in CLOSED}
        found[REOPENED, one.pk] = (one.reopened_by_id, one.reopened_because)
    return found
