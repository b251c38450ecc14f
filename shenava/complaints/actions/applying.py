"""Applying: a promise that was changed moves nothing by itself. Somebody asks for it, sees the list, and says why."""

from __future__ import annotations

from shenava.common import clock
from shenava.complaints import policy
from shenava.complaints.actions.deadline import tell_another_date
from shenava.complaints.actions.promises import about, promise_for
from shenava.complaints.actions.room import action
from shenava.complaints.facts_of_judgement import PromiseBroughtForward
from shenava.complaints.facts_of_promises import PromiseApplied
from shenava.complaints.models import Complaint
from shenava.deadlines import clocks
from shenava.deadlines.models import Clock, ClockKind, PromiseRule
from shenava.journal.actions import Refused
from shenava.journal.recording import record
from shenava.people.models import Party
from shenava.people.parties import calendar_of


@action
def apply_promise(complaint: Complaint, *, rule: PromiseRule, reason: str, by: Party) -> Clock:
    """Let a running promise fall due as the rule in force has it, counted from when it was given.

    The complainant reads the reason where the answer comes later, and so do those whose complaint was merged into
    this one. Nothing moves to a day that is past.
    """
    running = complaint.clocks.open().filter(kind=rule.kind, paused_at=None).first()
    if running is None or clocks.rule_for(rule.kind, about(complaint)) != rule:
        raise Refused(policy.NOT_OF_THIS_RULE, "apply_promise")
    calendar, before_at = calendar_of(complaint.unit), running.due_at
    due_at = clocks.due_by(rule, calendar, running.started_at)
    if due_at <= clock.now():
        raise Refused(policy.ONLY_AHEAD, "apply_promise")
    running.rule, running.due_at, running.ladder_at = rule, due_at, clock.now()
    running.save(update_fields=["rule", "due_at", "ladder_at"])
    fact = PromiseApplied(rule=rule.pk, kind=rule.kind, before_at=before_at, due_at=due_at)
    record(complaint, fact, by=by)
    if rule.kind == ClockKind.ANSWER:
        _move_answer(complaint, running, later=due_at > before_at, reason=reason, by=by)
    return running


def _move_answer(complaint: Complaint, running: Clock, *, later: bool, reason: str, by: Party) -> None:
    if later:
        tell_another_date(complaint, running.due_at, reason, by)
        return
    promise_for(complaint, running.due_at)
    record(complaint, PromiseBroughtForward(due_at=running.due_at), by=by)
