"""Progress: the process of one complaint as a picture and as a list: what is done, under way or late, by whom, when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.utils.translation import gettext as _

from shenava.common.dates import show_moment
from shenava.complaints.models import Complaint
from shenava.pages.diagram import CURRENT, DONE, LATE, STATES, Mark, title_of
from shenava.people.models import Party
from shenava.process.kernel import Graph, Node
from shenava.process.models import WorkItem
from shenava.process.publishing import graph_of
from shenava.process.went import Visit, Went, went
from shenava.ui.reader import Reader

MOMENT = timedelta(seconds=2)
"""A row is written a little after the move that it follows."""


@dataclass(frozen=True)
class Stop:
    """One step that the complaint came to: how it stands, with whom it lay, how it ended."""

    node: Node
    name: str
    state: str
    since: datetime
    until: datetime | None
    holders: list[Party]
    due_at: datetime | None
    outcome: str

    @property
    def state_name(self) -> str:
        return str(STATES[self.state])


@dataclass(frozen=True)
class Progress:
    """The whole, for the template."""

    graph: Graph
    stops: list[Stop]
    marks: dict[str, Mark]
    taken: frozenset[str]


def progress(complaint: Complaint, reader: Reader, now: datetime) -> Progress:
    """How far a complaint has come, from its opened dossier. One query for its log."""
    way = _Way(complaint, reader, now, graph_of(complaint.instance.version), went(complaint.instance))
    stops = way.stops
    marks = {visit.node: Mark(DONE) for visit in way.went.visits} | {stop.node.key: way.mark(stop) for stop in stops}
    return Progress(way.graph, stops, marks, frozenset(way.went.flows))


@dataclass(frozen=True)
class _Way:
    complaint: Complaint
    reader: Reader
    now: datetime
    graph: Graph
    went: Went

    @cached_property
    def items(self) -> list[WorkItem]:
        return sorted(self.complaint.work_items.all(), key=lambda item: (item.sent_at, item.pk))

    @property
    def stops(self) -> list[Stop]:
        """Each visit to what has something to say."""
        return [
            self._stop(self.graph.nodes[visit.node], visit)
            for visit in self.went.visits
            if title_of(self.graph.nodes[visit.node], self.reader.language)
        ]

    def mark(self, stop: Stop) -> Mark:
        """Who and when, as the picture says it."""
        comma = "، " if self.reader.language == "fa" else ", "
        said = comma.join(str(party) for party in stop.holders)
        when = self._told(stop.since)
        if stop.until is None:
            when = _("since {at}").format(at=when)
        elif stop.until - stop.since > MOMENT:
            when = _("{since} to {until}").format(since=when, until=self._told(stop.until))
        return Mark(stop.state, " · ".join(one for one in (said, when, stop.outcome) if one))

    def _stop(self, node: Node, visit: Visit) -> Stop:
        items = [item for item in self.items if _belongs(item, node, visit)]
        due_at = self.complaint.due_at if node.kind == "stage" else next((item.due_at for item in items), None)
        return Stop(
            node=node,
            name=title_of(node, self.reader.language),
            state=self._state(node, visit, due_at),
            since=visit.since,
            until=visit.until,
            holders=list({item.holder_id: item.holder for item in items}.values()),
            due_at=due_at if visit.until is None else None,
            outcome=self._outcome(node, items),
        )

    def _state(self, node: Node, visit: Visit, due_at: datetime | None) -> str:
        if visit.until is not None:
            return DONE
        is_promised = node.kind != "stage" or (bool(node.due) and self.complaint.responded_at is None)
        paused = node.kind == "stage" and self.complaint.due_paused_at is not None
        return LATE if due_at and due_at < self.now and is_promised and not paused else CURRENT

    def _outcome(self, node: Node, items: list[WorkItem]) -> str:
        said = next((item.outcome for item in reversed(items) if item.outcome), "")
        flow = self.graph.way(node.key, said)
        return (flow.names.get(self.reader.language) or flow.names.get("en", "")) if flow else ""

    def _told(self, at: datetime) -> str:
        reader = self.reader
        return show_moment(at, calendar=reader.calendar, language=reader.language, time_zone=reader.time_zone)


def _belongs(item: WorkItem, node: Node, visit: Visit) -> bool:
    """Was this work of that visit? The complaint itself goes from stage to stage with whoever has it."""
    if node.kind == "stage":
        if item.kind != WorkItem.Kind.STAGE:
            return False
        ends = item.closed_at or item.recalled_at or item.returned_at
        begun = visit.until is None or item.sent_at < visit.until - MOMENT or item.sent_at <= visit.since + MOMENT
        return begun and (ends is None or ends > visit.since + MOMENT)
    begun = visit.since - MOMENT <= item.sent_at <= (visit.until or item.sent_at) + MOMENT
    return bool(item.token) and item.node == node.key and begun
