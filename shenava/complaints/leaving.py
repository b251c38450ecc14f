"""Leaving: what lies with somebody who goes away, and how all of it comes into other hands."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from shenava.complaints.actions import hand_over
from shenava.complaints.models import Complaint
from shenava.complaints.policy import can_hold
from shenava.people.models import Party
from shenava.process.models import WorkItem


def count_work(party: Party) -> int:
    """How many complaints lie with somebody, in the cartable or waiting for their complainant."""
    return _lying_with(party).count()


def hand_over_all(party: Party, to: Party, by: Party) -> int:
    """Hand over every such complaint, in the order of their keys; how many. Raises ValidationError."""
    if not can_hold(to):
        raise ValidationError(_("Whoever takes over needs a role in the handling of complaints."))
    complaints = list(_lying_with(party).order_by("pk"))
    for complaint in complaints:
        hand_over(complaint, of=party, to=to, by=by)
    return len(complaints)


def _lying_with(party: Party) -> models.QuerySet[Complaint]:
    items = WorkItem.objects.open().held_by([party.pk]).values("complaint")
    return Complaint.objects.filter(Q(pk__in=items) | Q(owner=party, closed_at__isnull=True))
