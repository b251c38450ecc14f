"""Updates: the complainant hears how it stands, as often as was agreed with him (H05)."""

from __future__ import annotations

from shenava.common import clock
from shenava.complaints.actions.letters import send_information
from shenava.complaints.actions.promises import promise_update
from shenava.complaints.actions.room import action
from shenava.complaints.facts_of_promises import ComplainantTold, UpdatesAgreed
from shenava.complaints.models import Complaint, UpdateAgreement
from shenava.deadlines.models import ClockKind
from shenava.journal.recording import record
from shenava.messages.models import Message
from shenava.people.models import Party


@action
def agree_updates(complaint: Complaint, *, every_days: int, text: str = "", by: Party) -> UpdateAgreement:
    """Agree with the complainant on how often he hears how it stands; 0: he wants no word before the answer.

    The time begins now, and anew with each word of ours. `text` says how it was agreed.
    """
    agreement = UpdateAgreement.objects.create(
        complaint=complaint, every_days=every_days, text=text, by=by, at=clock.now()
    )
    promise_update(complaint)
    record(complaint, UpdatesAgreed(agreement=agreement.pk, days=every_days), by=by)
    return agreement


@action
def tell_complainant(complaint: Complaint, *, text: str, by: Party) -> Message:
    """Tell the complainant how it stands, by mail and on the portal; nothing is asked of him."""
    message = send_information(complaint, text=text, by=by)
    running = complaint.clocks.open().filter(kind=ClockKind.UPDATE).first()
    record(complaint, ComplainantTold(message=message.pk, next_at=running.due_at if running else None), by=by)
    return message
