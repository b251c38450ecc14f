"""The questions that lists ask of complaints. Methods read after the word "complaints"."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from shenava.people.models import Party
from shenava.people.standing import Standing, standing_of

if TYPE_CHECKING:
    from shenava.complaints.models.complaint import Complaint  # noqa: F401 -- named in a string below


UNLISTED = (
    "description", "expectation", "promised", "got_instead", "authority", "public_code", "secret_hash", "submission",
    *(f"{who}__{what}" for who in ("complainant", "owner", "unit__party")
      for what in ("folded_name", "email", "phone", "address", "created_at")),
    *(f"instance__version__{what}" for what in ("graph", "number", "state", "published_at", "published_by")),
)  # fmt: skip
"""What no column of a list shows: a line is read without it."""


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    def visible_to(self, party: Party | Standing) -> ComplaintQuerySet:
        """The only way by which a door, a report, an export or a notice reaches a complaint."""
        standing = party if isinstance(party, Standing) else standing_of(party)
        if not standing.is_active:
            return self.none()
        ids = sorted(standing.ids)
        unhindered = self.exclude(excluded__overlap=sorted(standing.persons))
        if standing.reads_everything:
            return unhindered
        if not standing.is_staff:
            own = Q(complainant_id=standing.party_id) | Q(representative_id=standing.party_id)
            return unhindered.filter(own)
        return unhindered.filter(readers__overlap=ids)

    def open(self) -> ComplaintQuerySet:
        """Not closed, however long ago answered."""
        return self.filter(closed_at__isnull=True)

    def closed(self) -> ComplaintQuerySet:
        """Ended, for whatever reason."""
        return self.filter(closed_at__isnull=False)

    def late(self, now: datetime) -> ComplaintQuerySet:
        """Open, unanswered, and past the promised date, which does not stand still."""
        return self.open().filter(due_at__lt=now, responded_at__isnull=True, due_paused_at__isnull=True)

    def waiting_for_complainant(self) -> ComplaintQuerySet:
        """Answered, and the complainant has not said whether it is accepted."""
        return self.open().filter(Q(responded_at__isnull=False) | Q(questioned_at__isnull=False))

    def for_list(self) -> ComplaintQuerySet:
        """With what the lines of a list say beside the row, and without what none of them says."""
        return self.defer(*UNLISTED).select_related("complainant", "owner", "unit__party", "instance__version")

    def for_page(self) -> ComplaintQuerySet:
        """With everything that a page about one complaint reads; what the process looks like is known already."""
        whole = self.select_related(
            "complainant", "representative", "owner", "unit__party", "received_by", "instance__version", "mandate__file"
        )
        return whole.defer("instance__version__graph")
