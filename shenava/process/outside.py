"""The world outside the kernel: what is the case of a complaint, and when working time will have passed."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from shenava.deadlines.clocks import ALWAYS, home_calendar
from shenava.deadlines.working_time import NeverOpenError, WorkingCalendar, add_working, add_working_days
from shenava.process import deciding, vocabulary
from shenava.process.kernel import StuckError
from shenava.process.questions import question
from shenava.process.tables import holds

if TYPE_CHECKING:
    from shenava.complaints.models import Complaint


class World:
    """What the kernel asks of the world about one complaint. Facts are looked up when the first is asked for."""

    def __init__(self, complaint: Complaint | None) -> None:
        self.complaint = complaint
        self._facts: Mapping[str, Any] | None = None

    def facts(self) -> Mapping[str, Any]:
        """What is the case of the complaint."""
        if self._facts is None:
            self._facts = vocabulary.facts_of(self.complaint)
        return self._facts

    def holds(self, asked: tuple[Mapping[str, Any], ...], decided: Mapping[str, Any]) -> bool:
        """Do all of these conditions hold now? What the run has decided counts like a fact."""
        return holds(asked, self._with(decided))

    def decide(self, table: str, decided: Mapping[str, Any]) -> Mapping[str, Any]:
        """What the decision table says now."""
        if question(table) is None:
            raise StuckError(table, "is a decision table that does not exist")
        return deciding.answer(table, self._with(decided))

    def _with(self, decided: Mapping[str, Any]) -> Mapping[str, Any]:
        """Each fact is looked up when it is asked for."""
        return ChainMap(dict(decided), self.facts())  # type: ignore[arg-type]

    def due(self, after: Mapping[str, int], now: datetime) -> datetime:
        """When so much time will have passed: of days and hours as the clock goes, or of working time."""
        return due(after, now)


def due(after: Mapping[str, int], now: datetime) -> datetime:
    """When so much time will have passed; by a calendar that never opens, every hour counts."""
    (unit, number), *_none = after.items()
    if unit in ("days", "hours"):
        return now + timedelta(**{unit: number})
    try:
        return _due_at_work(home_calendar(), unit, number, now)
    except NeverOpenError:
        return _due_at_work(ALWAYS, unit, number, now)


def _due_at_work(calendar: WorkingCalendar, unit: str, number: int, now: datetime) -> datetime:
    if unit == "working_hours":
        return add_working(calendar, now, timedelta(hours=number))
    return add_working_days(calendar, now, number)
