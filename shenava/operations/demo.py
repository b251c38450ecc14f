"""The demo organisation: people in every role, complaints in every stage, nothing that leaves the house."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import transaction

from config import environment
from shenava.common import clock
from shenava.complaints import actions as complaints
from shenava.complaints import taxonomy
from shenava.complaints.models import Complaint
from shenava.deadlines.defaults import deliver_defaults
from shenava.messages.models import Mailbox
from shenava.operations.demo_words import COMMITMENT, COMPLAINTS, ORGANISATION, PEOPLE, UNITS, Told
from shenava.people import bodies
from shenava.people.actions.staff import new_user
from shenava.people.models import Organisation, Party, PartyKind, RoleGrant, Unit
from shenava.people.parties import Introduction, system_party
from shenava.process.runs import deliver_default

LOOPBACK = ("127.0.0.1", "localhost", "::1")


def make_demo() -> int:
    """Make the demo and print its accounts; silent if there is an organisation. Loopback only."""
    env = environment.load()
    if Organisation.current() is not None:
        return 0
    if env.host not in LOOPBACK or "host=%2F" not in settings_url():
        print("The demo is for this machine alone: it needs a loopback address and the embedded database.")
        return 1
    with transaction.atomic():
        passwords = _organisation()
        _complaints()
    print("Demo accounts (this machine only):")
    for email, (role, password) in passwords.items():
        print(f"  {role:20} {email:24} {password}")
    return 0


def settings_url() -> str:
    """The address of the database in use."""
    return environment.load().database_url


def _organisation() -> dict[str, tuple[str, str]]:
    calendar = deliver_defaults("IR", name="ساعت اداری")
    Organisation.objects.create(
        name=ORGANISATION, country="IR", language="fa", calendar_kind="jalali", time_zone="Asia/Tehran",
        calendar=calendar, email="care@arman.example", phone="+982188001122", commitment=COMMITMENT,
        created_at=clock.now(),
    )  # fmt: skip
    deliver_default()
    taxonomy.deliver()
    bodies.deliver("IR")
    Mailbox.objects.create(name=ORGANISATION, address="care@arman.example", never_sends=True)
    units: dict[str, Unit] = {}
    for key, (name, kind, parent) in UNITS.items():
        party = Party.objects.create(kind=PartyKind.UNIT, name=name, created_at=clock.now())
        units[key] = Unit.objects.create(party=party, kind=kind, parent=units.get(parent))
    Organisation.objects.update(intake_unit=units["service"])
    passwords = {}
    for name, email, role, unit in PEOPLE:
        password = "-".join(secrets.token_hex(2) for _ in range(4))
        user = new_user(name=name, email=email, password=password, language="")
        RoleGrant.objects.create(party=user.party, role=role, unit=units.get(unit), granted_at=clock.now())
        passwords[email] = (role, password)
    return passwords


def _complaints() -> None:
    units = {unit.party.name: unit for unit in Unit.objects.select_related("party")}
    for told in COMPLAINTS:
        with clock.shifted(-timedelta(hours=told.hours_ago)):
            complaint = complaints.register(intake=_intake(told, units), by=system_party())
            complaints.acknowledge(complaint, by=system_party())
        _walk(told, complaint)


def _intake(told: Told, units: dict[str, Unit]) -> complaints.Intake:
    who = Introduction(name=told.name, email=told.email, phone=told.phone) if told.name else None
    return complaints.Intake(
        title=told.title,
        description=told.description,
        channel=told.channel,
        record_type=told.record_type,
        subject=told.subject,
        language=told.language,
        complainant=who,
        product=told.product,
        serial=told.serial,
        requested_remedies=told.remedies,
        unit=units[UNITS["service"][0]],
    )


def _walk(told: Told, complaint: Complaint) -> None:
    """Let the complaint go as far as its story goes, an hour a step."""
    officer = Party.objects.get(user__email=PEOPLE[0][1])
    steps = {
        "take": lambda: complaints.take(complaint, by=officer),
        "note": lambda: complaints.note(complaint, text=told.note, by=officer),
        "respond": lambda: complaints.respond(complaint, text=told.response, by=officer),
        "accept": lambda: complaints.record_acceptance(complaint, by=complaint.complainant),
        "reject": lambda: complaints.record_rejection(complaint, text=told.answer, by=complaint.complainant),
        "withdraw": lambda: complaints.withdraw(complaint, by=complaint.complainant),
    }
    for place, step in enumerate(told.steps, start=1):
        with clock.shifted(-timedelta(hours=max(told.hours_ago - place * told.pace, 0))):
            steps[step]()  # type: ignore[no-untyped-call]
