"""Shared views: one's own are personal; taking away a colleague's is a deed, and stands in the journal."""

from __future__ import annotations

from shenava.complaints import policy
from shenava.complaints.facts import SharedViewRemoved
from shenava.complaints.models import ListView
from shenava.journal.actions import Room, action_for
from shenava.journal.recording import record
from shenava.people.models import Party

STREAM = "views"
ROOM = Room("views", may=policy.may_tidy_views)
action = action_for(ROOM)


@action
def remove_shared_view(view: ListView, *, by: Party) -> None:
    """Take away a view that a colleague shares and that misleads others; what is shown of complaints stays as it is."""
    record(STREAM, SharedViewRemoved(view=view.pk, owner=view.party_id), by=by)
    view.delete()
