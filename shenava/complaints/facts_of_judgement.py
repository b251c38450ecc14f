"""Facts of judging a complaint, and of what passes to and fro beside the answer. Worded when read, as all are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from shenava.complaints.models import Channel, Finding, Importance, Priority, Severity
from shenava.journal.facts import Fact, fact


@fact("complaint.assessed", 1)
@dataclass(frozen=True)
class Assessed(Fact):
    assessment: int
    severity: int
    importance: int
    priority: int
    is_safety: bool
    icon = "gauge"
    labels = {"severity": Severity, "importance": Importance, "priority": Priority}
    sentence = _("{by} assessed it: severity {severity}, importance {importance}, priority {priority}.")


@fact("complaint.promise_brought_forward", 1)
@dataclass(frozen=True)
class PromiseBroughtForward(Fact):
    due_at: datetime
    icon = "calendar-clock"
    sentence = _("The promised answer came forward to {due_at}.")
    public_sentence = _("We will answer earlier than we said: by {due_at}.")


@fact("complaint.safety_alarmed", 1)
@dataclass(frozen=True)
class SafetyAlarmed(Fact):
    told: int
    icon = "siren"
    sentence = _("Danger to people: the complaints managers were told at once ({told}).")


@fact("complaint.tasks_settled", 1)
@dataclass(frozen=True)
class TasksSettled(Fact):
    tasks: int
    icon = "list-checks"
    sentence = _("{by} has dealt with a task.")


@fact("complaint.summary_confirmed", 1)
@dataclass(frozen=True)
class SummaryConfirmed(Fact):
    summary: int
    channel: str
    icon = "check-check"
    labels = {"channel": Channel}
    sentence = _("{by} recorded that the complainant confirmed the summary ({channel}).")


@fact("complaint.staff_named", 1)
@dataclass(frozen=True)
class StaffNamed(Fact):
    named: int
    icon = "user-x"
    sentence = _("{by} named a member of staff complained about, who sees nothing of it from now on.")


@fact("complaint.conflict_declared", 1)
@dataclass(frozen=True)
class ConflictDeclared(Fact):
    named: int
    icon = "user-x"
    sentence = _("{by} declared a conflict of interest and takes no part in it from now on.")


@fact("complaint.heard", 1)
@dataclass(frozen=True)
class Heard(Fact):
    hearing: int
    icon = "ear"
    sentence = _("{by} recorded that one side was heard.")


@fact("complaint.decided", 1)
@dataclass(frozen=True)
class Decided(Fact):
    decision: int
    finding: str
    is_revision: bool
    icon = "gavel"
    labels = {"finding": Finding}
    sentence = _("{by} decided: {finding}.")


@fact("complaint.deadline_changed", 1)
@dataclass(frozen=True)
class DeadlineChanged(Fact):
    change: int
    before_at: datetime | None
    due_at: datetime
    icon = "calendar-clock"
    sentence = _("{by} promised another date: {due_at} instead of {before_at}. The complainant was told.")
    public_sentence = _("The date of our answer has changed: we will answer by {due_at}.")


@fact("complaint.questioned", 1)
@dataclass(frozen=True)
class Questioned(Fact):
    question: int
    message: int
    icon = "message-circle-question-mark"
    sentence = _("{by} asked the complainant something.")
    public_sentence = _("We asked you something.")


@fact("complaint.response_corrected", 1)
@dataclass(frozen=True)
class ResponseCorrected(Fact):
    response: int
    superseded: int
    message: int
    icon = "pencil-line"
    sentence = _("{by} corrected the response; the new one counts.")
    public_sentence = _("We corrected our answer; the new one counts.")


@fact("complaint.response_recalled", 1)
@dataclass(frozen=True)
class ResponseRecalled(Fact):
    response: int
    message: int
    due_at: datetime | None
    icon = "undo-2"
    sentence = _("{by} took the response back; the complaint is in handling again.")
    public_sentence = _("We took our answer back; we are working on it again and will answer by {due_at}.")


@fact("complaint.silence_warned", 1)
@dataclass(frozen=True)
class SilenceWarned(Fact):
    response: int
    lapse_at: datetime
    icon = "hourglass"
    sentence = _("The complainant was reminded to answer by {lapse_at}; then the complaint is closed.")
    public_sentence = _(
        "We asked you again whether you accept our answer. Without a word from you by {lapse_at} we close it."
    )
