"""First contact: what can be settled at once is settled at once, and is on record all the same (ISO 10002, 7.9)."""

from __future__ import annotations

from django.db import transaction

from shenava.common import clock
from shenava.complaints.actions.assessment import Look, assess
from shenava.complaints.actions.ending import end
from shenava.complaints.actions.holding import answer_for
from shenava.complaints.actions.intake import Intake, register_once
from shenava.complaints.actions.letters import send_response
from shenava.complaints.actions.room import action
from shenava.complaints.facts import Closed, SolvedAtOnce
from shenava.complaints.models import ClosureReason, Complaint, Response
from shenava.complaints.required import refuse_incomplete
from shenava.journal.recording import record
from shenava.people.models import Party


@action
def solve(complaint: Complaint, *, text: str, by: Party) -> Response:
    """Answer at first contact, with a complainant who is content there and then; it ends well at once.

    He gets the answer in writing too, where he left an address.
    """
    message = send_response(complaint, text=text, files=(), by=by)
    now = clock.now()
    response = Response.objects.create(
        complaint=complaint,
        message=message,
        by=by,
        at=now,
        answer=Response.Answer.ACCEPTED,
        answered_at=now,
        answer_by=by,
    )
    complaint.responded_at = now
    complaint.save(update_fields=["responded_at"])
    answer_for(complaint, by)
    record(complaint, SolvedAtOnce(response=response.pk, message=message.pk), by=by)
    closure = end(complaint, ClosureReason.ACCEPTED, text="", by=by, at_first_contact=True)
    record(complaint, Closed(closure=closure.pk, reason=ClosureReason.ACCEPTED), by=by)
    return response


def receive(*, intake: Intake, look: Look | None = None, solution: str = "", by: Party) -> Complaint:
    """Register in one go with what can be judged and settled there and then, or nothing of it.

    The same submission twice is one complaint, assessed once and solved once. What the rules ask for has to be there:
    raises a ValidationError by field.
    """
    refuse_incomplete(intake, look)
    with transaction.atomic():
        complaint = register_once(intake=intake, by=by)
        if look is not None and complaint.severity is None:
            assess(complaint, look=look, by=by)
        if solution and complaint.responded_at is None:
            solve(complaint, text=solution, by=by)
    return complaint
