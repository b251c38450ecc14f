"""Performing: the stories are put in one row by time and done deed by deed, each at its own moment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from operator import itemgetter

from shenava.common import clock
from shenava.deadlines.clocks import home_calendar
from shenava.deadlines.working_time import WorkingCalendar, next_open
from shenava.operations.demo.case import Case
from shenava.operations.demo.courses import Beat
from shenava.operations.demo.deeds import DEEDS
from shenava.operations.demo.house import House
from shenava.operations.demo.intake import WRITTEN_BY_THEMSELVES, begin
from shenava.operations.demo.stories import Story

AT_ANY_HOUR = frozenset({"inform", "accept", "reject", "reopen", "withdraw", "warn", "lapse"})


def perform(stories: list[Story], house: House) -> dict[int, Case]:
    """Let everything happen in the order in which it happened; the cases by the keys of their stories."""
    now, calendar = clock.now(), home_calendar()
    told = [(story, _moments(story, now, calendar)) for story in stories]
    row = [(at, story.key, place, story, beat) for story, moments in told for at, place, beat in moments]
    cases: dict[int, Case] = {}
    for at, key, _place, story, beat in sorted(row, key=itemgetter(0, 1, 2)):
        with clock.set_to(at):
            if beat is None:
                cases[key] = begin(story, house, cases)
            else:
                DEEDS[beat.deed](cases[key], beat.detail)
    return cases


def _moments(story: Story, now: datetime, calendar: WorkingCalendar) -> Iterator[tuple[datetime, int, Beat | None]]:
    """When a story begins and when each of its beats comes: staff work in working hours, and nothing lies ahead."""
    dice, at = story.dice, now - timedelta(days=story.days)
    if story.channel not in WRITTEN_BY_THEMSELVES:
        at = _at_work(at, calendar, dice.random())
    yield min(at, now), 0, None
    for place, beat in enumerate(story.beats, 1):
        at += timedelta(hours=beat.hours)
        if beat.deed not in AT_ANY_HOUR:
            at = _at_work(at, calendar, dice.random())
        yield min(at, now), place, beat


def _at_work(at: datetime, calendar: WorkingCalendar, chance: float) -> datetime:
    opens = next_open(calendar, at)
    return opens if opens == at else opens + timedelta(minutes=90 * chance)
