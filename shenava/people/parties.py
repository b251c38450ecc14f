"""Parties as others need them: made known, found, and where work goes when nobody is named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from shenava.common import clock
from shenava.common.text import clean_name
from shenava.journal.unchanged import while_unchanged
from shenava.people.models import ContactGroup, Organisation, Party, PartyKind, RoleGrant, Unit
from shenava.people.models.roles import WORKS_IN_UNITS

if TYPE_CHECKING:
    from shenava.deadlines.models import Calendar


class NoUnitError(LookupError):
    """The organisation has no unit yet: the set-up is not finished."""


@dataclass(frozen=True)
class Introduction:
    """What a stranger says of himself. Nothing of it is proven."""

    name: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    language: str = ""
    kind: str = PartyKind.PERSON
    contact_group: str = ContactGroup.CUSTOMER


def introduce(who: Introduction | None) -> Party:
    """A new party for somebody who is not known; None is an anonymous one.

    Strangers are never joined to a known party by what they claim: that is a person's decision.
    """
    if who is None:
        return Party.objects.create(is_anonymous=True, created_at=clock.now())
    return Party.objects.create(
        kind=who.kind,
        name=clean_name(who.name),
        email=who.email.lower(),
        phone=who.phone,
        address=who.address,
        contact_group=who.contact_group,
        language=who.language,
        created_at=clock.now(),
    )


def organisation() -> Organisation | None:
    """The organisation of this installation; None before the set-up."""
    return Organisation.current()


def system_party() -> Party:
    """The party by which the program itself acts; there is one."""
    return while_unchanged(system_party, _system_party)


def _system_party() -> Party:
    party, _ = Party.objects.get_or_create(
        kind=PartyKind.SYSTEM, defaults={"name": "Shenava", "created_at": clock.now()}
    )
    return party


def unit_for(unit: Unit | None) -> Unit:
    """Where work for a unit goes: to itself while it is active, else to the nearest active one above.

    Without a unit it goes to the organisation's intake unit, else to the one at the top.
    """
    home = Organisation.current() if unit is None else None
    unit = unit or (home.intake_unit if home else None)
    while unit is not None and not unit.is_active:
        unit = unit.parent
    if unit is None:
        tops = Unit.objects.select_related("party").filter(parent=None, is_active=True)
        unit = tops.order_by("pk").first()
    if unit is None:
        raise NoUnitError
    return unit


def holder_for(unit: Unit | None) -> Party:
    """Whom work for a unit is given to: the unit while somebody works in it, else the nearest fallback holder.

    Without one it lies with the unit all the same, so that it is found by whoever comes to work there.
    """
    home = unit_for(unit)
    if _is_staffed(lineage_of(home)):
        return home.party
    return next(iter(fallback_holders(home)), home.party)


def place_for(unit: Unit | None) -> tuple[Unit, Party]:
    """Where what comes in for a unit goes, and who holds it there; no query while the set-up stays as it is."""
    key = (place_for, unit.pk if unit else None)
    return while_unchanged(key, lambda: (unit_for(unit), holder_for(unit)))


def fallback_holders(unit: Unit) -> list[Party]:
    """Who stands in where nobody works in a unit: named for it, for those above it, for the organisation; the
    nearest first, and only those who can still hold work."""
    wanted = [place.fallback_holder_id for place in lineage_of(unit) if place.fallback_holder_id]
    organisation = Organisation.current()
    if organisation is not None and organisation.fallback_holder_id:
        wanted.append(organisation.fallback_holder_id)
    able = {party.pk: party for party in Party.objects.holders().filter(pk__in=wanted)}
    return [able[pk] for pk in dict.fromkeys(wanted) if pk in able]


def lineage_of(unit: Unit) -> list[Unit]:
    """The unit and those above it, the nearest first."""
    lineage = [unit]
    while lineage[-1].parent is not None:
        lineage.append(lineage[-1].parent)
    return lineage


def _is_staffed(lineage: list[Unit]) -> bool:
    here = Q(unit__in=[place.pk for place in lineage]) | Q(unit=None)
    return RoleGrant.objects.filter(here, role__in=WORKS_IN_UNITS, party__user__is_active=True).exists()


def jurisdiction_of(unit: Unit | None) -> str:
    """The country whose law holds where a unit is: its own, inherited from above, else the organisation's."""
    own = next((place.jurisdiction for place in (lineage_of(unit) if unit else ()) if place.jurisdiction), "")
    home = None if own else Organisation.current()
    return home.country if home else own


def calendar_of(unit: Unit | None) -> Calendar | None:
    """The calendar a unit works by: its own, inherited from above, else the organisation's."""
    while unit is not None:
        if unit.calendar is not None:
            return unit.calendar
        unit = unit.parent
    home = Organisation.current()
    return home.calendar if home else None
