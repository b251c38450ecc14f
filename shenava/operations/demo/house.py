"""The house of the demo: the organisation, its units and its staff."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from shenava.common import clock
from shenava.complaints import taxonomy
from shenava.complaints.models import Category
from shenava.deadlines.defaults import deliver_defaults
from shenava.messages.models import Mailbox
from shenava.operations.demo.texts import read
from shenava.people import bodies
from shenava.people.actions.staff import new_user
from shenava.people.models import ExternalBody, Organisation, Party, PartyKind, RoleGrant, Unit
from shenava.process.publishing import deliver

ADDRESS = "care@arman.example"


@dataclass(frozen=True)
class House:
    """Who works here, where; what things are called, and who stands outside. All by key."""

    people: dict[str, Party]
    units: dict[str, Unit]
    categories: dict[str, Category]
    bodies: list[Party]


def email_of(key: str) -> str:
    """The address of a member of staff."""
    return f"{key}@arman.example"


def new_password() -> str:
    """A password that nobody has seen before."""
    return "-".join(secrets.token_hex(2) for _ in range(4))


def shown_roles() -> dict[str, str]:
    """The accounts that are printed, one for each role: address and role."""
    people = read("organisation")["people"]
    return {email_of(person["key"]): person["role"] for person in people if person.get("is_shown")}


def build(passwords: dict[str, str]) -> House:
    """Found the organisation as a set-up does it. `passwords` by address; whoever has none cannot log in yet."""
    told = read("organisation")
    calendar = deliver_defaults("IR", name="ساعت اداری")
    Organisation.objects.create(
        name=told["name"], country="IR", language="fa", calendar_kind="jalali", time_zone="Asia/Tehran",
        calendar=calendar, email=ADDRESS, phone="+982188001122", commitment=told["commitment"],
        address=told["address"], created_at=clock.now(),
    )  # fmt: skip
    deliver()
    taxonomy.deliver()
    bodies.deliver("IR")
    Mailbox.objects.create(name=told["name"], address=ADDRESS, never_sends=True)
    units = _units(told["units"])
    people = {one["key"]: _person(one, units, passwords) for one in told["people"]}
    Organisation.objects.update(intake_unit=units["service"], fallback_holder=people["arash"])
    categories = {one.code: one for one in Category.objects.all()}
    outside = [body.party for body in ExternalBody.objects.select_related("party").order_by("pk")]
    return House(people, units, categories, outside)


def _units(told: list[dict[str, str]]) -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for one in told:
        party = Party.objects.create(kind=PartyKind.UNIT, name=one["name"], created_at=clock.now())
        units[one["key"]] = Unit.objects.create(party=party, kind=one["kind"], parent=units.get(one["parent"]))
    return units


def _person(told: dict[str, str], units: dict[str, Unit], passwords: dict[str, str]) -> Party:
    email = email_of(told["key"])
    user = new_user(name=told["name"], email=email, password=passwords.get(email) or new_password(), language="")
    RoleGrant.objects.create(party=user.party, role=told["role"], unit=units.get(told["unit"]), granted_at=clock.now())
    return user.party
