"""Sweeps: verbs done by the clock, or at once after a fact, in the name of the system."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from shenava.common import clock
from shenava.complaints import exporting
from shenava.complaints.actions import acknowledge, assign, close_unanswered, move_on, record_undelivered, warn_silence
from shenava.complaints.actions.allotting import GO_ON
from shenava.complaints.actions.going_over import carry_out
from shenava.complaints.actions.routing import whom_to_assign
from shenava.complaints.models import Complaint, Response
from shenava.journal.actions import Refused
from shenava.messages.models import Outgoing
from shenava.people.models import Party
from shenava.people.parties import system_party
from shenava.process import incidents
from shenava.process.models import Timer, WorkItem

UNDELIVERED = ("failed", "bounced")
SOME, ROUNDS = 50, 100


@app.task(name="complaints.acknowledge", queue="follow")
def acknowledge_one(*, complaint_id: int) -> None:
    """Acknowledge one complaint, unless that has been done."""
    complaint = Complaint.objects.for_page().get(pk=complaint_id)
    if complaint.acknowledged_at is None and not complaint.is_closed:
        acknowledge(complaint, by=system_party())


@app.task(name="complaints.distribute", queue="follow")
def distribute(*, complaint_id: int) -> None:
    """Give a complaint that lies with a unit to the person whom the rules choose, if they choose one."""
    complaint = Complaint.objects.for_page().get(pk=complaint_id)
    chosen = None if complaint.is_closed else whom_to_assign(complaint)
    if chosen is not None:
        with suppress(Refused):  # meanwhile somebody has taken it, or it has gone on
            assign(complaint, to=chosen, by=system_party())


@app.periodic(cron="*/5 * * * *")
@app.task(name="complaints.sweep", queue="follow", queueing_lock="complaints.sweep")
def sweep(timestamp: int = 0) -> None:
    """Catch up on what a lost job has left undone, and raise the alarm for what did not arrive."""
    waiting = Complaint.objects.open().filter(acknowledged_at=None, entered_at__lt=clock.now() - timedelta(minutes=2))
    for pk in waiting.values_list("pk", flat=True)[:500]:
        acknowledge_one(complaint_id=pk)
    alarm_undelivered()


@app.periodic(cron="7 * * * *")
@app.task(name="complaints.mind_silence", queue="follow", queueing_lock="complaints.mind_silence")
def mind_silence(timestamp: int = 0) -> None:
    """Warn complainants who say nothing to our answer, and close what stayed without a word after that."""
    awaited, now = Response.objects.filter(complaint__closed_at=None).awaited(), clock.now()
    for complaint in _complaints_of(awaited.filter(lapse_at__lte=now)):
        with suppress(Refused):
            close_unanswered(complaint, by=system_party())
    for complaint in _complaints_of(awaited.filter(warned_at=None, warn_at__lte=now)):
        with suppress(Refused):
            warn_silence(complaint, by=system_party())


def _complaints_of(responses: QuerySet[Response]) -> list[Complaint]:
    return list(Complaint.objects.filter(pk__in=responses.values("complaint")).order_by("pk")[:500])


@app.periodic(cron="* * * * *")
@app.task(name="complaints.drive", queue="follow", queueing_lock="complaints.drive")
def drive(timestamp: int = 0) -> None:
    """Let processes go on where a time is over or something is to be done by itself, some at a time.

    Who finds much calls another worker: he helps now, and goes on alone if this one falls.
    """
    for number in range(ROUNDS):
        found = go_on_with_some()
        if found == SOME and number == 0:
            call_another()
        if not found:
            break


def call_another() -> None:
    """Have a worker that is free drive, too; one that has been called and has not come yet is enough."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        drive.defer()


@app.task(name=GO_ON, queue="follow")
def go_on(*, complaint_id: int) -> None:
    """What a verb has just made due in one complaint does not wait for the next round."""
    go_on_with_some(complaint_id=complaint_id)


def go_on_with_some(**which: int) -> int:
    """Move on what is due and what nobody else is at; how many there were. One that fails leaves an incident."""
    with transaction.atomic():
        due = Timer.objects.due(clock.now()).filter(**which).select_related("complaint", "instance__version")
        timers = due.select_for_update(of=("self", "complaint"), skip_locked=True, no_key=True)[:SOME]
        by = system_party()
        for timer in timers:
            _go_on(timer, by)
    return len(timers)


def _go_on(timer: Timer, by: Party) -> None:
    """The verb is a savepoint of its own: what it began is undone where it fails."""
    try:
        move_on(timer.complaint, timer=timer, by=by)
    except Exception as error:  # whatever it is, the others go on, and somebody sees to it
        incidents.failed(timer, error, at=clock.now())


@app.task(name="complaints.alarm_undelivered", queue="follow")
def alarm_undelivered() -> None:
    """Tell the holder of every complaint whose acknowledgement could not be delivered, once."""
    lost = Outgoing.objects.filter(
        purpose="acknowledgement", state__in=UNDELIVERED, message__complaint__isnull=False
    ).select_related("message__complaint")
    told = WorkItem.objects.filter(title="acknowledgement_undelivered").values("complaint")
    for outgoing in lost.exclude(message__complaint__in=told)[:200]:
        if outgoing.message and outgoing.message.complaint:
            record_undelivered(outgoing.message.complaint, outgoing=outgoing, by=system_party())


@app.task(name="complaints.export", queue="follow")
def export(*, export_id: int) -> None:
    """Write an export that was asked for."""
    exporting.make(export_id)


@app.task(name="complaints.move_runs", queue="follow")
def move_runs(*, migration_id: int) -> None:
    """Let open complaints go over to another version of their process, or put them back."""
    carry_out(migration_id)


@app.periodic(cron="17 * * * *")
@app.task(name="complaints.tidy_exports", queue="follow", queueing_lock="complaints.tidy_exports")
def tidy_exports(timestamp: int = 0) -> None:
    """Remove what is older than some days."""
    exporting.tidy()
