"""Review: somebody who had no part in the answer looks at it anew, and tells the complainant what came of it."""

from __future__ import annotations

from shenava.attachments.models import File
from shenava.common import clock
from shenava.complaints.actions.ending import let_no_answer_stand, open_again
from shenava.complaints.actions.holding import hand_to, reviewer_for
from shenava.complaints.actions.letters import send_correction, send_review_received
from shenava.complaints.actions.merge import answer_merged
from shenava.complaints.actions.promises import promise_again
from shenava.complaints.actions.response import give_response
from shenava.complaints.actions.room import action
from shenava.complaints.facts_of_review import ReviewAnswered, ReviewAsked
from shenava.complaints.models import Complaint, Review
from shenava.journal.recording import record
from shenava.people.models import Party


@action
def ask_review(complaint: Complaint, *, text: str, by: Party) -> Review:
    """The complainant wants another look, by somebody who had no part in the answer, with a promise of its own.

    The answer given does not stand as accepted any more; a closed complaint is open again.
    """
    reviewer, before = reviewer_for(complaint), complaint.owner
    if complaint.is_closed:
        open_again(complaint, text=text, by=by)
    else:
        let_no_answer_stand(complaint, text=text, by=by)
    due_at = promise_again(complaint)
    review = Review.objects.create(
        complaint=complaint, reason=text, by=by, at=clock.now(), of_owner=before, reviewer=reviewer
    )
    hand_to(complaint, reviewer, by=by)
    record(complaint, ReviewAsked(review=review.pk, reviewer=reviewer.pk, due_at=due_at), by=by)
    send_review_received(complaint)
    return review


@action
def answer_review(complaint: Complaint, *, result: str, text: str, files: tuple[File, ...] = (), by: Party) -> Review:
    """Tell the complainant whether the answer stands or is changed, with the reasons. The word is his again.

    Whoever else complained of the same is told only what is changed; one who was merged in since is answered.
    """
    review = complaint.reviews.get(closed_at=None)
    response = give_response(complaint, text=text, files=files, by=by, verb="answer_review")
    review.result, review.response = result, response
    review.closed_at, review.closed_by = clock.now(), by
    review.save(update_fields=["result", "response", "closed_at", "closed_by"])
    fact = ReviewAnswered(review=review.pk, response=response.pk, message=response.message_id, result=result)
    record(complaint, fact, by=by)
    others = complaint.duplicates.closed()
    answer_merged(complaint, others.filter(closed_at__gte=review.at), text=text, files=files, by=by)
    if result == Review.Result.CHANGED:
        told = others.filter(closed_at__lt=review.at)
        answer_merged(complaint, told, text=text, files=files, by=by, send=send_correction)
    return review
