"""Circulation: who works on the complaint."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shenava.attachments.models import File
from shenava.common import clock
from shenava.complaints import policy
from shenava.complaints.actions.holding import eligible_holder, hand_to, open_item, pass_on, take_up
from shenava.complaints.actions.room import action
from shenava.complaints.facts import Assigned, Noted, Taken
from shenava.complaints.models import Complaint, Note
from shenava.complaints.preconditions import TOOK_PART, is_under_review
from shenava.journal.actions import Refused, Verdict
from shenava.journal.recording import record
from shenava.people.models import Party
from shenava.people.standing import standing_of

YOURS = Verdict(_("You hold this complaint already."))
INVOLVED = Verdict(_("Whoever is named in the complaint cannot hold it."))
HOLDS_NOTHING = Verdict(_("No complaint can lie there: choose a colleague who handles complaints, or a unit."))


@action
def take(complaint: Complaint, *, by: Party) -> Complaint:
    """Take the complaint: from now on one person answers for it."""
    held = open_item(complaint)
    if held is not None and held.holder_id == by.pk and held.accepted_at is not None:
        raise Refused(YOURS, "take")
    item = take_up(complaint, held, by=by)
    record(complaint, Taken(work_item=item.pk), by=by)
    return complaint


@action
def assign(complaint: Complaint, *, to: Party, by: Party) -> Complaint:
    """Give the complaint to a colleague or a unit. The customer's deadline stands.

    Never to somebody who is named in it, and never to where nobody handles complaints.
    """
    if to.pk in complaint.excluded:
        raise Refused(INVOLVED, "assign")
    if not policy.can_hold(to):
        raise Refused(HOLDS_NOTHING, "assign")
    if _took_part(complaint, to):
        raise Refused(TOOK_PART, "assign")
    item = hand_to(complaint, to, by=by)
    record(complaint, Assigned(work_item=item.pk, to=to.pk), by=by)
    return complaint


@action
def hand_over(complaint: Complaint, *, of: Party, to: Party, by: Party) -> Complaint:
    """Somebody leaves, or goes to other work: what lies with him goes to a colleague or a unit, so that no complaint
    waits for nobody.

    Whoever is named in the complaint cannot take it over; its unit does then, or its fallback holder. Nor is a
    review handed to somebody whose answer is reviewed.
    """
    verdict = policy.may_hand_over(standing_of(by), complaint, of)
    if not verdict:
        raise Refused(verdict, "hand_over")
    is_barred = to.pk in complaint.excluded or _took_part(complaint, to)
    heir = eligible_holder(complaint, but=of) if is_barred else to
    pass_on(complaint, of=of, to=heir, by=by)
    return complaint


def _took_part(complaint: Complaint, party: Party) -> bool:
    """Is it under review, and is this one of those whose answer is reviewed?"""
    return is_under_review(complaint) and party.pk in complaint.took_part


@action
def note(complaint: Complaint, *, text: str, files: tuple[File, ...] = (), by: Party) -> Note:
    """Write something down for colleagues, with files; the complainant never sees it."""
    written = Note.objects.create(complaint=complaint, text=text, by=by, at=clock.now())
    written.files.add(*files)
    record(complaint, Noted(note=written.pk), by=by)
    return written
