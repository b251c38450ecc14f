"""The `@action` of complaints: what moves on after a verb."""

from __future__ import annotations

from shenava.common import clock
from shenava.common.dates import year_of
from shenava.complaints import policy
from shenava.complaints.actions.allotting import follow
from shenava.complaints.models import Complaint, take_reference
from shenava.complaints.rules import RULES
from shenava.journal.actions import Room, action_for
from shenava.people.models import Organisation, Party
from shenava.process import runs
from shenava.process.kernel import FINISH


def advance(complaint: Complaint, verb: str, by: Party) -> None:
    """Let the process answer a verb: the complaint's stage is whatever it says.

    A new one has come to its first stage already, and gets its number, as the last statement of the transaction.
    """
    if complaint.reference is None:
        complaint.reference = take_reference(complaint.pk, year=_year_of(complaint))
        return
    if verb != FINISH and not RULES[verb].beside:  # those have moved it themselves
        follow(complaint, runs.advance(complaint, verb, at=clock.now()), by=by)


def _year_of(complaint: Complaint) -> int:
    organisation = Organisation.current()
    return year_of(complaint.registered_on, organisation.calendar_kind if organisation else "gregorian")


ROOM = Room("complaints", may=policy.may, advance=advance)
action = action_for(ROOM)
MENU = ROOM.menu
