"""Conversation: what goes to and fro between the complainant and us, besides the response."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shenava.attachments.models import File
from shenava.common import clock
from shenava.common.text import clean
from shenava.complaints.actions.holding import (
    hand_to,
    let_read,
    open_item,
    set_aside,
    settle_questions,
    whoever_answers,
)
from shenava.complaints.actions.letters import send_acknowledgement, send_question
from shenava.complaints.actions.promises import keep
from shenava.complaints.actions.room import action
from shenava.complaints.actions.silence import break_silence
from shenava.complaints.actions.waiting import go_on, stand_still
from shenava.complaints.facts import Acknowledged, AcknowledgementUndelivered, MessageReceived
from shenava.complaints.facts_of_judgement import Questioned
from shenava.complaints.models import Complaint, Question
from shenava.deadlines.models import PauseReason
from shenava.journal.recording import record
from shenava.messages.models import Message, Outgoing
from shenava.people.models import Party
from shenava.process.models import WorkItem

LATE_WORDS = "said_after_end"


@dataclass(frozen=True)
class Addition:
    """Further information: written by whom, by which channel; `message` where it came as one."""

    text: str
    channel: str
    files: tuple[File, ...] = ()
    message: Message | None = None


@action
def acknowledge(complaint: Complaint, *, by: Party) -> Complaint:
    """Tell the complainant that we have it: number, promised date, how to follow it."""
    message = send_acknowledgement(complaint)
    complaint.acknowledged_at = clock.now()
    complaint.save(update_fields=["acknowledged_at"])
    keep(complaint, "acknowledge")
    record(complaint, Acknowledged(message=message.pk if message else None, by_mail=bool(message)), by=by)
    return complaint


@action
def record_undelivered(complaint: Complaint, *, outgoing: Outgoing, by: Party) -> WorkItem:
    """The acknowledgement did not arrive: whoever holds the complaint is told to reach the complainant."""
    task = _task(complaint, "acknowledgement_undelivered", due_at=complaint.due_at, by=by)
    record(complaint, AcknowledgementUndelivered(outgoing=outgoing.pk), by=by)
    return task


@action
def ask_complainant(complaint: Complaint, *, text: str, by: Party) -> Question:
    """Ask the complainant for what only he knows. The time is his until he answers; the promised date stands, unless
    its rule lets it wait for him."""
    now, message = clock.now(), send_question(complaint, text=text, by=by)
    question = Question.objects.create(complaint=complaint, message=message, by=by, at=now)
    complaint.questioned_at = now
    complaint.save(update_fields=["questioned_at"])
    set_aside(complaint)
    record(complaint, Questioned(question=question.pk, message=message.pk), by=by)
    stand_still(complaint, PauseReason.COMPLAINANT, by=by)
    return question


@action
def add_information(complaint: Complaint, *, addition: Addition, by: Party) -> Message:
    """Take in what the complainant adds. It is never too late: a closed complaint keeps it too."""
    message = addition.message or written(complaint, addition, by)
    if message.complaint_id != complaint.pk:
        message.complaint = complaint
        message.save(update_fields=["complaint"])
    record(complaint, MessageReceived(message=message.pk, channel=message.channel), by=by)
    settle_questions(complaint, answer=message)
    go_on(complaint, PauseReason.COMPLAINANT, by=by)
    break_silence(complaint)
    if complaint.is_closed:
        _show_late_words(complaint, by)
    elif open_item(complaint) is None:
        hand_to(complaint, whoever_answers(complaint), by=by)
    return message


def _show_late_words(complaint: Complaint, by: Party) -> None:
    """Whoever answered for a closed complaint has to read what was said after its end, and may open it again."""
    waiting = WorkItem.objects.open().filter(complaint=complaint, title=LATE_WORDS)
    if not waiting.exists() and whoever_answers(complaint).pk != by.pk:
        _task(complaint, LATE_WORDS, due_at=None, by=by)


def _task(complaint: Complaint, title: str, *, due_at: datetime | None, by: Party) -> WorkItem:
    return task_for(complaint, whoever_answers(complaint), title, due_at=due_at, by=by)


def task_for(complaint: Complaint, holder: Party, title: str, *, due_at: datetime | None, by: Party) -> WorkItem:
    """Something to be seen to beside the stage, in the cartable of its holder."""
    let_read(complaint, holder)
    return WorkItem.objects.create(
        complaint=complaint,
        holder=holder,
        kind=WorkItem.Kind.TASK,
        node=complaint.stage,
        title=title,
        due_at=due_at,
        sent_by=by,
        sent_at=clock.now(),
    )


def written(complaint: Complaint, addition: Addition, by: Party) -> Message:
    """What the complainant said, as a message of the conversation."""
    message = Message.objects.create(
        complaint=complaint,
        direction="in",
        channel=addition.channel,
        kind="addition",
        author=by if by.pk in complaint.speaker_ids else complaint.complainant,
        text=clean(addition.text),
        at=clock.now(),
        language=complaint.language,
        sender_verdict="verified",
    )
    message.files.add(*addition.files)
    return message
