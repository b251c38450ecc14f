"""Routing: where the decision tables send a complaint, and to whom of a unit they give it."""

from __future__ import annotations

from shenava.complaints.actions.holding import eligible_holder, hand_to, open_item
from shenava.complaints.choosing import chosen_of
from shenava.complaints.facts_of_categories import Routed
from shenava.complaints.facts_view import facts_of
from shenava.complaints.models import Complaint
from shenava.complaints.preconditions import is_under_review
from shenava.complaints.questions import UNIT
from shenava.journal.recording import record
from shenava.journal.unchanged import while_unchanged
from shenava.people.models import Party, PartyKind, Unit
from shenava.people.parties import place_for
from shenava.process import deciding


def put_in_place(complaint: Complaint, wanted: Unit | None, *, by: Party) -> None:
    """Where a complaint that has just come in lies: in the unit that was named, else in the one that the rules say,
    else where new complaints arrive. No query while the set-up stays as it is."""
    complaint.unit, complaint.owner = place_for(wanted or _unit_by_rules(complaint))
    complaint.readers = sorted({complaint.unit.pk, by.pk, complaint.owner.pk})


def route_anew(complaint: Complaint, *, by: Party) -> None:
    """More is known of it: if the rules say another unit now, it goes there, as long as nobody has taken it.

    The customer's deadline stands. Whoever could read it still can.
    """
    unit = _unit_by_rules(complaint)
    if unit is None or unit.pk == complaint.unit_id or not lies_with_unit(complaint):
        return
    complaint.unit = unit
    complaint.readers = sorted({*complaint.readers, unit.pk})
    complaint.save(update_fields=["unit", "readers"])
    holder = eligible_holder(complaint)
    hand_to(complaint, holder, by=by)
    record(complaint, Routed(unit=unit.pk, to=holder.pk), by=by)


def whom_to_assign(complaint: Complaint) -> Party | None:
    """Whom of its unit the rules give a complaint that lies with the unit; None where they say nothing, or nobody
    can be chosen. Whoever sent it to the unit is not given it back."""
    item = open_item(complaint)
    if item is None or not lies_with_unit(complaint) or is_under_review(complaint):
        return None
    return chosen_of(complaint, but=item.sent_by_id)


def lies_with_unit(complaint: Complaint) -> bool:
    """Has nobody taken it yet?"""
    return complaint.owner.kind == PartyKind.UNIT


def _unit_by_rules(complaint: Complaint) -> Unit | None:
    number = deciding.answer(UNIT, facts_of(complaint)).get("unit")
    return while_unchanged((_unit_by_rules, number), lambda: _unit(number)) if number else None


def _unit(number: int) -> Unit | None:
    return Unit.objects.select_related("party", "parent", "calendar").filter(pk=number, is_active=True).first()
