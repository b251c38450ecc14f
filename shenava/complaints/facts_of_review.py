"""Facts of reviews: asked for, and answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from shenava.complaints.models import Review
from shenava.journal.facts import Fact, fact


@fact("complaint.review_asked", 1)
@dataclass(frozen=True)
class ReviewAsked(Fact):
    review: int
    reviewer: int
    due_at: datetime | None
    icon = "scan-eye"
    parties = ("reviewer",)
    sentence = _("{by} asked for a review; {reviewer} looks at it anew.")
    public_sentence = _(
        "Your request for a review was received. It is looked at anew, wherever possible by somebody who had no part"
        " in our answer, and answered by {due_at}."
    )


@fact("complaint.review_answered", 1)
@dataclass(frozen=True)
class ReviewAnswered(Fact):
    review: int
    response: int
    message: int
    result: str
    icon = "scan-eye"
    labels = {"result": Review.Result}
    sentence = _("{by} answered the review: {result}.")
    public_sentence = _("The review has ended: {result}.")
