"""Climbing: the clock looks which rungs of the ladder are reached, some promises at a time."""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import timedelta

from django.db import transaction
from procrastinate.contrib.django import app

from shenava.common import clock
from shenava.complaints.actions import escalate
from shenava.deadlines import ladder
from shenava.deadlines.clocks import ALWAYS
from shenava.deadlines.models import Clock, Escalation, Rung
from shenava.journal.actions import Refused
from shenava.people.parties import calendar_of, system_party

SOME, ROUNDS = 50, 100
LATER = timedelta(hours=1)
log = logging.getLogger(__name__)


@app.periodic(cron="*/5 * * * *")
@app.task(name="complaints.climb", queue="follow", queueing_lock="complaints.climb")
def climb(timestamp: int = 0) -> None:
    """Do what the rungs say that were reached since; each once."""
    for _round in range(ROUNDS):
        if not climb_some():
            break


def climb_some() -> int:
    """Look at the promises whose time it is and that nobody else is at; how many there were."""
    with transaction.atomic():
        waiting = Clock.objects.open().filter(paused_at=None, ladder_at__lte=clock.now()).order_by("ladder_at", "pk")
        rows = waiting.select_related("complaint__unit")
        found = list(rows.select_for_update(of=("self", "complaint"), skip_locked=True, no_key=True)[:SOME])
        rungs = list(Rung.objects.filter(is_active=True))
        for running in found:
            _climb(running, rungs)
    return len(found)


def _climb(running: Clock, rungs: list[Rung]) -> None:
    try:
        with transaction.atomic():
            _do_reached(running, rungs)
    except Exception:  # whatever it is, the others go on
        log.exception("the ladder of promise %s failed", running.pk)
        Clock.objects.filter(pk=running.pk).update(ladder_at=clock.now() + LATER)


def _do_reached(running: Clock, rungs: list[Rung]) -> None:
    """What the process does not allow at this stage is not done; it is not made up for later."""
    calendar, now = calendar_of(running.complaint.unit), clock.now()
    done = set(Escalation.objects.filter(clock=running).values_list("rung", flat=True))
    heights = ladder.heights(running, rungs, calendar.working_calendar() if calendar else ALWAYS, done=done)
    coming = min((one.at for one in heights if one.at > now), default=None)
    Clock.objects.filter(pk=running.pk).update(ladder_at=coming)
    for reached in (one for one in heights if one.at <= now):
        with suppress(Refused):
            escalate(running.complaint, running=running, rung=reached.rung, by=system_party())
