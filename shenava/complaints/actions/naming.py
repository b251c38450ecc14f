"""Naming: who is shut out of a complaint, and of every other that is about the same matter."""

from __future__ import annotations

from shenava.common import clock
from shenava.complaints.actions.holding import shut_out
from shenava.complaints.facts_of_relation import ShutOutTogether
from shenava.complaints.models import Complaint, Named
from shenava.journal.recording import record
from shenava.people.models import Party


def keep_named(complaint: Complaint, party: Party, *, is_concerned: bool, reason: str, by: Party) -> Named:
    """Named once: who declared a conflict and is then complained about is named as concerned."""
    now = clock.now()
    named, is_new = Named.objects.get_or_create(
        complaint=complaint,
        party=party,
        defaults={"is_concerned": is_concerned, "reason": reason, "by": by, "at": now},
    )
    if not is_new and is_concerned and not named.is_concerned:
        named.is_concerned, named.by, named.at = True, by, now
        named.save(update_fields=["is_concerned", "by", "at"])
    return named


def shut_out_of_merged(complaint: Complaint, *, by: Party) -> None:
    """Whoever is shut out of a complaint sees nothing of those that were merged into it either."""
    for merged in complaint.duplicates.closed().order_by("pk"):
        shut_out_alike(complaint, merged, by=by)


def shut_out_alike(one: Complaint, other: Complaint, *, by: Party) -> None:
    """Whoever is named in one complaint is named in the other from now on, with the same reason."""
    before = set(other.named.values_list("party", "is_concerned"))
    missing = [
        named for named in one.named.select_related("party") if (named.party_id, named.is_concerned) not in before
    ]
    for named in missing:
        keep_named(other, named.party, is_concerned=named.is_concerned, reason=named.reason, by=by)
        shut_out(other, named.party, by=by)
    if missing:
        record(other, ShutOutTogether(other=one.pk), by=by)
