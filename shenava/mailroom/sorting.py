"""Sorting: a kept mail is read within limits and entered, once, however often this is asked for or breaks off."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Q, QuerySet

from shenava.common import clock
from shenava.mailroom.entering import enter
from shenava.mailroom.reading import read_limited
from shenava.messages.models import Raw, RawState
from shenava.people.models import Unit

LEASE = timedelta(minutes=5)
MOST_TRIES = 8
PAUSE = timedelta(minutes=1)
"""After a passing fault; doubled with each: the last of eight tries is two hours after the first."""
PASSING = (OSError, OperationalError, InterfaceError)
"""Faults of the house (disk full, database away), not of the mail: it waits and is tried again."""

log = logging.getLogger(__name__)


def sort(raw_id: int) -> None:
    """Read one kept mail and do what it asks for. Safe to run twice and at the same time."""
    raw = _claim(raw_id)
    if raw is None:
        return
    reading = read_limited(bytes(raw.content))
    try:
        with transaction.atomic():
            mine = _leased(raw).select_for_update(of=("self",)).select_related("mailbox__unit").first()
            if mine is not None:
                enter(mine, reading)
    except PASSING as fault:
        log.warning("mail %s waits: %s", raw.pk, type(fault).__name__)
        pause = PAUSE * 2 ** (raw.tries - 1)
        _leased(raw).update(state=RawState.WAITING, lease_until=clock.now() + pause)
    except Exception:
        log.exception("mail %s could not be entered", raw.pk)
        _leased(raw).update(state=RawState.FAILED, problem="fault", lease_until=None)


def overdue() -> QuerySet[Raw]:
    """Kept mail that nobody has read yet though it is time: its job was lost, or broke off."""
    return Raw.objects.filter(_is_free()).order_by("received_at", "pk")


def _is_free() -> Q:
    over = Q(lease_until__isnull=True) | Q(lease_until__lt=clock.now())
    return Q(state__in=[RawState.WAITING, RawState.READING]) & over


def _claim(raw_id: int) -> Raw | None:
    """Take a mail to read: nobody else gets it until the lease ends. None where there is nothing to do yet."""
    if not Unit.objects.filter(is_active=True, parent=None).exists():
        return None
    with transaction.atomic():
        raw = Raw.objects.select_for_update(skip_locked=True).filter(_is_free(), pk=raw_id).first()
        if raw is None:
            return None
        raw.tries += 1
        if raw.tries > MOST_TRIES:
            raw.state, raw.problem, raw.lease_until = RawState.FAILED, "broke_off", None
        else:
            raw.state, raw.lease_until = RawState.READING, clock.now() + LEASE
        raw.save(update_fields=["state", "tries", "problem", "lease_until"])
    return raw if raw.state == RawState.READING else None


def _leased(raw: Raw) -> QuerySet[Raw]:
    """The mail while this lease is ours: whoever takes it later counts one more try."""
    return Raw.objects.filter(pk=raw.pk, state=RawState.READING, tries=raw.tries)
