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

AT_ANY_HOUR = frozenset({"inform", "accept", "reject", "review", "reopen", "withdraw", "warn", "lapse"})

# When, the how-manieth of its story, the key of the story, the story, and what is done; None where it begins.
Moment = tuple[datetime, int, int, Story, Beat | None]


def perform(stories: list[Story], house: House) -> dict[int, Case]:
    """Let everything happen in the order in which it happened; the cases by the keys of their stories."""
    row = sorted(_row(stories, clock.now(), home_calendar()), key=itemgetter(0, 1, 2))
    cases: dict[int, Case] = {}
    for at, _place, key, story, beat in row:
        with clock.set_to(at):
            if beat is None:
                cases[key] = begin(story, house, cases)
            else:
                DEEDS[beat.deed](cases[key], beat.detail)
    return cases


def _row(stories: list[Story], now: datetime, calendar: WorkingCalendar) -> Iterator[Moment]:
    """All moments of all stories. They begin in the order of their days, whatever the hour is now, so that each
    complaint gets the same number every time."""
    begun = now - timedelta(days=500)
    for story in sorted(stories, key=lambda one: -one.days):
        dice, at = story.dice, now - timedelta(days=story.days)
        if story.channel not in WRITTEN_BY_THEMSELVES:
            at = _at_work(at, calendar, dice.random())
        begun = min(max(at, begun + timedelta(seconds=1)), now)
        yield begun, 0, story.key, story, None
        yield from _beats(story, begun, now, calendar)


def _beats(story: Story, at: datetime, now: datetime, calendar: WorkingCalendar) -> Iterator[Moment]:
    """When each beat of a story comes: staff work in working hours, and nothing lies ahead."""
    dice = story.dice
    for place, beat in enumerate(story.beats, 1):
        at += timedelta(hours=beat.hours)
        if beat.deed not in AT_ANY_HOUR:
            at = _at_work(at, calendar, dice.random())
        yield min(at, now), place, story.key, story, beat


def _at_work(at: datetime, calendar: WorkingCalendar, chance: float) -> datetime:
    opens = next_open(calendar, at)
    return opens if opens == at else opens + timedelta(minutes=90 * chance)
