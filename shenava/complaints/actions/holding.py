"""Holding: who has the complaint in his cartable. The work item is the only thing that puts it there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, QuerySet

from shenava.common import clock
from shenava.complaints import policy, rules
from shenava.complaints.facts import HandedOver
from shenava.complaints.models import Complaint
from shenava.complaints.preconditions import CALL, is_under_review
from shenava.journal.recording import record
from shenava.messages.models import Message
from shenava.people.models import Party, Role, Unit
from shenava.people.parties import fallback_holders, lineage_of, unit_for
from shenava.process.models import WorkItem


def hand_to(complaint: Complaint, holder: Party, *, by: Party) -> WorkItem:
    """Put the complaint into the holder's cartable and out of everybody else's; the holder answers for it."""
    item = lay_with(complaint, holder, by=by, after=set_aside(complaint))
    answer_for(complaint, holder)
    return item


def take_up(complaint: Complaint, held: WorkItem | None, *, by: Party) -> WorkItem:
    """As `hand_to`, into one's own cartable: it is seen and accepted. `held` is where it lies now."""
    item = lay_with(complaint, by, by=by, after=set_aside(complaint, held), accepted_at=clock.now())
    answer_for(complaint, by)
    return item


def lay_with(
    complaint: Complaint,
    holder: Party,
    *,
    by: Party,
    after: WorkItem | None = None,
    accepted_at: datetime | None = None,
) -> WorkItem:
    """The work item by which a complaint lies with its owner."""
    return WorkItem.objects.create(
        complaint=complaint,
        instance=complaint.instance,
        holder=holder,
        kind=WorkItem.Kind.STAGE,
        node=complaint.stage,
        parent=after,
        due_at=complaint.due_at,
        sent_by=by,
        sent_at=clock.now(),
        seen_at=accepted_at,
        accepted_at=accepted_at,
    )


def answer_for(complaint: Complaint, holder: Party) -> None:
    """From now on the holder answers for the complaint, and may read it."""
    complaint.owner = holder
    complaint.readers = sorted({*complaint.readers, holder.pk})
    complaint.save(update_fields=["owner", "readers"])


def let_read(complaint: Complaint, party: Party) -> None:
    """From now on the party may read the complaint, whatever becomes of its work."""
    if party.pk not in complaint.readers:
        complaint.readers = sorted({*complaint.readers, party.pk})
        complaint.save(update_fields=["readers"])


def whoever_answers(complaint: Complaint) -> Party:
    """The one who answers for the complaint, or who takes his place where he has left or is involved."""
    still_here = Party.objects.holders().filter(pk=complaint.owner_id).exclude(pk__in=complaint.excluded).exists()
    return complaint.owner if still_here else eligible_holder(complaint)


def eligible_holder(complaint: Complaint, *, but: Party | None = None) -> Party:
    """Who can hold the complaint if nobody is chosen: its unit, as long as somebody uninvolved answers there.

    Else the fallback holder named for the unit, for one above it or for the organisation; else a complaints
    manager. Only where there is no such person does it lie with the unit all the same: never with nobody.
    `but` is somebody who is about to leave.
    """
    if is_under_review(complaint):
        return reviewer_for(complaint, but=but)
    unit = unit_for(complaint.unit)
    if _can_answer(complaint, unit):
        return unit.party
    return next(iter(_able(complaint, [*fallback_holders(unit), *managers()], but)), unit.party)


def reviewer_for(complaint: Complaint, *, but: Party | None = None) -> Party:
    """Who can look at it anew: a complaints manager, a fallback holder or an officer of the unit who had no part in
    the answer; of the managers the one with the least open work.

    Only where there is no such person it is one who had: a request for a review lies with somebody.
    """
    unit = unit_for(complaint.unit)
    able = _able(complaint, [*_least_laden(managers()), *fallback_holders(unit), *_officers(unit)], but)
    took_part = {*complaint.took_part, complaint.owner_id}
    return next((party for party in able if party.pk not in took_part), next(iter(able), unit.party))


def _able(complaint: Complaint, parties: Iterable[Party], but: Party | None) -> list[Party]:
    return [
        party for party in parties if party.pk not in complaint.excluded and party != but and policy.can_hold(party)
    ]


def managers() -> QuerySet[Party]:
    """The complaints managers of the whole organisation."""
    everywhere = Party.objects.staff().filter(grants__role=Role.COMPLAINTS_MANAGER, grants__unit=None)
    return everywhere.distinct().order_by("pk")


def _least_laden(parties: QuerySet[Party]) -> list[Party]:
    """Whoever has the least open work comes first; of those who have as much, who has been here longest."""
    held = WorkItem.objects.open().filter(holder__in=parties.values("pk").order_by()).order_by()
    numbers = dict(held.values_list("holder").annotate(Count("complaint", distinct=True)))
    return sorted(parties, key=lambda party: (numbers.get(party.pk, 0), party.pk))


def _officers(unit: Unit) -> QuerySet[Party]:
    """Who handles complaints in this unit, by a role in it or above it."""
    places = [place.pk for place in lineage_of(unit)]
    here = Party.objects.staff().filter(grants__role__in=rules.OFFICERS, grants__unit__in=places)
    return here.distinct().order_by("pk")


def pass_on(complaint: Complaint, *, of: Party, to: Party, by: Party) -> None:
    """Whatever of the complaint lies with somebody lies with another from now on."""
    items = WorkItem.objects.open().held_by([of.pk]).filter(complaint=complaint).exclude(kind=WorkItem.Kind.STAGE)
    if items.update(holder=to, seen_at=None):
        let_read(complaint, to)
    if complaint.owner_id == of.pk and open_item(complaint) is not None:
        hand_to(complaint, to, by=by)
    elif complaint.owner_id == of.pk:
        answer_for(complaint, to)
    record(complaint, HandedOver(of=of.pk, to=to.pk), by=by)


def shut_out(complaint: Complaint, party: Party, *, by: Party) -> None:
    """From now on the party sees nothing of the complaint; what lies with him goes to whoever can hold it."""
    complaint.excluded = sorted({*complaint.excluded, party.pk})
    complaint.save(update_fields=["excluded"])
    holds = WorkItem.objects.open().held_by([party.pk]).filter(complaint=complaint).exists()
    if holds or complaint.owner_id == party.pk:
        pass_on(complaint, of=party, to=eligible_holder(complaint), by=by)


def _can_answer(complaint: Complaint, unit: Unit) -> bool:
    """Is there an officer in this unit who is not involved?"""
    return _officers(unit).exclude(pk__in=complaint.excluded).exists()


def set_aside(complaint: Complaint, held: WorkItem | None = None) -> WorkItem | None:
    """The holder has done his part: the complaint leaves his cartable until something comes back."""
    current = held or open_item(complaint)
    if current is not None:
        current.answered_at = current.closed_at = clock.now()
        current.save(update_fields=["answered_at", "closed_at"])
    return current


def settle_questions(complaint: Complaint, *, answer: Message | None = None) -> None:
    """Nothing is asked of the complainant any more: he has said something, or we go on without it."""
    if complaint.questioned_at is not None:
        complaint.questions.filter(closed_at=None).update(closed_at=clock.now(), answer=answer)
        complaint.questioned_at = None
        complaint.save(update_fields=["questioned_at"])


def open_item(complaint: Complaint) -> WorkItem | None:
    """The open work item by which the complaint lies with its owner."""
    items = WorkItem.objects.filter(
        complaint=complaint, kind=WorkItem.Kind.STAGE, closed_at__isnull=True, recalled_at__isnull=True
    )
    return items.first()


def put_away(complaint: Complaint) -> None:
    """Close all open work on a complaint that has ended, but for a call that was promised."""
    now = clock.now()
    WorkItem.objects.filter(complaint=complaint, closed_at__isnull=True).exclude(title=CALL).update(closed_at=now)
