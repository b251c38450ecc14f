"""Overview: what endangers, what is late, who has how much, where complaints wait. Each figure is a list's length."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import BigIntegerField, Count, Q, Value

from shenava.complaints.filters import State, Waits, assessed_on, flagged, soon_until, waiting_in, work_of
from shenava.complaints.models import FLAGS, Channel, Complaint, ComplaintQuerySet
from shenava.people.models import Party, PartyKind
from shenava.people.standing import Standing

HEAVY = 1.5
FEW = 3


@dataclass(frozen=True)
class Figure:
    """A number and what the list has to be asked to show exactly that many.

    What is not drawn counts complaints that another figure of its line counts as well.
    """

    key: str
    number: int
    asks: dict[str, object]
    is_drawn: bool = True


@dataclass(frozen=True)
class Line:
    """What is said of one unit, person or channel."""

    name: str
    figures: tuple[Figure, ...]
    is_heavy: bool = False
    person: int | None = None

    @property
    def whole(self) -> int:
        return sum(figure.number for figure in self.figures if figure.is_drawn)


@dataclass(frozen=True)
class Overview:
    """The manager's figures, the flags in their order and each other table with the longest line first."""

    flags: list[Line]
    due_by_unit: list[Line]
    due_by_person: list[Line]
    work_by_person: list[Line]
    waiting_by_unit: list[Line]
    registered: list[Line]


def overview(standing: Standing, *, now: datetime, zone: ZoneInfo) -> Overview:
    """Gather the figures of all complaints within reach. The queries do not grow with their number."""
    visible, today = Complaint.objects.visible_to(standing), now.astimezone(zone).date()
    work = work_of(visible)
    soon = soon_until(now)
    due_by_unit, due_by_owner = _due(visible, now, soon)
    held, waiting = _work(work)
    ids = {row[0] for row in (*due_by_unit, *due_by_owner, *held, *waiting)}
    parties = Party.objects.in_bulk(ids)
    persons = [row for row in due_by_owner if parties[row[0]].kind == PartyKind.PERSON]
    return Overview(
        _flags(visible, today, zone),
        _due_lines("unit", due_by_unit, parties),
        _due_lines("owner", persons, parties),
        _loads(held, parties),
        _waiting_lines(waiting, parties),
        _registered(visible, today),
    )


def heavy(numbers: Iterable[int]) -> float:
    """From how many on somebody has too much: half as much again as the average, and never only a few."""
    each = list(numbers)
    return max(HEAVY * sum(each) / len(each), FEW) if each else FEW


def _flags(visible: ComplaintQuerySet, today: date, zone: ZoneInfo) -> list[Line]:
    """What is flagged and open, and what was flagged when it was assessed today, even if it is closed by now."""
    is_new, is_open = assessed_on(today, zone), Q(closed_at__isnull=True)
    counted = {f"{name}_new": Count("pk", filter=Q(**{name: True}) & is_new) for name in FLAGS}
    counted |= {f"{name}_open": Count("pk", filter=Q(**{name: True}) & is_open) for name in FLAGS}
    found = visible.filter(flagged(FLAGS)).aggregate(**counted)
    lines = (_flag_line(name, found[f"{name}_new"], found[f"{name}_open"], today) for name in FLAGS)
    return [line for line in lines if any(figure.number for figure in line.figures)]


def _flag_line(name: str, new: int, still_open: int, today: date) -> Line:
    return Line(
        str(FLAGS[name]),
        (
            Figure("assessed", new, {"flag": name, "assessed_on": today.isoformat()}, is_drawn=False),
            Figure("open", still_open, {"flag": name, "state": State.OPEN.value}),
        ),
    )


def _due(visible: ComplaintQuerySet, now: datetime, until: datetime) -> tuple[list[Any], list[Any]]:
    """Who has how many that are late or soon will be: by unit, then by owner. One query."""
    unanswered = visible.open().filter(responded_at__isnull=True, due_paused_at__isnull=True, due_at__lte=until)
    late, soon = Q(due_at__lt=now), Q(due_at__gte=now)
    counted = unanswered.order_by().values_list("unit", "owner")
    rows = list(counted.annotate(late=Count("pk", filter=late), soon=Count("pk", filter=soon)))
    return _summed(rows, 0), _summed(rows, 1)


def _summed(rows: list[Any], by: int) -> list[Any]:
    """The numbers of all rows that name the same in this column."""
    found: dict[int, tuple[int, int]] = {}
    for row in rows:
        if row[by] is not None:
            late, soon = found.get(row[by], (0, 0))
            found[row[by]] = (late + row[2], soon + row[3])
    return [(pk, *numbers) for pk, numbers in found.items()]


def _due_lines(by: str, rows: list[Any], parties: dict[int, Party]) -> list[Line]:
    return _ordered(
        Line(
            str(parties[pk]),
            (Figure("late", late, {by: pk, "late": "on"}), Figure("soon", soon, {by: pk, "soon": "on"})),
        )
        for pk, late, soon in rows
    )


def _complaints(condition: Q | None = None) -> Count:
    return Count("complaint", distinct=True, filter=condition)


def _work(work: Any) -> tuple[list[Any], list[Any]]:
    """How much lies with each person, and how it waits in each unit. One query."""
    nothing = [Value(0, BigIntegerField())] * (len(Waits) - 1)
    by_person = work.filter(holder__kind=PartyKind.PERSON).order_by().values("holder").annotate(number=_complaints())
    by_unit = work.exclude(complaint__unit=None).order_by().values("complaint__unit")
    counted = by_unit.annotate(**{waits.value: _complaints(waiting_in(waits)) for waits in Waits})
    held = by_person.values_list(Value("held"), "holder", "number", *nothing)
    waiting = counted.values_list(Value("waiting"), "complaint__unit", *(waits.value for waits in Waits))
    rows = list(held.union(waiting, all=True))
    return [row[1:3] for row in rows if row[0] == "held"], [row[1:] for row in rows if row[0] == "waiting"]


def _waiting_lines(rows: list[Any], parties: dict[int, Party]) -> list[Line]:
    return _ordered(
        Line(
            str(parties[pk]),
            tuple(
                Figure(waits.value, number, {"unit": pk, "waits": waits.value})
                for waits, number in zip(Waits, numbers, strict=True)
            ),
        )
        for pk, *numbers in rows
    )


def _loads(rows: list[Any], parties: dict[int, Party]) -> list[Line]:
    limit = heavy(number for _pk, number in rows)
    return _ordered(
        Line(str(parties[pk]), (Figure("work", number, {"holder": pk}),), number >= limit, person=pk)
        for pk, number in rows
    )


def _registered(visible: ComplaintQuerySet, today: date) -> list[Line]:
    counted = visible.filter(registered_on=today).order_by().values_list("channel").annotate(Count("pk"))
    return _ordered(
        Line(
            str(Channel(channel).label),
            (Figure("work", number, {"registered_on": today.isoformat(), "channel": channel}),),
        )
        for channel, number in counted
    )


def _ordered(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (-line.figures[0].number, -line.whole, line.name))
