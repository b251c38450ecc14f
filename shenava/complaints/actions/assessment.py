"""Assessment: how grave it is, how much it matters, what has to be done at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shenava.common import clock
from shenava.complaints.actions.holding import let_read, managers
from shenava.complaints.actions.letters import send_alarm
from shenava.complaints.actions.promises import bring_forward, keep
from shenava.complaints.actions.room import action
from shenava.complaints.facts_of_judgement import Assessed, PromiseBroughtForward, SafetyAlarmed, TasksSettled
from shenava.complaints.models import Assessment, Complaint, Urgency
from shenava.complaints.preconditions import CALL
from shenava.complaints.priority import priority_of
from shenava.deadlines.models import ClockKind
from shenava.journal.recording import record
from shenava.people.models import Party
from shenava.people.standing import standing_of
from shenava.process.models import WorkItem, WorkItemQuerySet

ALARM = "safety"


@dataclass(frozen=True)
class Look:
    """How somebody judges a complaint: severity and importance from 1 to 5, what threatens, what is urgent.

    `felt_severity` is how grave the complainant says it is; `immediate_action` what has to be done at once.
    """

    severity: int
    importance: int
    felt_severity: int | None = None
    urgency: str = Urgency.NORMAL
    is_safety: bool = False
    is_legal: bool = False
    is_media: bool = False
    immediate_action: str = ""
    remark: str = ""


@action
def assess(complaint: Complaint, *, look: Look, by: Party) -> Assessment:
    """Judge how grave it is and how much it matters; again whenever more is known. Every look stays on record.

    The date that the complainant was promised never moves later by this. A graver complaint is promised
    an earlier answer where the rules have one, counted from now: nobody could know before.
    Danger to people is told to the complaints managers at once, the first time it is seen.
    """
    assessment = judge(complaint, look, by)
    keep(complaint, ClockKind.ASSESS)
    if assessment.is_safety and not alarms(complaint).filter(recalled_at=None).exists():
        raise_alarm(complaint, by)
    return assessment


def judge(complaint: Complaint, look: Look, by: Party, *, carried_from: Complaint | None = None) -> Assessment:
    """Keep a look with its fact, and promise an earlier answer where the rules have one."""
    assessment = keep_look(complaint, look, by, carried_from=carried_from)
    due_at = bring_forward(complaint)
    fact = Assessed(
        assessment=assessment.pk,
        severity=assessment.severity,
        importance=assessment.importance,
        priority=assessment.priority,
        is_safety=assessment.is_safety,
    )
    record(complaint, fact, by=by)
    if due_at is not None:
        record(complaint, PromiseBroughtForward(due_at=due_at), by=by)
    return assessment


@action
def settle_tasks(complaint: Complaint, *, by: Party) -> Complaint:
    """Say that the tasks on this complaint that lie with oneself are done: they leave the cartable.

    A call that was promised is none of them: it is kept, or not needed for a reason."""
    now = clock.now()
    items = WorkItem.objects.open().held_by(standing_of(by).ids)
    mine = items.filter(complaint=complaint, kind=WorkItem.Kind.TASK, token="").exclude(title=CALL)
    mine.mark_seen(now)
    done = mine.update(answered_at=now, closed_at=now)
    record(complaint, TasksSettled(tasks=done), by=by)
    return complaint


def keep_look(complaint: Complaint, look: Look, by: Party, *, carried_from: Complaint | None = None) -> Assessment:
    """The look as a new version, and its result on the complaint itself, for lists."""
    latest = ("severity", "importance", "is_safety", "is_legal", "is_media")
    for name in latest:
        setattr(complaint, name, getattr(look, name))
    complaint.priority = priority_of(complaint)
    version = complaint.assessments.count() + 1
    assessment = Assessment.objects.create(
        complaint=complaint,
        version=version,
        priority=complaint.priority,
        carried_from=carried_from,
        by=by,
        at=clock.now(),
        **look.__dict__,
    )
    complaint.save(update_fields=[*latest, "priority"])
    return assessment


def raise_alarm(complaint: Complaint, by: Party) -> None:
    """Tell every complaints manager with whom it does not lie already: a task in the cartable and a mail."""
    now = clock.now()
    waiting = alarms(complaint).open().values("holder")
    told = list(managers().exclude(pk__in=complaint.excluded).exclude(pk__in=waiting))
    for manager in told:
        _give_task(complaint, manager, by, now)
        let_read(complaint, manager)
        send_alarm(complaint, manager)
    record(complaint, SafetyAlarmed(told=len(told)), by=by)


def alarms(complaint: Complaint) -> WorkItemQuerySet:
    """The tasks by which managers were told of a danger to people; those taken back with a merge, too."""
    return WorkItem.objects.filter(complaint=complaint, title=ALARM)


def _give_task(complaint: Complaint, holder: Party, by: Party, now: datetime) -> WorkItem:
    return WorkItem.objects.create(
        complaint=complaint,
        holder=holder,
        kind=WorkItem.Kind.TASK,
        node=complaint.stage,
        title=ALARM,
        due_at=complaint.due_at,
        sent_by=by,
        sent_at=now,
    )
