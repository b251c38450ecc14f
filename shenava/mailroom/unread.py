"""Mail that could not be read: it waits where a person sees it, and its clock is running."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.functional import Promise

from shenava.common import clock
from shenava.deadlines import clocks
from shenava.mailroom.judging import problem_sentence
from shenava.mailroom.policy import may_see
from shenava.messages.models import Raw, RawState
from shenava.people.parties import calendar_of
from shenava.people.standing import Standing

ASIDE_SHOWN = timedelta(days=30)


@dataclass(frozen=True)
class Waiting:
    """A mail as the folder shows it; `due_at` is when an answer is due, as for any complaint."""

    raw: Raw
    problem: Promise | str
    due_at: datetime | None

    @property
    def detail(self) -> str:
        """What the program noted beside the sentence."""
        return self.raw.problem.partition(": ")[2]


def waiting_count(standing: Standing) -> int | None:
    """How many wait; None for those who have nothing to do with them."""
    return Raw.objects.unreadable().count() if may_see(standing) else None


def unreadable() -> QuerySet[Raw]:
    """Mail that waits for a person, the oldest first, without its bytes."""
    return _light(Raw.objects.unreadable().order_by("received_at", "pk"))


def kept_aside() -> QuerySet[Raw]:
    """Mail of the last 30 days that opened no complaint: automatic, from lists, copies, set aside; newest first."""
    since = clock.now() - ASIDE_SHOWN
    return _light(Raw.objects.filter(state=RawState.IGNORED, received_at__gte=since).order_by("-received_at", "-pk"))


def shown(raw: Raw) -> Waiting:
    """One mail with its problem in words and its promised date."""
    return Waiting(raw, problem_sentence(raw.problem), promised_at(raw))


def promised_at(raw: Raw) -> datetime | None:
    """By when an answer would be due, had the mail been read when it came; None where nothing is promised."""
    rule = clocks.rule_for("answer", record_type="complaint", severity=None)
    if rule is None:
        return None
    calendar = calendar_of(raw.mailbox.unit if raw.mailbox else None)
    return clocks.due(rule, calendar.working_calendar() if calendar else clocks.ALWAYS, raw.received_at)


def _light(raws: QuerySet[Raw]) -> QuerySet[Raw]:
    return raws.defer("content").select_related("mailbox__unit", "message__complaint")
