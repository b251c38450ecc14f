"""What else is on record: linked and merged complaints, and earlier ones of this person or about this item."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from shenava.complaints.history import earlier, traces_of
from shenava.complaints.models import Complaint, Link
from shenava.people.standing import Standing


@dataclass(frozen=True)
class Related:
    """Other complaints as far as this reader may see them."""

    linked: list[Complaint]
    merged: list[Complaint]
    earlier: list[Complaint]


def related(standing: Standing, complaint: Complaint) -> Related:
    """Three queries, each bounded."""
    visible = Complaint.objects.visible_to(standing).select_related("complainant", "owner", "instance__version")
    partners = (
        Link.objects.filter(first=complaint)
        .values("second")
        .union(Link.objects.filter(second=complaint).values("first"))
    )
    linked = visible.filter(pk__in=partners).order_by("-received_at")[:20]
    merged = visible.filter(Q(duplicate_of=complaint) | Q(pk=complaint.duplicate_of_id)).order_by("received_at")[:50]
    known = {complaint.pk, *(one.pk for one in [*linked, *merged])}
    before = [one for one in earlier(standing, traces_of(complaint), but=complaint) if one.pk not in known]
    return Related(list(linked), list(merged), before)
