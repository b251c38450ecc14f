"""Leaving: what lies with somebody who goes, away or to other work, and how all of it comes into other hands."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from shenava.complaints.actions import hand_over
from shenava.complaints.models import Complaint
from shenava.complaints.models.queryset import ComplaintQuerySet
from shenava.complaints.policy import can_hold
from shenava.people.models import Party, Role
from shenava.people.standing import standing_of
from shenava.process.models import WorkItem


def count_work(party: Party, by: Party) -> int:
    """How many complaints lie with somebody, in the cartable or waiting for their complainant, within reach of `by`."""
    return _lying_with(party, by).count()


def hand_over_all(party: Party, to: Party, by: Party) -> int:
    """Hand over every such complaint, in the order of their keys; how many. Raises ValidationError."""
    if not can_hold(to):
        raise ValidationError(_("Whoever takes over needs a role in the handling of complaints."))
    complaints = list(_lying_with(party, by).order_by("pk"))
    for complaint in complaints:
        hand_over(complaint, of=party, to=to, by=by)
    return len(complaints)


def _lying_with(party: Party, by: Party) -> ComplaintQuerySet:
    """Administrators hand over whatever lies with somebody, unread; managers what they manage and may see."""
    items = WorkItem.objects.open().held_by([party.pk]).values("complaint")
    standing, here = standing_of(by), Q(pk__in=items) | Q(owner=party, closed_at__isnull=True)
    if by == party or standing.has(Role.ADMINISTRATOR):
        return Complaint.objects.all().filter(here)
    units = standing.roles.get(Role.COMPLAINTS_MANAGER, frozenset())
    seen = Complaint.objects.visible_to(standing).filter(here)
    return seen if units is None else seen.filter(unit__in=units)
