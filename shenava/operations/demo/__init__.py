"""The demo: an appliance maker, its people and fourteen months of complaints; nothing of it leaves the house."""

from __future__ import annotations

import sys
from datetime import timedelta

from django.db import connection, transaction

from config import environment
from shenava.common import clock
from shenava.complaints import sweeps
from shenava.complaints.index import keeping
from shenava.journal.recording import unfollowed
from shenava.operations import postgres
from shenava.operations.demo.desks import leave_traces
from shenava.operations.demo.house import build, new_password, shown_roles
from shenava.operations.demo.performing import perform
from shenava.operations.demo.stories import MONTHS, tell
from shenava.people import actions
from shenava.people.models import Organisation, User
from shenava.people.parties import system_party

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
    print("Making the demo: 400 complaints of fourteen months, about a minute …", flush=True)
    passwords = {email: new_password() for email in shown_roles()}
    make(passwords)
    _show(passwords)
    return 0


@transaction.atomic
def make(passwords: dict[str, str]) -> None:
    """All of it or nothing: the house, its complaints from the first to the last, and what lies on the desks.

    What the worker would do after each fact is done once, at the end.
    """
    with unfollowed("complaint"):
        with clock.shifted(-timedelta(days=MONTHS * 31)):
            house = build(passwords)
        perform(tell(), house)
        connection.cursor().execute("ANALYZE")
        sweeps.mind_silence()
        leave_traces(house)
    keeping.keep_all(keeping.unkept())


def renew_passwords() -> int:
    """Give every demo account a new password and print them, for whoever has lost the first ones; 1 without a demo."""
    users = _accounts()
    if not users:
        print("There is no demo in this installation.", file=sys.stderr)
        return 1
    renewed = {user.email: new_password() for user in users}
    for user in users:
        actions.reset_password(user, password=renewed[user.email], by=system_party())
    _show(renewed)
    return 0


def why_not_shown() -> str:
    """One sentence where the demo would be shown to others; else empty."""
    if environment.load().is_local or not User.objects.filter(email__in=shown_roles()).exists():
        return ""
    return f"This installation holds the demo. {HERE_ALONE} Set SHENAVA_DATA to another folder to begin anew."


def _accounts() -> list[User]:
    return list(User.objects.filter(email__in=shown_roles(), is_active=True).order_by("pk"))


def _show(passwords: dict[str, str]) -> None:
    print("Demo accounts (this machine only):")
    for email, password in passwords.items():
        print(f"  {shown_roles()[email]:20} {email:24} {password}")
