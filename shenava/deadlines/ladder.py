"""The ladder of a clock: when a rung is reached, on working time, and when it has to be looked at again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from shenava.deadlines.models import Clock, Rung
from shenava.deadlines.working_time import NeverOpenError, WorkingCalendar, add_working, last_open, working_between


class Height(NamedTuple):
    """A rung, and the moment at which it is reached."""

    at: datetime
    rung: Rung


def reached_at(running: Clock, percent: int, working: WorkingCalendar) -> datetime:
    """The moment at which so much of the working time of a promise is used up; where no work is done, of all time."""
    whole = working_between(working, running.started_at, running.due_at) - running.paused_for
    share = percent / 100 - 1
    if not share:
        return running.due_at
    try:
        if whole > timedelta(0):
            found = add_working(working, running.due_at, whole * share)
            return last_open(working, found) if share < 0 else found
    except NeverOpenError:
        pass
    return running.due_at + (running.due_at - running.started_at) * share


def heights(
    running: Clock, rungs: Collection[Rung], working: WorkingCalendar, *, done: Collection[int] = ()
) -> list[Height]:
    """The rungs that are not done yet, the lowest first, without those whose moment was past when they were made."""
    found = [Height(reached_at(running, one.percent, working), one) for one in rungs if one.kind == running.kind]
    return sorted(one for one in found if one.rung.pk not in done and one.at >= one.rung.at)


def look_again(kind: str, *, at: datetime) -> None:
    """The ladder of this kind was changed: all its running clocks are looked at again."""
    Clock.objects.open().filter(kind=kind).update(ladder_at=at)
