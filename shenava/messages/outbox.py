"""The outbox: a mail is put in with the deed it tells of, in one transaction, and leaves on its own."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from shenava.common import clock
from shenava.common.budgets import spend
from shenava.messages.fate import note_undelivered
from shenava.messages.jobs import wake_soon
from shenava.messages.mail import UnsendableError, header_text, is_address, wire_address
from shenava.messages.models import HeldFor, Mailbox, Message, Outgoing, OutgoingState, Purpose, Raw
from shenava.messages.references import sign
from shenava.messages.texts import Wording
from shenava.people.models import Organisation, Party

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
PER_ADDRESS = {Purpose.CODE: 5, Purpose.INVITATION: 5, Purpose.PASSWORD_RESET: 5, Purpose.STAFF_NOTICE: 100}
PER_ADDRESS_OTHERWISE = 3
PER_COMPLAINT = 5
PER_HOUR = 500
KEYS_OPEN_FOR = timedelta(days=183)


def queue(
    message: Message, *, to: str, purpose: str, is_automatic: bool, body: str = "", party: Party | None = None
) -> Outgoing:
    """Put a message into the outbox as a mail to one address, in the caller's transaction.

    `body` is what the mail says where that differs from the message, such as a secret that must not be
    kept: it is sealed, and wiped once the mail is gone. Automatic mail over its budget is held and shown,
    never dropped; an impossible address makes the mail fail at once, visibly. Never raises for what a
    stranger wrote.
    """
    now = clock.now()
    row = Outgoing(
        message=message, complaint_id=message.complaint_id, mailbox=mailbox_for(message.complaint_id),
        to_email=header_text(to, 320), party=party, purpose=purpose, is_automatic=is_automatic,
        subject=header_text(message.subject, 500), body="" if body == message.text else body,
        language=message.language or _own_language(), queued_at=now, next_try_at=now,
    )  # fmt: skip
    with transaction.atomic():
        _put_in(row)
        if not message.message_id:
            message.message_id = row.mail_id or ""
            message.save(update_fields=["message_id"])
    return row


def queue_mail(
    wording: Wording, *, to: str, purpose: str, language: str, party: Party | None = None,
    complaint_id: int | None = None,
) -> Outgoing:  # fmt: skip
    """Put an automatic mail that is no message of a complaint into the outbox: a code, an invitation, a
    notice. Its words are sealed, and wiped once it is gone. As `queue` otherwise."""
    now = clock.now()
    row = Outgoing(
        complaint_id=complaint_id, mailbox=mailbox_for(None), to_email=header_text(to, 320), party=party,
        purpose=purpose, is_automatic=True, subject=header_text(wording.subject, 500), body=wording.body,
        language=language or _own_language(), queued_at=now, next_try_at=now,
    )  # fmt: skip
    with transaction.atomic():
        _put_in(row)
    return row


def give_key(row: Outgoing, key_hash: str) -> None:
    """Let the key in this mail's link open its complaint. Only the hash of the key is kept."""
    row.key_hash = key_hash
    row.save(update_fields=["key_hash"])


def has_key(complaint_id: int, key_hash: str, *, address: str) -> bool:
    """Does this key come from a mail about this complaint to this address, of the last half year?"""
    mailed = Outgoing.objects.filter(complaint=complaint_id, key_hash=key_hash, to_email__iexact=address)
    return bool(address and key_hash) and mailed.filter(queued_at__gt=clock.now() - KEYS_OPEN_FOR).exists()


def _put_in(row: Outgoing) -> None:
    _decide(row)
    row.save()
    row.mail_id = sign(row.complaint_id, row.pk, _domain(row.mailbox))
    row.save(update_fields=["mail_id"])
    if row.state == OutgoingState.FAILED:
        note_undelivered(row, row.state)
    if row.state == OutgoingState.DUE:
        wake_soon()


def mailbox_for(complaint_id: int | None) -> Mailbox | None:
    """Where a mail leaves from: the mailbox its complaint was written to, else the default one."""
    able = Mailbox.objects.sending() | Mailbox.objects.filter(is_active=True, never_sends=True)
    came = Raw.objects.filter(message__complaint=complaint_id, mailbox__in=able)
    newest = came.order_by("-pk").select_related("mailbox").first() if complaint_id else None
    return newest.mailbox if newest else Mailbox.objects.default()


def _own_language() -> str:
    organisation = Organisation.current()
    return organisation.language if organisation else settings.LANGUAGE_CODE


def _decide(row: Outgoing) -> None:
    """Due, held or failed: what a new row starts as."""
    try:
        wire_address(row.to_email)
    except UnsendableError as error:
        row.state, row.last_error = OutgoingState.FAILED, str(error)
        return
    if row.mailbox is not None and row.mailbox.never_sends:
        row.held_for = HeldFor.DEMO
    elif row.is_automatic:
        row.held_for = _budget_exceeded(row)
    row.state = OutgoingState.HELD if row.held_for else OutgoingState.DUE


def _budget_exceeded(row: Outgoing) -> str:
    """Which budget of automatic mail is spent; empty for none (security: loops, mail bombing)."""
    limit = PER_ADDRESS.get(Purpose(row.purpose), PER_ADDRESS_OTHERWISE)
    kind = row.purpose if row.purpose in PER_ADDRESS else "any"
    address = hashlib.sha256(one_address(row.to_email).encode()).hexdigest()
    if not spend(f"mail:{kind}:{address}", limit=limit, window=DAY):
        return HeldFor.ADDRESS_BUDGET
    if row.complaint_id and not spend(f"mail:complaint:{row.complaint_id}", limit=PER_COMPLAINT, window=DAY):
        return HeldFor.COMPLAINT_BUDGET
    if not spend("mail:automatic", limit=PER_HOUR, window=HOUR):
        return HeldFor.HOURLY_BUDGET
    return ""


def one_address(address: str) -> str:
    """The same for all spellings that reach one person: lower case, without a +tag."""
    local, _at, domain = address.strip().lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def _domain(mailbox: Mailbox | None) -> str:
    if mailbox is not None and is_address(mailbox.address):
        return wire_address(mailbox.address).rpartition("@")[2].lower()
    return urlsplit(settings.BASE_URL).hostname or "localhost"
