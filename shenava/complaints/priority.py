"""Priority: what severity and importance make together, as the decision table in force says."""

from __future__ import annotations

from shenava.complaints.facts_view import facts_of
from shenava.complaints.models import Complaint, Priority
from shenava.complaints.questions import PRIORITY
from shenava.process import deciding


def priority_of(complaint: Complaint) -> int:
    """The priority from 1 to 4 of a complaint as it is judged now; where people may come to harm it is the highest,
    whatever the table says."""
    if complaint.is_safety:
        return int(Priority.TOP)
    return int(deciding.answer(PRIORITY, facts_of(complaint)).get("priority", Priority.NORMAL))
