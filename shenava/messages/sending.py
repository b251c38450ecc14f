"""Sending: rows of the outbox are claimed, handed to the mail server, and their fate is written down.

A mail goes out at least once; twice only by a person's will. Whoever claims a row holds it by a lease and
a token; no transaction is open while a server is talked to; the moment a mail begins to leave is committed
before it does, so that a worker killed in between leaves *uncertain*, never a second copy.
"""

from __future__ import annotations

import logging
import secrets
import smtplib
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import connection as database
from django.db import transaction
from django.db.models import F, Q, QuerySet

from shenava.common import clock
from shenava.messages.fate import note_undelivered
from shenava.messages.mail import UnsendableError, envelope
from shenava.messages.models import UNDELIVERED, Mailbox, Outgoing, OutgoingState
from shenava.messages.smtp import Fate, Outcome, StepFailedError, connection, deliver

log = logging.getLogger(__name__)

BATCH = 20
LEASE = timedelta(minutes=5)
WAIT_FOR_SERVER = timedelta(minutes=5)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
WAITS = (
    MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 20 * HOUR,
)  # fmt: skip
"""How long to wait after each temporary refusal: three days in all, then the mail has failed."""

CLAIM = """
    UPDATE messages_outgoing
    SET state = 'sending', lease_until = %(until)s, lease_token = %(token)s, in_data = false,
        tries = tries + 1, mailbox_id = %(mailbox)s
    WHERE id IN (
        SELECT id FROM messages_outgoing
        WHERE state = 'due' AND next_try_at <= %(now)s
          AND (mailbox_id = %(mailbox)s OR (mailbox_id IS NULL AND %(is_default)s))
        ORDER BY purpose <> 'code', next_try_at, id LIMIT %(limit)s
        FOR UPDATE SKIP LOCKED)
    RETURNING purpose <> 'code', id"""


def send_due(limit: int = BATCH) -> Counter[Fate]:
    """Send up to `limit` due mails of every mailbox that can send; count their fates.

    Without such a mailbox everything stays due. Must not run inside a transaction.
    """
    if database.in_atomic_block:
        raise RuntimeError("mail is never sent inside a transaction")
    free_ended_leases()
    tally: Counter[Fate] = Counter()
    default = Mailbox.objects.default()
    for mailbox in Mailbox.objects.sending().order_by("pk"):
        tally += _send_from(mailbox, mailbox == default, limit)
    return tally


def free_ended_leases() -> int:
    """Rows whose worker is gone: due again, or uncertain where the mail may have left. How many."""
    now = clock.now()
    left = Outgoing.objects.filter(state=OutgoingState.SENDING, lease_until__lt=now)
    for row in left.filter(in_data=True):
        _settle(row, Outcome(Fate.UNCERTAIN, "the worker ended while the mail was leaving"))
    return left.filter(in_data=False).update(state=OutgoingState.DUE, next_try_at=now, lease_until=None, lease_token="")


def _send_from(mailbox: Mailbox, is_default: bool, limit: int) -> Counter[Fate]:
    tally: Counter[Fate] = Counter()
    token = secrets.token_hex(16)
    waiting = _waiting(mailbox, is_default)
    if not waiting.exists():
        return tally
    try:
        with connection(mailbox) as server:
            _note_server(mailbox, "", "")
            for row in _claim(mailbox, is_default, limit, token):
                outcome = _send(server, row, mailbox)
                tally[outcome.fate] += 1
                if not outcome.is_connected:
                    break
    except StepFailedError as error:
        log.warning("mailbox %s cannot send: %s", mailbox.pk, error.step)
        _note_server(mailbox, f"smtp:{error.step}", error.reason)
        waiting.update(next_try_at=clock.now() + WAIT_FOR_SERVER, last_error=str(error)[:500])
    finally:
        _give_back(token)
    return tally


def _waiting(mailbox: Mailbox, is_default: bool) -> QuerySet[Outgoing]:
    mine = Q(mailbox=mailbox) | Q(mailbox__isnull=True) if is_default else Q(mailbox=mailbox)
    return Outgoing.objects.due(clock.now()).filter(mine)


def _claim(mailbox: Mailbox, is_default: bool, limit: int, token: str) -> Iterator[Outgoing]:
    now = clock.now()
    with database.cursor() as cursor:
        bounds: dict[str, Any] = {"mailbox": mailbox.pk, "is_default": is_default, "limit": limit, "now": now}
        cursor.execute(CLAIM, bounds | {"until": now + LEASE, "token": token})
        claimed = sorted(cursor.fetchall())
    for _is_patient, pk in claimed:
        held = Outgoing.objects.filter(lease_token=token, state=OutgoingState.SENDING)
        held.update(lease_until=clock.now() + LEASE)
        row = held.filter(pk=pk).select_related("message").first()
        if row is not None:
            yield row


def _send(server: smtplib.SMTP, row: Outgoing, mailbox: Mailbox) -> Outcome:
    try:
        mail = envelope(row, mailbox)
    except UnsendableError as error:
        outcome = Outcome(Fate.PERMANENT, str(error))
    except Exception as error:  # one mail that cannot be built must not keep the others waiting
        log.exception("mail %s could not be built", row.pk)
        outcome = Outcome(Fate.TEMPORARY, type(error).__name__)
    else:
        outcome = deliver(server, mail, lambda: _mark_leaving(row))
    if outcome.fate != Fate.SKIPPED:
        _settle(row, outcome)
    return outcome


def _mark_leaving(row: Outgoing) -> bool:
    """Commit that the mail is about to leave; False when the row is no longer ours."""
    ours = Outgoing.objects.filter(pk=row.pk, lease_token=row.lease_token, state=OutgoingState.SENDING)
    return ours.update(in_data=True, lease_until=clock.now() + LEASE) == 1


def _settle(row: Outgoing, outcome: Outcome) -> None:
    """Write a fate down, unless the row has passed to somebody else. An uncertain row keeps its token:
    the worker that was thought dead may still come back with the truth."""
    changes = _changes(row, outcome)
    with transaction.atomic():
        settled = Outgoing.objects.filter(pk=row.pk, lease_token=row.lease_token).update(**changes)
        if settled and changes["state"] in UNDELIVERED:
            note_undelivered(row, changes["state"])


def _changes(row: Outgoing, outcome: Outcome) -> dict[str, Any]:
    now = clock.now()
    if outcome.fate == Fate.SENT:
        return {"state": OutgoingState.SENT, "sent_at": now, "smtp_reply": outcome.reply, "body": "",
                "last_error": "", "lease_until": None, "in_data": False}  # fmt: skip
    changes: dict[str, Any] = {"smtp_reply": outcome.reply, "last_error": outcome.reply, "lease_until": None}
    if outcome.fate == Fate.UNCERTAIN:
        return changes | {"state": OutgoingState.UNCERTAIN}
    changes["in_data"] = False
    if outcome.fate == Fate.PERMANENT or row.tries > len(WAITS):
        return changes | {"state": OutgoingState.FAILED, "lease_token": ""}
    wait = WAITS[row.tries - 1]
    return changes | {"state": OutgoingState.DUE, "next_try_at": now + wait, "lease_token": ""}


def _give_back(token: str) -> None:
    """What was claimed and not begun is due again, as if it had not been claimed."""
    left = Outgoing.objects.filter(lease_token=token, state=OutgoingState.SENDING, in_data=False)
    left.update(state=OutgoingState.DUE, tries=F("tries") - 1, lease_until=None, lease_token="")


def _note_server(mailbox: Mailbox, step: str, reason: str) -> None:
    """Keep on the mailbox where sending fails; a step that fails in fetching is not touched by success."""
    if step or mailbox.last_step.startswith("smtp:"):
        Mailbox.objects.filter(pk=mailbox.pk).update(last_step=step, last_error=reason[:500])
