"""Units stand in a tree; what is not said at a unit holds from above."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from shenava.complaints.models import Complaint
from shenava.deadlines import defaults
from shenava.journal.actions import Refused
from shenava.people import actions
from shenava.people.models import Party, Unit
from shenava.people.parties import NoUnitError, calendar_of, holder_for, unit_for
from tests.people.facts import count_facts, last_fact
from tests.world import World


def opened(world: World, name: str, parent: Unit | None) -> Unit:
    return actions.open_unit(name=name, kind="office", parent=parent, by=world.administrator)


def test_a_unit_is_opened_below_another_and_is_a_party_of_its_own(world: World) -> None:
    unit = opened(world, "Spare parts", world.service)
    assert (unit.party.kind, str(unit), unit.parent) == ("unit", "Spare parts", world.service)
    assert last_fact()[:2] == ("people.unit_opened", {"unit": unit.pk, "parent": world.service.pk})
    assert Party.objects.holders().filter(pk=unit.pk).exists()


def test_no_unit_lies_below_itself(world: World) -> None:
    below = opened(world, "Spare parts", world.service)
    deeper = opened(world, "Shelf", below)
    before = count_facts()
    for parent in (world.service, below, deeper):
        with pytest.raises(ValidationError, match="below itself"):
            actions.change_unit(world.service, details={"parent": parent}, by=world.administrator)
    assert Unit.objects.get(pk=world.service.pk).parent.party.name == "Head office"
    assert count_facts() == before


def test_the_database_refuses_a_unit_that_is_its_own_parent(world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.filter(pk=world.sales.pk).update(parent=world.sales.pk)


def test_one_active_unit_stays_at_the_top(world: World) -> None:
    top = Unit.objects.get(party__name="Head office")
    for details in ({"is_active": False}, {"parent": opened(world, "Elsewhere", None)}):
        other = Unit.objects.exclude(pk=top.pk).filter(parent=None)
        other.update(is_active=False)
        with pytest.raises(ValidationError, match="at the top"):
            actions.change_unit(top, details=details, by=world.administrator)
    assert Unit.objects.get(pk=top.pk).is_active


def test_a_unit_is_renamed_moved_and_closed(world: World) -> None:
    details = {"name": "Shop", "kind": "sales_branch", "parent": world.service, "is_active": False}
    actions.change_unit(world.sales, details=details, by=world.administrator)
    unit = Unit.objects.get(pk=world.sales.pk)
    assert (str(unit), unit.kind, unit.parent, unit.is_active) == ("Shop", "sales_branch", world.service, False)
    assert last_fact()[:2] == ("people.unit_changed", {"unit": unit.pk})
    assert not Party.objects.holders().filter(pk=unit.pk).exists()


def test_a_unit_works_by_its_own_calendar_else_by_the_nearest_above_else_by_the_organisations(world: World) -> None:
    own = defaults.deliver_defaults("IL", name="Haifa")
    below = opened(world, "Spare parts", world.service)
    assert calendar_of(below) == world.organisation.calendar
    actions.change_unit(world.service, details={"calendar": own}, by=world.administrator)
    assert calendar_of(Unit.objects.get(pk=below.pk)) == own
    assert calendar_of(Unit.objects.get(pk=world.sales.pk)) == world.organisation.calendar
    assert calendar_of(None) == world.organisation.calendar


def test_work_for_a_closed_unit_goes_to_the_nearest_one_above_that_is_open(world: World) -> None:
    below = opened(world, "Spare parts", world.service)
    for unit in (below, world.service):
        actions.change_unit(unit, details={"is_active": False}, by=world.administrator)
    assert str(unit_for(Unit.objects.get(pk=below.pk))) == "Head office"
    assert str(unit_for(None)) == "Head office"


def test_without_any_unit_the_fault_has_a_name(world: World) -> None:
    Unit.objects.update(is_active=False)
    with pytest.raises(NoUnitError):
        unit_for(None)


def test_only_administrators_arrange_units_and_the_organisation(world: World) -> None:
    before = count_facts()
    for party in (world.sara, world.manager, world.auditor, world.system):
        with pytest.raises(Refused):
            actions.open_unit(name="X", kind="office", parent=None, by=party)
        with pytest.raises(Refused):
            actions.change_unit(world.sales, details={"name": "X"}, by=party)
        with pytest.raises(Refused):
            actions.change_organisation(world.organisation, details={"name": "X"}, by=party)
    assert not Party.objects.filter(name="X").exists()
    assert count_facts() == before


def test_the_organisations_details_change_and_nothing_else_of_its_row(world: World) -> None:
    details = {"name": "Arman", "fallback_holder": world.manager, "singleton": False, "created_at": None}
    actions.change_organisation(world.organisation, details=details, by=world.administrator)
    world.organisation.refresh_from_db()
    assert (world.organisation.name, world.organisation.fallback_holder) == ("Arman", world.manager)
    assert world.organisation.singleton
    assert last_fact()[:2] == ("people.organisation_changed", {})


def test_work_lies_with_its_unit_while_anybody_works_there(world: World) -> None:
    actions.change_unit(world.sales, details={"fallback_holder": world.manager}, by=world.administrator)
    assert holder_for(Unit.objects.get(pk=world.sales.pk)) == world.sales.party


def test_work_for_a_unit_without_people_goes_to_the_nearest_fallback_holder(world: World) -> None:
    for party in (world.manager, world.reza):
        actions.deactivate(party, to=world.sara, by=world.administrator)
    assert holder_for(world.sales) == world.sales.party
    actions.change_organisation(world.organisation, details={"fallback_holder": world.sara}, by=world.administrator)
    assert holder_for(world.sales) == world.sara
    actions.change_unit(world.sales.parent, details={"fallback_holder": world.expert}, by=world.administrator)
    assert holder_for(Unit.objects.get(pk=world.sales.pk)) == world.expert
    actions.deactivate(world.expert, to=world.sara, by=world.administrator)
    assert holder_for(Unit.objects.get(pk=world.sales.pk)) == world.sara
    complaint = world.complaint(unit=world.sales)
    assert (complaint.owner, complaint.unit) == (world.sara, world.sales)
    assert Complaint.objects.visible_to(world.sara).filter(pk=complaint.pk).exists()


def test_a_complaint_for_a_closed_unit_arrives_at_the_one_above(world: World) -> None:
    actions.change_unit(world.sales, details={"is_active": False}, by=world.administrator)
    complaint = world.complaint(unit=Unit.objects.get(pk=world.sales.pk))
    assert str(complaint.unit) == "Head office"
