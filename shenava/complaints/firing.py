"""Firing: automations are set off by facts and by the clock, and do their verb in the name of the system.

Each is set off once for each occasion, and leaves a row of what came of it; one that fails hinders nothing else.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Max, Min
from django.utils import translation
from django.utils.translation import gettext_noop
from procrastinate.contrib.django import app

from shenava.common import clock
from shenava.complaints.actions.automatic import DOING
from shenava.complaints.facts_view import facts_of
from shenava.complaints.models import Complaint
from shenava.deadlines.models import Clock
from shenava.journal.actions import Refused
from shenava.journal.models import Entry
from shenava.journal.recording import last_entry
from shenava.people.models import PartyKind
from shenava.people.parties import system_party
from shenava.process import automations
from shenava.process.automation_actions import pause_automation
from shenava.process.automations import LONGEST_CHAIN, STAGE
from shenava.process.models import Automation, Firing
from shenava.process.tables import holds

HOUR, FAR = timedelta(hours=1), 1_000_000
TOO_LONG = gettext_noop("Too many automations set each other off.")
ONCE = gettext_noop("It was set off before in this chain of automations.")
Result = Firing.Result
log = logging.getLogger(__name__)


class Cause(NamedTuple):
    """What sets automations off for one complaint: an entry of its journal, or a moment."""

    complaint_id: int
    occasion: str
    entry: Entry | None = None


@app.task(name="complaints.automate", queue="follow")
def automate(*, entry_id: int) -> None:
    """Do what automations say to one fact."""
    entry = Entry.objects.select_related("stream", "by").get(pk=entry_id)
    cause = Cause(int(entry.stream.name.partition(":")[2]), f"entry:{entry.pk}", entry)
    for automation in Automation.objects.filter(pk__in=automations.set_off_by(entry.kind), is_on=True):
        fire(automation, cause)


@app.periodic(cron="*/5 * * * *")
@app.task(name="complaints.automate_by_clock", queue="follow", queueing_lock="complaints.automate_by_clock")
def automate_by_clock(timestamp: int = 0) -> None:
    """Do what automations say to the times that are over since they were looked at last."""
    now = clock.now()
    for automation in automations.timed():
        try:
            for cause in _causes(automation, now):
                fire(automation, cause)
        except Exception:  # whatever it is, the others go on, and this one is looked at again
            log.exception("automation %s could not look at the time", automation.pk)
        else:
            Automation.objects.filter(pk=automation.pk, is_on=True).update(looked_until=now)


@app.task(name="complaints.look_ahead", queue="follow")
def look_ahead(*, complaint_id: int) -> None:
    """A promised date was made or moved: what is nearer already than an automation looks ahead is not passed over."""
    now = clock.now()
    for automation in automations.timed():
        if automation.occasion.startswith(automations.PROMISE):
            for cause in _promised(automation, now, now, complaint=complaint_id):
                fire(automation, cause)


def fire(automation: Automation, cause: Cause) -> Firing | None:
    """Do its verb, if its conditions hold and it has not been set off by this before; what came of it."""
    try:
        with transaction.atomic():
            complaint = Complaint.objects.select_for_update(of=("self",), no_key=True).get(pk=cause.complaint_id)
            if not _is_awaited(automation, complaint, cause):
                return None
            result, reason, depth = _done(automation, complaint, cause)
            return Firing.objects.create(
                automation=automation,
                complaint=complaint,
                occasion=cause.occasion,
                deed=automation.deed,
                at=clock.now(),
                result=result,
                reason=reason,
                depth=depth,
                seq=last_entry(complaint),
            )
    except Exception:  # whatever it is, it hinders nothing else
        log.exception("automation %s failed for complaint %s", automation.pk, cause.complaint_id)
        return None


def _is_awaited(automation: Automation, complaint: Complaint, cause: Cause) -> bool:
    """Is it on still, was it not set off by this before, do its conditions hold, and has it not done enough?"""
    if not Automation.objects.filter(pk=automation.pk, is_on=True).exists():
        return False
    if Firing.objects.filter(automation=automation, complaint=complaint, occasion=cause.occasion).exists():
        return False
    return holds(automation.conditions, facts_of(complaint)) and not _has_done_enough(automation)


def _has_done_enough(automation: Automation) -> bool:
    """Was it set off as often within the hour as it may be? Then it is stopped."""
    lately = Firing.objects.filter(automation=automation, at__gt=clock.now() - HOUR)
    if lately.count() < automation.budget:
        return False
    pause_automation(automation, by=system_party())
    return True


def _done(automation: Automation, complaint: Complaint, cause: Cause) -> tuple[str, str, int]:
    """Do the verb, unless that would go on for ever: what came of it, why, and how many are in a row now."""
    depth, is_again = _chain(automation, cause)
    if depth > LONGEST_CHAIN or is_again:
        return Result.STOPPED, ONCE if is_again else TOO_LONG, depth
    try:
        with transaction.atomic(), translation.override("en"):
            DOING[automation.deed](complaint, automation.arguments, system_party())
    except Refused as refused:
        return Result.REFUSED, _in_english(refused), depth
    except Exception as error:  # what was begun is undone; why stands in the log of firings
        log.exception("automation %s failed for complaint %s", automation.pk, complaint.pk)
        return Result.FAILED, type(error).__name__, depth
    return Result.DONE, "", depth


def _in_english(refused: Refused) -> str:
    """The reason as it is translated from, so that each reader gets it in his own language."""
    with translation.override("en"):
        return str(refused.reason)


def _chain(automation: Automation, cause: Cause) -> tuple[int, bool]:
    """How many automations in a row this would be, and whether the same one is among them: all that were set off
    since somebody who is not the program did something. What a person does, and what a time sets off, begins anew."""
    entry = cause.entry
    if entry is None or entry.by.kind != PartyKind.SYSTEM:
        return 1, False
    by_people = Entry.objects.filter(stream=entry.stream_id).exclude(by__kind=PartyKind.SYSTEM)
    since = by_people.filter(seq__lt=entry.seq).aggregate(last=Max("seq"))["last"] or 0
    until = by_people.filter(seq__gt=entry.seq).aggregate(next=Min("seq"))["next"] or entry.seq + FAR
    chain = Firing.objects.filter(complaint=cause.complaint_id, result=Result.DONE, seq__gt=since, seq__lt=until)
    depth = chain.filter(seq__lte=entry.seq).aggregate(most=Max("depth"))["most"] or 0
    return depth + 1, chain.filter(automation=automation).exists()


def _causes(automation: Automation, now: datetime) -> Iterator[Cause]:
    """The complaints for which the time of an automation has come since it was looked at."""
    since = automation.looked_until or now
    if automation.occasion.startswith(STAGE):
        return _staged(automation, since, now)
    return _promised(automation, automations.ahead(automation, since), now)


def _staged(automation: Automation, since: datetime, now: datetime) -> Iterator[Cause]:
    begun = (automations.begun_by(automation, since), automations.begun_by(automation, now))
    there = Complaint.objects.open().filter(stage=automation.occasion.partition(":")[2], staged_at__isnull=False)
    for pk, at in there.filter(staged_at__gt=begun[0], staged_at__lte=begun[1]).values_list("pk", "staged_at"):
        yield Cause(pk, f"stage:{at:%Y-%m-%dT%H:%M:%S.%f}")


def _promised(
    automation: Automation, after: datetime, now: datetime, *, complaint: int | None = None
) -> Iterator[Cause]:
    """Running promises whose date lies after a moment and is now as near as the automation says."""
    running = Clock.objects.open().filter(paused_at=None, kind=automation.occasion.partition(":")[2])
    near = running.filter(due_at__gt=after, due_at__lte=automations.ahead(automation, now), complaint__closed_at=None)
    near = near.filter(complaint=complaint) if complaint else near
    for pk, due_at in near.values_list("complaint", "due_at"):
        yield Cause(pk, f"promise:{due_at:%Y-%m-%dT%H:%M:%S.%f}")
