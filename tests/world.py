"""The named cast: a small organisation as tests know it, arranged through verbs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.test import Client

from shenava.common import clock
from shenava.complaints import actions
from shenava.complaints.models import Complaint
from shenava.deadlines import defaults
from shenava.people.models import LoginSession, Organisation, Party, Role, RoleGrant, Unit, User
from shenava.people.parties import Introduction, system_party
from shenava.process import publishing

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PASSWORD = "a-long-enough-password"


@dataclass
class World:
    """Arman Care and its people. `sara` is an officer of after-sales service, `reza` of sales."""

    organisation: Organisation
    service: Unit
    sales: Unit
    sara: Party
    reza: Party
    manager: Party
    agent: Party
    expert: Party
    auditor: Party
    administrator: Party
    system: Party

    def complaint(self, **details: object) -> Complaint:
        """A registered complaint of Mahsa Kianpour, by portal, in after-sales service."""
        given = {
            "description": "The machine shakes badly at 1200 rpm and shows E-21.",
            "channel": "portal",
            "complainant": Introduction(name="Mahsa Kianpour", email="mahsa@example.com"),
            "unit": self.service,
        } | details
        return actions.register(intake=actions.Intake(**given), by=self.system)  # type: ignore[arg-type]

    def taken(self, by: Party | None = None) -> Complaint:
        """A complaint in handling, held by Sara."""
        complaint = self.complaint()
        actions.take(complaint, by=by or self.sara)
        return complaint

    def responded(self) -> Complaint:
        """A complaint that Sara has answered."""
        complaint = self.taken()
        actions.respond(complaint, text="A technician comes tomorrow.", by=self.sara)
        return complaint


def build() -> World:
    """The cast, on an empty database."""
    calendar = defaults.deliver_defaults("IR")
    organisation = Organisation.objects.create(
        name="Arman Care", country="IR", language="en", calendar_kind="jalali", time_zone="Asia/Tehran",
        calendar=calendar, created_at=clock.now(), email="care@example.com",
    )  # fmt: skip
    publishing.deliver_default()
    head = unit("Head office")
    service, sales = unit("After-sales service", head), unit("Sales", head)
    organisation.intake_unit = service
    organisation.save()
    return World(
        organisation=organisation,
        service=service,
        sales=sales,
        sara=person("Sara Rostami", Role.COMPLAINT_OFFICER, service),
        reza=person("Reza Ahmadi", Role.COMPLAINT_OFFICER, sales),
        manager=person("Arash Niknam", Role.COMPLAINTS_MANAGER),
        agent=person("Negar Mousavi", Role.CONTACT_AGENT, service),
        expert=person("Ali Sadeghi", Role.EXPERT, service),
        auditor=person("Yael Cohen", Role.AUDITOR),
        administrator=person("Dara Karimi", Role.ADMINISTRATOR),
        system=system_party(),
    )


def unit(name: str, parent: Unit | None = None) -> Unit:
    """A unit with its party."""
    party = Party.objects.create(kind="unit", name=name, created_at=clock.now())
    return Unit.objects.create(party=party, parent=parent)


def person(name: str, role: str, where: Unit | None = None) -> Party:
    """Somebody who can log in with PASSWORD, in one role."""
    email = name.split(maxsplit=1)[0].lower() + "@arman.example"
    party = Party.objects.create(kind="person", name=name, email=email, created_at=clock.now())
    user = User(party=party, email=email, joined_at=clock.now())
    user.set_password(PASSWORD)
    user.save()
    RoleGrant.objects.create(party=party, role=role, unit=where, granted_at=clock.now())
    return party


def log_in(client: Client, party: Party) -> Client:
    """Let somebody in without a password, as the login does after it was right."""
    client.force_login(party.user)
    now = clock.now()
    LoginSession.objects.create(user=party.user, session_key=client.session.session_key, began_at=now, seen_at=now)
    return client
