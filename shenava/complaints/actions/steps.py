"""Steps: what people finish of a process beside the stage, and what time and operations move on."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shenava.common import clock
from shenava.common.text import clean
from shenava.complaints import policy
from shenava.complaints.actions.allotting import follow
from shenava.complaints.actions.operations import OPERATIONS
from shenava.complaints.actions.room import action
from shenava.complaints.facts_of_process import StepFinished, WentOn
from shenava.complaints.models import Complaint
from shenava.journal.actions import Refused, Verdict
from shenava.journal.recording import record
from shenava.people.models import Party
from shenava.people.standing import standing_of
from shenava.process import runs, steps
from shenava.process.kernel import FINISH
from shenava.process.models import Timer, WorkItem

NO_SUCH_END = Verdict(_("This step does not end in that way. Look at the page again."))


@action
def finish_step(complaint: Complaint, *, item: WorkItem, outcome: str, text: str = "", by: Party) -> WorkItem:
    """Finish a step of the process that lies with oneself, or one's unit, by one of its outcomes.

    Of a step of several people each says what he finds; it ends when enough have.
    """
    item = WorkItem.objects.select_for_update(no_key=True).get(pk=item.pk)
    allowed = policy.step_verdict(standing_of(by), complaint, item)
    if not allowed:
        raise Refused(allowed, FINISH)
    if outcome not in [way.key for way in steps.ways_of(item, complaint, "en")]:
        raise Refused(NO_SUCH_END, FINISH)
    now = clock.now()
    item.seen_at = item.seen_at or now
    item.answered_at = item.closed_at = now
    item.outcome, item.answer = outcome, clean(text)
    item.save(update_fields=["seen_at", "answered_at", "closed_at", "outcome", "answer"])
    record(complaint, StepFinished(work_item=item.pk), by=by)
    follow(complaint, runs.finish(complaint, item, outcome, at=now), by=by)
    return item


@action
def move_on(complaint: Complaint, *, timer: Timer, by: Party) -> Complaint:
    """The time that the process had set is over, or it has something done by itself."""
    is_operation = timer.kind == Timer.Kind.OPERATION
    values = OPERATIONS[steps.operation_of(timer)](complaint, by) if is_operation else {}
    record(complaint, WentOn(kind=timer.kind), by=by)
    follow(complaint, runs.go_on(complaint, timer, at=clock.now(), values=values), by=by)
    return complaint
