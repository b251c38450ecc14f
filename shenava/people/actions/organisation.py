"""The organisation: set up once, changed later, grown as a tree of units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shenava.common import clock
from shenava.journal.recording import record
from shenava.people import facts, first_run
from shenava.people.actions.room import STREAM, action
from shenava.people.actions.staff import new_user
from shenava.people.models import Organisation, Party, PartyKind, Role, RoleGrant, Unit


@dataclass(frozen=True)
class Beginning:
    """What the set-up asks. `calendar` is the default working calendar (a deadlines.Calendar)."""

    name: str
    country: str
    language: str
    calendar_kind: str
    time_zone: str
    unit: str
    administrator: str
    email: str
    password: str
    calendar: Any


def _found(beginning: Beginning) -> Organisation:
    return Organisation.objects.create(
        name=beginning.name,
        country=beginning.country,
        language=beginning.language,
        calendar_kind=beginning.calendar_kind,
        time_zone=beginning.time_zone,
        email=beginning.email,
        calendar=beginning.calendar,
        created_at=clock.now(),
    )


@action(creates=True)
def set_up(*, beginning: Beginning, by: Party) -> Organisation:
    """The organisation, its first unit and its first administrator. Done once."""
    first_run.begin_alone()
    organisation = _found(beginning)
    _new_unit(beginning.unit, kind="head_office")
    user = new_user(
        name=beginning.administrator,
        email=beginning.email,
        password=beginning.password,
        language=beginning.language,
    )
    RoleGrant.objects.create(party=user.party, role=Role.ADMINISTRATOR, granted_at=clock.now())
    record(STREAM, facts.SetUp(user.party_id), by=by)
    return organisation


DETAILS = frozenset(
    {
        "name", "email", "phone", "address", "country", "language", "calendar_kind", "time_zone", "calendar",
        "commitment", "intake_unit", "fallback_holder",
    }
)  # fmt: skip


@action
def change_organisation(organisation: Organisation, *, details: dict[str, Any], by: Party) -> Organisation:
    """Change name, address, language, calendar or the holder for work that nobody else can hold."""
    for field in DETAILS & details.keys():
        setattr(organisation, field, details[field])
    organisation.save()
    record(STREAM, facts.OrganisationChanged(), by=by)
    return organisation


@action(creates=True)
def open_unit(*, name: str, kind: str, parent: Unit | None, by: Party) -> Unit:
    """Open a unit below another."""
    unit = _new_unit(name, kind=kind, parent=parent)
    record(STREAM, facts.UnitOpened(unit.pk, parent.pk if parent else None), by=by)
    return unit


@action
def change_unit(unit: Unit, *, details: dict[str, Any], by: Party) -> Unit:
    """Rename, move, close or reopen a unit, or give it another calendar or fallback holder."""
    if "name" in details:
        unit.party.name = details["name"]
        unit.party.save(update_fields=["name", "folded_name"])
    for field in ("kind", "parent", "calendar", "jurisdiction", "fallback_holder", "is_active"):
        if field in details:
            setattr(unit, field, details[field])
    _refuse_circle(unit)
    _refuse_no_root(unit)
    unit.save()
    record(STREAM, facts.UnitChanged(unit.pk), by=by)
    return unit


def _new_unit(name: str, *, kind: str, parent: Unit | None = None) -> Unit:
    party = Party.objects.create(kind=PartyKind.UNIT, name=name, created_at=clock.now())
    return Unit.objects.create(party=party, kind=kind, parent=parent)


def _refuse_circle(unit: Unit) -> None:
    """Whoever moves units waits for whoever does it already: two moves could close a circle together."""
    Organisation.objects.select_for_update().first()
    above = unit.parent
    while above is not None:
        if above.pk == unit.pk:
            raise ValidationError(_("A unit cannot lie below itself."))
        above = above.parent


def _refuse_no_root(unit: Unit) -> None:
    others = Unit.objects.filter(parent=None, is_active=True).exclude(pk=unit.pk)
    if (not unit.is_active or unit.parent is not None) and not others.exists():
        raise ValidationError(_("One active unit must stand at the top."))
