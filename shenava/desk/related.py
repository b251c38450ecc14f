"""What else is on record: linked and merged complaints, and earlier ones of this person or about this item."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from shenava.complaints.history import earlier, traces_of
from shenava.complaints.models import Complaint, Link
from shenava.people.standing import Standing

MOST = 50


@dataclass(frozen=True)
class Related:
    """Other complaints as far as this reader may see them."""

    linked: list[Complaint]
    merged: list[Complaint]
    earlier: list[Complaint]


def related(standing: Standing, complaint: Complaint) -> Related:
    """Two queries, each bounded."""
    merged_ones = Complaint.objects.filter(Q(duplicate_of=complaint) | Q(pk=complaint.duplicate_of_id))
    partners = (
        Link.objects.filter(first=complaint)
        .values("second")
        .union(Link.objects.filter(second=complaint).values("first"), merged_ones.values("pk"))
    )
    visible = Complaint.objects.visible_to(standing).select_related("complainant", "owner", "instance__version")
    others = list(visible.filter(pk__in=partners).order_by("-received_at")[:MOST])
    merged = [one for one in others if complaint.pk == one.duplicate_of_id or one.pk == complaint.duplicate_of_id]
    linked = [one for one in others if one not in merged]
    known = {complaint.pk, *(one.pk for one in others)}
    before = [one for one in earlier(standing, traces_of(complaint), but=complaint) if one.pk not in known]
    return Related(linked, merged, before)
