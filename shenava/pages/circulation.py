"""Circulation as pages show it: who had the complaint, for how long, in both clocks; a picture and a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from shenava.complaints.models import Complaint, ReferralKind
from shenava.complaints.models.referral import BLOCKING
from shenava.deadlines.clocks import ALWAYS
from shenava.deadlines.working_time import WorkingCalendar, working_between
from shenava.people.models import Party, PartyKind, Unit
from shenava.people.parties import calendar_of
from shenava.process.circulation import Lying, Rank, Stretch, shares, stretches
from shenava.process.models import WorkItem
from shenava.process.waiting import Waiting

WIDTH = 1000
THIN = 2


@dataclass(frozen=True)
class Turn:
    """One piece of work: with whom, since when, and how long it lay unseen, undecided and in work."""

    item: WorkItem
    waiting: Waiting
    working_time: timedelta


@dataclass(frozen=True)
class Bar:
    """One piece of the picture, in thousandths of its width from the start of the reading direction."""

    stretch: Stretch
    holder: Party
    start: int
    width: int


@dataclass(frozen=True)
class Share:
    """How long somebody had the complaint in all, and the part of the whole in per cent."""

    rank: Rank
    holder: Party
    length: timedelta
    per_cent: int


@dataclass(frozen=True)
class Circulation:
    """The picture of a complaint's way. The lengths of the shares add up to its life exactly."""

    bars: list[Bar]
    shares: list[Share]
    whole: timedelta


def circulation(complaint: Complaint, now: datetime) -> Circulation:
    """Draw the way of a complaint from its opened dossier; no query, but for a holder who is not named in it."""
    items = list(complaint.work_items.all())
    ends = complaint.closed_at or now
    home = complaint.unit_id or complaint.owner_id
    pieces = stretches(_lyings(complaint, items), complaint.received_at, ends, else_with=home)
    holders = _holders(items, complaint, pieces)
    whole = ends - complaint.received_at
    return Circulation(
        _bars(pieces, holders, complaint.received_at, whole),
        [
            Share(rank, holders[holder], length, round(100 * length / whole) if whole else 0)
            for (rank, holder), length in shares(pieces).items()
        ],
        whole,
    )


def turns(complaint: Complaint, now: datetime) -> list[Turn]:
    """The same way piece by piece, each in the calendar of the unit in which it lay."""
    items = list(complaint.work_items.all())
    units = Unit.objects.select_related("calendar").in_bulk({item.holder_id for item in items})
    calendars: dict[int, WorkingCalendar] = {}
    return [_turn(item, units.get(item.holder_id) or complaint.unit, now, calendars) for item in items]


def _lyings(complaint: Complaint, items: list[WorkItem]) -> list[Lying]:
    found = [_lying(item) for item in items if _counts(item)]
    for response in complaint.responses.all():
        found.append(
            Lying(
                Rank.COMPLAINANT, complaint.complainant_id, response.at, response.answered_at or response.superseded_at
            )
        )
    for question in complaint.questions.all():
        found.append(Lying(Rank.COMPLAINANT, complaint.complainant_id, question.at, question.closed_at))
    return found


def _counts(item: WorkItem) -> bool:
    """Only the complaint itself, what blocks it and what lies outside take its time; copies, advice and tasks
    run beside."""
    if item.kind == WorkItem.Kind.REFERRAL:
        return item.referral.kind in (*BLOCKING, ReferralKind.OUTSIDE)
    return item.kind == WorkItem.Kind.STAGE


def _lying(item: WorkItem) -> Lying:
    ended = item.answered_at or item.closed_at
    if item.kind == WorkItem.Kind.REFERRAL:
        is_outside = item.referral.kind == ReferralKind.OUTSIDE
        return Lying(Rank.EXTERNAL if is_outside else Rank.REFERRAL, item.holder_id, item.sent_at, ended)
    rank = Rank.UNIT if item.holder.kind == PartyKind.UNIT else Rank.OWNER
    return Lying(rank, item.holder_id, item.sent_at, ended)


def _turn(item: WorkItem, unit: Unit | None, now: datetime, calendars: dict[int, WorkingCalendar]) -> Turn:
    ended = item.answered_at or item.closed_at or now
    key = unit.pk if unit else 0
    if key not in calendars:
        calendar = calendar_of(unit)
        calendars[key] = calendar.working_calendar() if calendar else ALWAYS
    return Turn(item, item.waiting(now), working_between(calendars[key], item.sent_at, ended))


def _holders(items: list[WorkItem], complaint: Complaint, pieces: list[Stretch]) -> dict[int, Party]:
    known = {item.holder_id: item.holder for item in items}
    known |= {complaint.complainant_id: complaint.complainant, complaint.owner_id: complaint.owner}
    if complaint.unit is not None:
        known[complaint.unit.pk] = complaint.unit.party
    missing = {piece.holder for piece in pieces} - known.keys()
    return known | ({party.pk: party for party in Party.objects.filter(pk__in=missing)} if missing else {})


def _bars(pieces: list[Stretch], holders: dict[int, Party], begins: datetime, whole: timedelta) -> list[Bar]:
    if not pieces:
        return []
    edges = _edges([round(WIDTH * (piece.until - begins) / whole) for piece in pieces])
    return [
        Bar(piece, holders[piece.holder], start, end - start)
        for piece, (start, end) in zip(pieces, pairwise(edges), strict=True)
    ]


def _edges(ends: list[int]) -> list[int]:
    """Where the pieces begin and end: side by side over the whole width, the shortest wide enough to be seen."""
    thin = min(THIN, WIDTH // len(ends))
    edges = [0]
    for end in ends:
        edges.append(max(end, edges[-1] + thin))
    last = len(ends)
    return [min(edge, WIDTH - thin * (last - place)) for place, edge in enumerate(edges)]
