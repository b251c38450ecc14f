"""What has happened before a journey begins: verbs, run inside the running product by `product.python`."""

from __future__ import annotations

from datetime import timedelta

from shenava.common import clock
from shenava.complaints import actions
from shenava.complaints.models import Complaint
from shenava.people.models import Party, Unit
from shenava.people.parties import Introduction, system_party

KEY = "QK7M-T2XP-9RWD-H4VB-C8JN-F3ZS"
EVERYTHING = "from tests.journeys.arranged import *; "


def party(name: str) -> Party:
    """Somebody of the cast."""
    return Party.objects.get(name=name)


def told(title: str, *, who: str = "Mahsa Kianpour") -> Complaint:
    """A complaint by portal for after-sales service; KEY opens it."""
    complainant = Introduction(name=who, email=f"{who.split(maxsplit=1)[0].lower()}@example.com")
    intake = actions.Intake(
        title=title, description=f"{title}. Please help.", channel="portal", complainant=complainant, secret=KEY,
        unit=Unit.objects.get(party__name="After-sales service"),
    )  # fmt: skip
    return actions.register(intake=intake, by=system_party())


def taken(title: str, **more: str) -> Complaint:
    """The same, with Sara."""
    complaint = told(title, **more)
    actions.take(complaint, by=party("Sara Rostami"))
    return complaint


def answered(title: str) -> Complaint:
    """The same, answered by Sara."""
    complaint = taken(title)
    actions.respond(complaint, text="Please clean the filter.", by=party("Sara Rostami"))
    return complaint


def asked_around(title: str) -> Complaint:
    """Ten days with Sara: the expert was asked on the second day; Sales on the third, by the day before yesterday."""
    now, sara = clock.now(), party("Sara Rostami")
    with clock.set_to(now - timedelta(days=10)):
        complaint = taken(title)
    with clock.set_to(now - timedelta(days=9)):
        see = actions.Commission(kind="expert", directive="See what shakes.")
        actions.refer(complaint, to=party("Ali Sadeghi"), commission=see, by=sara)
    with clock.set_to(now - timedelta(days=8)):
        find = actions.Commission(kind="action", directive="Find the order.", due_at=now - timedelta(days=2))
        actions.refer(complaint, to=party("Reza Ahmadi"), commission=find, by=sara)
    return complaint


def show(*complaints: Complaint) -> None:
    """Print number and code of each, for the journey to read."""
    print(*(word for one in complaints for word in (one.reference, one.public_code)))
