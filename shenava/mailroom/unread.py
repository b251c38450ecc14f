"""Mail that could not be read: it waits where a person sees it, and its clock is running."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.functional import Promise

from shenava.common import clock
from shenava.deadlines import clocks
from shenava.deadlines.working_time import WorkingCalendar
from shenava.mailroom.judging import problem_sentence
from shenava.mailroom.policy import within_reach
from shenava.messages.models import Raw, RawState
from shenava.people.models import Role, Unit
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


def unreadable(standing: Standing) -> QuerySet[Raw]:
    """Mail that waits for a person, in the mailboxes of this one's units and those of no unit."""
    return _light(Raw.objects.unreadable(), standing)


def kept_aside(standing: Standing) -> QuerySet[Raw]:
    """Mail of the last 30 days that opened no complaint and lies with none: automatic, from lists, set aside.

    Copies are for those who may read every complaint: the first of them is one already.
    """
    since = clock.now() - ASIDE_SHOWN
    aside = Raw.objects.filter(state=RawState.IGNORED, received_at__gte=since, message__complaint__isnull=True)
    if not standing.has(Role.COMPLAINTS_MANAGER):
        aside = aside.exclude(problem="copy")
    return _light(aside, standing)


def shown(raws: Iterable[Raw]) -> list[Waiting]:
    """Mails with their problems in words and their promised dates: by when an answer would be due, had they
    been read when they came."""
    rule = clocks.rule_for("answer", clocks.About("complaint"))
    calendars: dict[int | None, WorkingCalendar] = {}
    waiting = []
    for raw in raws:
        unit = raw.mailbox.unit if raw.mailbox else None
        key = unit.pk if unit else None
        calendar = calendars.setdefault(key, calendars.get(key) or _working(unit))
        due_at = clocks.due(rule, calendar, raw.received_at) if rule else None
        waiting.append(Waiting(raw, problem_sentence(raw.problem), due_at))
    return waiting


def _working(unit: Unit | None) -> WorkingCalendar:
    calendar = calendar_of(unit)
    return calendar.working_calendar() if calendar else clocks.ALWAYS


def _light(raws: QuerySet[Raw], standing: Standing) -> QuerySet[Raw]:
    return raws.filter(within_reach(standing)).defer("content").select_related("mailbox__unit", "message__complaint")
