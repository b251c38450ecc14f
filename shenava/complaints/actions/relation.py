"""Relation: complaints that belong together, and those that are one and the same."""

from __future__ import annotations

from shenava.common import clock
from shenava.complaints import policy
from shenava.complaints.actions.room import action
from shenava.complaints.facts_of_relation import Linked, Unlinked
from shenava.complaints.models import Complaint, Link
from shenava.journal.actions import Refused
from shenava.journal.recording import record
from shenava.people.models import Party
from shenava.people.standing import standing_of


@action(locks=("other",))
def link(complaint: Complaint, *, other: Complaint, by: Party) -> Link:
    """Note that two complaints belong together; both are still handled and answered each for itself."""
    if complaint.pk == other.pk or not policy.sees(standing_of(by), other):
        raise Refused(policy.NO_OTHER, "link")
    first, second = sorted((complaint, other), key=lambda one: one.pk)
    pair, _created = Link.objects.get_or_create(first=first, second=second, defaults={"by": by, "at": clock.now()})
    record(first, Linked(other=second.pk), by=by)
    record(second, Linked(other=first.pk), by=by)
    return pair


@action(locks=("other",))
def unlink(complaint: Complaint, *, other: Complaint, by: Party) -> Complaint:
    """Take a link back."""
    first, second = sorted((complaint, other), key=lambda one: one.pk)
    gone, _rows = Link.objects.filter(first=first, second=second).delete()
    if not gone:
        raise Refused(policy.NO_OTHER, "unlink")
    record(first, Unlinked(other=second.pk), by=by)
    record(second, Unlinked(other=first.pk), by=by)
    return complaint
