"""The questions that decision tables answer about complaints. Each is asked by a verb, which is named here."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from shenava.complaints.facts_view import FIELDS
from shenava.complaints.models import Priority
from shenava.process.questions import Output, Question

# One line for each severity from 1 to 5: up to which importance it makes which priority (1 low … 4 top).
DELIVERED = {
    1: ((3, 1), (5, 2)),
    2: ((2, 1), (4, 2), (5, 3)),
    3: ((1, 1), (3, 2), (5, 3)),
    4: ((2, 2), (4, 3), (5, 4)),
    5: ((2, 3), (5, 4)),
}
PRIORITY = "priority"


def _matrix() -> dict[str, Any]:
    """The delivered table of priorities, as any other table is written."""
    rows = [
        {
            "if": [
                {"field": "severity", "is": "is", "value": severity},
                {"field": "importance", "is": "at_most", "value": most},
            ],
            "then": {"priority": priority},
        }
        for severity, line in DELIVERED.items()
        for most, priority in line
    ]
    return {"inputs": ["severity", "importance"], "outputs": ["priority"], "rows": rows}


EVERYTHING = tuple(field.key for field in FIELDS)
LATER = frozenset({"severity", "importance", "priority", "category", "category_group", "stage", "days_open", "is_late"})
"""What is not known yet when a complaint comes in."""

QUESTIONS = (
    Question(
        key=PRIORITY,
        label=_("Priority"),
        told=_("What severity and importance make together, whenever a complaint is assessed. Danger to people is "
               "always at the top, whatever stands here."),
        fields=tuple(key for key in EVERYTHING if key != "priority"),
        outputs=(Output("priority", _("Priority"), lambda: Priority.choices),),
        known=frozenset({"severity", "importance"}),
        must_answer=True,
        delivered=_matrix(),
    ),
)  # fmt: skip
