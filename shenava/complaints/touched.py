"""Touched: the running promises that a rule in force would move, as far as this reader may see them."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from shenava.common import clock
from shenava.complaints.actions.promises import about
from shenava.complaints.models import Complaint
from shenava.deadlines import clocks
from shenava.deadlines.models import Clock, PromiseRule
from shenava.people.parties import calendar_of
from shenava.people.standing import Standing

MOST = 200


class Touched(NamedTuple):
    """A complaint, the date promised, and the one that the rule gives."""

    complaint: Complaint
    before_at: datetime
    due_at: datetime


def touched_by(rule: PromiseRule, standing: Standing) -> list[Touched]:
    """The first of them, those due soonest first; without those that would fall due in the past."""
    rules = list(PromiseRule.objects.filter(kind=rule.kind, is_active=True))
    running = Clock.objects.open().filter(kind=rule.kind, paused_at=None, rule__isnull=False)
    seen = running.filter(complaint__in=Complaint.objects.visible_to(standing).open()).order_by("due_at", "pk")
    found: list[Touched] = []
    for one in seen.select_related("complaint__unit__parent", "complaint__complainant").iterator(chunk_size=MOST):
        if clocks.best(rules, about(one.complaint)) != rule:
            continue
        due_at = clocks.due_by(rule, calendar_of(one.complaint.unit), one.started_at)
        if due_at != one.due_at and due_at > clock.now():
            found.append(Touched(one.complaint, one.due_at, due_at))
        if len(found) == MOST:
            break
    return found
