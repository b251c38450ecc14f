"""Intake of mail: the bytes are kept first, whatever they turn out to be. Only then is anything said or moved."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app

from shenava.common import clock
from shenava.messages.models import Mailbox, Raw


def take(raw: bytes, *, mailbox: Mailbox | None = None, received_at: datetime | None = None) -> Raw:
    """Keep one mail, committed when this returns, and have it read soon. The same bytes enter a mailbox once:
    a second copy returns the first row and starts nothing.

    `received_at` is when it reached our mail server; the promise counts from then. Call it outside any
    transaction. Raises DatabaseError: then nothing was kept, and whoever has the mail must keep it.
    """
    now = clock.now()
    with transaction.atomic(durable=True):
        kept, is_new = Raw.objects.get_or_create(
            mailbox=mailbox,
            sha256=hashlib.sha256(raw).hexdigest(),
            defaults={"content": raw, "size": len(raw), "received_at": min(received_at or now, now)},
        )
        if is_new:
            read_soon(kept)
    return kept


def read_soon(raw: Raw) -> None:
    """Have a kept mail read as soon as the caller's transaction is committed."""
    app.configure_task("mailroom.read", queue="mail").defer(raw_id=raw.pk)
