"""What stands around a decision, as the complaint page shows it: the summary, who is shut out, who was heard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from shenava.complaints.models import Complaint, Hearing
from shenava.complaints.preconditions import is_under_review
from shenava.people.models import Party


@dataclass(frozen=True)
class Side:
    """One line of the checklist: whom to hear (None: a member of staff not known by name, or the complainants
    of what was merged into it), and who did when."""

    party: Party | None
    is_complainant: bool
    hearings: list[Hearing]


def deciding(complaint: Complaint) -> dict[str, Any]:
    """The latest summary, those shut out, the checklist of both sides, the decisions, the latest first, and what
    is asked of the review that is under way."""
    concerned = complaint.concerned_parties
    return {
        "summary": next(iter(complaint.summaries.all()[::-1]), None),
        "named": complaint.shut_out,
        "sides": _sides(complaint, concerned) if complaint.is_about_staff else [],
        "decisions": complaint.decisions.all()[::-1],
        "review": next(iter(complaint.reviews.all()[::-1]), None) if is_under_review(complaint) else None,
    }


def _sides(complaint: Complaint, concerned: list[Party]) -> list[Side]:
    hearings = list(complaint.hearings.all())
    speaker = complaint.representative or complaint.complainant
    others = [one for one in hearings if one.is_complainant and one.carried_from_id]
    staff: list[Party | None] = [*concerned] or [None]
    return [
        Side(speaker, True, [one for one in hearings if one.is_complainant and one not in others]),
        *([Side(None, True, others)] if others else []),
        *(Side(party, False, [one for one in hearings if _heard(one, party)]) for party in staff),
    ]


def _heard(hearing: Hearing, party: Party | None) -> bool:
    return not hearing.is_complainant and hearing.party_id == (party.pk if party else None)
