"""What became of a mail that did not arrive: written on its row and told in its complaint's stream."""

from __future__ import annotations

from django.db import transaction

from shenava.common import clock
from shenava.journal.recording import record
from shenava.messages.facts import MailUndelivered
from shenava.messages.models import Outgoing, OutgoingState
from shenava.people.parties import system_party

DELAYED = "delayed"


def note_undelivered(outgoing: Outgoing, state: str) -> None:
    """Record that a mail failed, bounced or is uncertain; whoever follows the complaint hears of it."""
    undelivered = MailUndelivered(outgoing=outgoing.pk, purpose=outgoing.purpose, state=str(state))
    record(outgoing.journal_stream, undelivered, by=system_party())


def note_bounce(outgoing: Outgoing, *, kind: str, status: str, reason: str) -> bool:
    """A mail came back. `kind` is permanent, temporary or delayed (on its way still: noted, no alarm),
    `status` the enhanced code such as 5.1.1. Safe to call twice; True when it told something new."""
    with transaction.atomic():
        row = Outgoing.objects.select_for_update().get(pk=outgoing.pk)
        is_new = row.state not in {OutgoingState.BOUNCED, OutgoingState.GIVEN_UP} and kind != DELAYED
        row.bounce_kind, row.bounce_status = kind[:20], status[:20]
        row.bounce_reason, row.bounced_at = reason[:2000], clock.now()
        if is_new:
            row.state, row.lease_token = OutgoingState.BOUNCED, ""
        row.save()
        if is_new:
            note_undelivered(row, OutgoingState.BOUNCED)
    outgoing.__dict__.update(row.__dict__)
    return is_new
