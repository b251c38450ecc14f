"""Required: what has to be asked of whoever complains, as the decision table says; staff do not register without it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shenava.complaints.facts_view import facts_of
from shenava.complaints.models import Complaint
from shenava.complaints.questions import REQUIRED
from shenava.people.models import Party
from shenava.people.parties import Introduction
from shenava.process import deciding, drawn

MISSING = _("The rules of the organisation ask for this here.")
OF_THE_COMPLAINANT = ("email", "phone", "address")


def refuse_incomplete(intake: Any, look: Any = None) -> None:
    """Raises a ValidationError that names every field that the rules ask for and nobody filled in. What the process in
    force does not ask staff for is not missed; nor is an address of somebody who stays anonymous."""
    wanted = deciding.answer(REQUIRED, facts_of(_as_it_would_be(intake, look))).get("fields", ())
    asked = drawn.asked_at_intake()
    missing = [name for name in wanted if (not asked or name in asked) and not _is_given(intake, look, name)]
    if missing:
        raise ValidationError(dict.fromkeys(missing, MISSING))


def _is_given(intake: Any, look: Any, name: str) -> bool:
    if name in OF_THE_COMPLAINANT:
        return intake.complainant is None or bool(getattr(intake.complainant, name))
    return look is not None if name in ("severity", "importance") else bool(getattr(intake, name))


def _as_it_would_be(intake: Any, look: Any) -> Complaint:
    """The complaint as far as rules look at it; never kept."""
    who = intake.complainant
    if isinstance(who, Introduction):
        who = Party(**_taken(who, ("kind", "contact_group", "email", "phone")))
    return Complaint(
        **_taken(intake, ("record_type", "channel", "subject", "language", "product", "serial", "unit")),
        **_taken(intake.circumstances, ("directness", "source", "expectation_basis")),
        **(_taken(look, ("severity", "importance", "is_safety", "is_legal", "is_media")) if look else {}),
        complainant=who or Party(is_anonymous=True),
        representative_id=0 if intake.representative else None,
        requested_remedies=list(intake.requested_remedies),
    )


def _taken(source: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(source, name) for name in names}
