"""The demo organisation: people in every role, complaints in every stage, nothing that leaves the house."""

from __future__ import annotations

import secrets
import sys
from datetime import timedelta

from django.db import transaction

from config import environment
from shenava.common import clock
from shenava.complaints import actions as complaints
from shenava.complaints import taxonomy
from shenava.complaints.models import Complaint
from shenava.deadlines.defaults import deliver_defaults
from shenava.messages.models import Mailbox
from shenava.operations import postgres
from shenava.operations.demo_words import COMMITMENT, COMPLAINTS, ORGANISATION, PEOPLE, UNITS, Told
from shenava.people import actions, bodies
from shenava.people.actions.staff import new_user
from shenava.people.models import Organisation, Party, PartyKind, RoleGrant, Unit, User
from shenava.people.parties import Introduction, system_party
from shenava.process.runs import deliver_default

LOST = "The demo accounts were printed when it was made;  bin/shenava demo --new-passwords  prints new passwords."
HERE_ALONE = "The demo is for this machine alone: it needs a loopback address and the embedded database."


def make_demo() -> int:
    """Make the demo and print its accounts; where it stands already, say how to get in. Loopback only."""
    env = environment.load()
    if Organisation.current() is not None:
        if _accounts():
            print(LOST)
        return 0
    if not env.is_local or not postgres.is_embedded(env.database_url, env.data_dir):
        print(HERE_ALONE, file=sys.stderr)
        return 1
    with transaction.atomic():
        passwords = _organisation()
        _complaints()
    _show(passwords)
    return 0


def renew_passwords() -> int:
    """Give every demo account a new password and print them, for whoever has lost the first ones; 1 without a demo."""
    users = _accounts()
    if not users:
        print("There is no demo in this installation.", file=sys.stderr)
        return 1
    roles = {email: role for _name, email, role, _unit in PEOPLE}
    renewed = {user.email: (roles[user.email], _password()) for user in users}
    for user in users:
        actions.reset_password(user, password=renewed[user.email][1], by=system_party())
    _show(renewed)
    return 0


def _accounts() -> list[User]:
    return list(User.objects.filter(email__in=[person[1] for person in PEOPLE], is_active=True).order_by("pk"))


def _password() -> str:
    return "-".join(secrets.token_hex(2) for _ in range(4))


def _show(passwords: dict[str, tuple[str, str]]) -> None:
    print("Demo accounts (this machine only):")
    for email, (role, password) in passwords.items():
        print(f"  {role:20} {email:24} {password}")


def why_not_shown() -> str:
    """One sentence where the demo would be shown to others; else empty."""
    if environment.load().is_local or not User.objects.filter(email__in=[person[1] for person in PEOPLE]).exists():
        return ""
    return f"This installation holds the demo. {HERE_ALONE} Set SHENAVA_DATA to another folder to begin anew."


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
        password = _password()
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
