"""The questions that decision tables answer about complaints. Each is asked by a verb, which is named here."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shenava.common.remembering import once
from shenava.complaints.facts_view import FIELDS, units
from shenava.complaints.models import Priority
from shenava.complaints.rules import READERS
from shenava.people.models import Party
from shenava.process.fields import YES_NO
from shenava.process.models import Process
from shenava.process.publishing import PROCESS
from shenava.process.questions import Output, Question

# One line for each severity from 1 to 5: up to which importance it makes which priority (1 low … 4 top).
DELIVERED = {
    1: ((3, 1), (5, 2)),
    2: ((2, 1), (4, 2), (5, 3)),
    3: ((1, 1), (3, 2), (5, 3)),
    4: ((2, 2), (4, 3), (5, 4)),
    5: ((2, 3), (5, 4)),
}
PRIORITY, UNIT, ASSIGNEE, REQUIRED = "priority", "unit", "assignee", "required"
UNIT_KEEPS, LEAST_LOADED, ROUND_ROBIN, MOST_ABLE = "unit", "least_loaded", "round_robin", "competence"


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


WAYS = (
    (UNIT_KEEPS, _("stays with the unit")),
    (LEAST_LOADED, _("whoever has the least open work")),
    (ROUND_ROBIN, _("everybody in turn")),
    (MOST_ABLE, _("whoever knows the category and the language")),
)
ASKED = (
    ("product", _("Product or service")), ("serial", _("Serial number or invoice number")),
    ("email", _("E-mail")), ("phone", _("Telephone")), ("address", _("Postal address")),
    ("occurred_on", _("When it happened")), ("expectation", _("What the complainant expected")),
    ("requested_remedies", _("What the complainant asks for")), ("severity", _("Severity")),
)  # fmt: skip


def people() -> list[tuple[Any, Any]]:
    """The ways of choosing somebody, and everybody who may be named."""
    return once(_people)


def processes() -> list[tuple[Any, Any]]:
    """The processes that are in force, by key."""
    return once(_processes)


def _people() -> list[tuple[Any, Any]]:
    staff = Party.objects.staff().filter(grants__role__in=READERS).distinct().order_by("name")
    return [*WAYS, *((party.pk, party) for party in staff)]


def _processes() -> list[tuple[Any, Any]]:
    language = get_language() or "en"
    found = Process.objects.filter(current_version__isnull=False).order_by("pk")
    return [(one.key, one.name(language)) for one in found]


EVERYTHING = tuple(field.key for field in FIELDS)
LATER = frozenset({"stage", "days_open", "is_late", "reopened_count"})
"""What says nothing yet when a complaint comes in."""
UNJUDGED = frozenset({"severity", "importance", "priority", "category", "category_group", "is_legal", "is_media"})
"""What is judged later, and so is not known when it comes in."""

QUESTIONS = (
    Question(
        key=PROCESS,
        label=_("Process"),
        told=_("Which process a new complaint follows. Where no row holds, it is the one chosen for all."),
        fields=tuple(key for key in EVERYTHING if key not in LATER | UNJUDGED),
        outputs=(Output("process", _("Process"), processes),),
    ),
    Question(
        key=UNIT,
        label=_("Unit"),
        told=_("To which unit a complaint goes: when it comes in and nobody named a unit, and when it is classified and"
               " nobody has taken it yet. Where no row holds, it stays where it is."),
        fields=tuple(key for key in EVERYTHING if key not in LATER | {"unit"}),
        outputs=(Output("unit", _("Unit"), units),),
    ),
    Question(
        key=ASSIGNEE,
        label=_("Whom in the unit"),
        told=_("Who gets a complaint that has come to a unit. A known customer may go to whoever answered for the last "
               "complaint. Where no row holds, it lies with the unit until somebody takes it."),
        fields=tuple(key for key in EVERYTHING if key not in LATER),
        outputs=(
            Output("to", _("Goes to"), people),
            Output("sticky", _("Known customers stay with whoever knows them"), kind=YES_NO, is_needed=False),
        ),
    ),
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
    Question(
        key=REQUIRED,
        label=_("What has to be asked"),
        told=_("Without which details staff cannot register a complaint. Complainants themselves are never held up."),
        fields=tuple(key for key in EVERYTHING if key not in LATER | {"priority", "category", "category_group"}),
        outputs=(Output("fields", _("Has to be given"), lambda: ASKED, kind="several"),),
    ),
)  # fmt: skip
