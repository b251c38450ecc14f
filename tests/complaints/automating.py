"""Automations as tests write them, and the queue that answers each fact once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from shenava.common import clock
from shenava.complaints import firing
from shenava.complaints.models import Complaint
from shenava.journal.models import Entry
from shenava.people.models import Party
from shenava.process.automation_actions import add_automation, switch_on
from shenava.process.automations import Plan
from shenava.process.models import Automation, Firing
from tests.world import World

SATURDAY = datetime(2026, 11, 21, 4, 30, tzinfo=UTC)  # 08:00 in Tehran, when work begins
HOUR = timedelta(hours=1)
SAFE = {"field": "is_safety", "is": "is", "value": False}
TAKEN = "fact:complaint.taken"


def written(world: World, occasion: str, deed: str, *conditions: dict[str, Any], **more: Any) -> Automation:
    """An automation that is on."""
    details: dict[str, Any] = {"names": {"en": f"{deed} at {occasion}"}, "conditions": conditions}
    plan = Plan(occasion=occasion, deed=deed, **(details | more))
    automation: Automation = switch_on(add_automation(plan=plan, by=world.administrator), by=world.administrator)
    return automation


def note(world: World, occasion: str = TAKEN, *conditions: dict[str, Any], **more: Any) -> Automation:
    return written(world, occasion, "note", *conditions, arguments={"text": "Look at the file."}, **more)


def assign(world: World, occasion: str, to: Party, **more: Any) -> Automation:
    return written(world, occasion, "assign", arguments={"to": to.pk}, **more)


def entries(complaint: Complaint) -> list[Entry]:
    return list(Entry.objects.filter(stream__name=complaint.journal_stream).order_by("seq"))


def let_run(complaint: Complaint) -> None:
    """What the queue does: every entry is answered once, those that come of it too."""
    answered: set[int] = set()
    while waiting := [one.pk for one in entries(complaint) if one.pk not in answered][:50]:
        for pk in waiting:
            firing.automate(entry_id=pk)
        answered |= set(waiting)
        assert len(answered) < 200


def results() -> list[tuple[str, str]]:
    return list(Firing.objects.order_by("pk").values_list("result", "reason"))


def tick(moment: datetime) -> None:
    with clock.set_to(moment):
        firing.automate_by_clock()
