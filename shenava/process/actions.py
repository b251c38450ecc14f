"""What an administrator does with processes. Complaints under way keep the one they began with."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shenava.journal.actions import ALLOWED, Room, Verdict, action_for
from shenava.journal.recording import record
from shenava.people.models import Party, Role
from shenava.people.standing import standing_of
from shenava.process import publishing
from shenava.process.facts import Chosen
from shenava.process.models import Process

NOT_YOURS = Verdict(_("Only an administrator may do this."))
KNOWN = frozenset({"choose_process", "migrate_runs", "revert_migration"})


def may(by: Party, verb: str, subject: object) -> Verdict:
    """Administrators choose among the processes."""
    return ALLOWED if verb in KNOWN and standing_of(by).has(Role.ADMINISTRATOR) else NOT_YOURS


ROOM = Room("processes", may=may)
action = action_for(ROOM)
MENU = ROOM.menu


@action
def choose_process(process: Process, *, by: Party) -> Process:
    """From now on new complaints follow this process."""
    publishing.choose(process)
    record(process, Chosen(), by=by)
    return process
