"""The cartable: folders of work that lies with people and units, with counts that stop at 100."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from itertools import chain
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shenava.common import clock, worded
from shenava.common.paging import Page, page_by_key
from shenava.complaints.models import Complaint, Draft, Referral
from shenava.complaints.models.queryset import UNLISTED
from shenava.people.models import RoleGrant
from shenava.people.standing import Standing
from shenava.process.models import WorkItem

CAP = 100
UNREAD = ("instance__state", "instance__first", "instance__version__graph")
"""What is heavy of the run that a step belongs to, and no line of a list shows."""


class Scope(models.TextChoices):
    """Whose cartable one looks at."""

    # Translators: whose cartable
    ALL = "all", pgettext_lazy("whose cartable", "All")
    MINE = "mine", pgettext_lazy("whose cartable", "Mine")
    UNITS = "units", pgettext_lazy("whose cartable", "My units'")
    DEPUTISED = "deputised", pgettext_lazy("whose cartable", "For whom I stand in")


@dataclass(frozen=True)
class Desk:
    """A reader and the part of his reach that he looks at: what the folders ask about."""

    standing: Standing
    scope: str = Scope.ALL
    now: datetime = field(default_factory=clock.now)

    @property
    def ids(self) -> frozenset[int]:
        """The holders whose work is shown."""
        me = frozenset({self.standing.party_id})
        whose = {
            Scope.MINE: me,
            Scope.UNITS: self.standing.ids - self.standing.deputised - me,
            Scope.DEPUTISED: self.standing.deputised,
        }
        return whose.get(Scope(self.scope), self.standing.ids)

    @property
    def is_own(self) -> bool:
        """Is one's own work among it?"""
        return self.standing.party_id in self.ids

    @property
    def scopes(self) -> list[Scope]:
        """The scopes that hold something for this reader."""
        return [scope for scope in Scope if Desk(self.standing, scope).ids]


@dataclass(frozen=True)
class Folder:
    """One folder of the cartable: `rows` are those that lie in it, ordered by `order` for paging by key, and `shown`
    how the rows of a page are read, with what belongs to them."""

    key: str
    label: Promise | str
    icon: str
    empty: Promise | str
    rows: Callable[[Desk], models.QuerySet[Any]]
    shown: Callable[[], models.QuerySet[Any]]
    order: tuple[str, ...]
    is_counted: bool = True
    """Is it told how much lies there? Of what has ended the number says nothing."""

    @property
    def is_by_due(self) -> bool:
        """Are the lines grouped by how soon they are due?"""
        return self.order[0] == "due_at"

    def page(self, desk: Desk, *, after: str | None = None, size: int) -> Page:
        """Some lines of it."""
        return page_by_key(self.rows(desk), order=self.order, after=after, size=size, shown=self.shown())


@dataclass(frozen=True)
class Row:
    """A line of a list, whatever folder it comes from."""

    complaint: Complaint
    at: datetime
    due_at: datetime | None
    is_unseen: bool = False
    title: str = ""
    referral: Referral | None = None
    step: WorkItem | None = None
    """The step of the process that it is."""


def received(desk: Desk) -> models.QuerySet[WorkItem]:
    """Open work that lies with me, my units or those I deputise for."""
    return _lying(desk).exclude(kind=WorkItem.Kind.COPY)


def copies(desk: Desk) -> models.QuerySet[WorkItem]:
    """What was sent for knowledge only, until it is put away as read."""
    return _lying(desk).filter(kind=WorkItem.Kind.COPY)


def overdue(desk: Desk) -> models.QuerySet[WorkItem]:
    """Received work whose date is past."""
    return received(desk).filter(due_at__lt=desk.now)


def sent(desk: Desk) -> models.QuerySet[WorkItem]:
    """Work given to others and still seen: by me, the people of my units, those I deputise for."""
    givers = Q(sent_by_id__in=sorted(desk.ids))
    if desk.scope == Scope.UNITS:
        of_units = RoleGrant.objects.filter(unit_id__in=sorted(desk.ids)).values("party_id")
        givers = Q(sent_by_id__in=of_units) & ~Q(sent_by_id=desk.standing.party_id)
    items = WorkItem.objects.filter(givers).exclude(holder_id=models.F("sent_by_id"))
    return _readable(items, desk.standing)


def follow_up(desk: Desk) -> models.QuerySet[Complaint]:
    """Open complaints that wait for the complainant, and those I flagged."""
    answered = Complaint.objects.waiting_for_complainant().filter(owner_id__in=sorted(desk.ids))
    flagged = Complaint.objects.filter(flags__party_id=desk.standing.party_id)
    either = answered.values("pk").union(flagged.values("pk")) if desk.is_own else answered.values("pk")
    return Complaint.objects.visible_to(desk.standing).open().filter(pk__in=either)


def archive(desk: Desk) -> models.QuerySet[Complaint]:
    """Closed complaints within my reach; of a narrower scope, those its people and units answered for."""
    closed = Complaint.objects.visible_to(desk.standing).closed()
    if desk.scope != Scope.ALL:
        closed = closed.filter(owner_id__in=sorted(desk.ids))
    return closed


def drafts(desk: Desk) -> models.QuerySet[Draft]:
    """What I have begun to write, as far as I may still see what it is about: nobody else's, whatever the scope."""
    own = Draft.objects.filter(party_id=desk.standing.party_id)
    own = own.filter(Q(complaint=None) | Q(complaint__in=Complaint.objects.visible_to(desk.standing)))
    return own if desk.is_own else own.none()


def _work() -> models.QuerySet[WorkItem]:
    of_complaint = ("complaint__complainant", "complaint__owner", "complaint__instance__version")
    light = WorkItem.objects.defer(*(f"complaint__{name}" for name in UNLISTED if not name.startswith("unit__")))
    return light.select_related(*of_complaint, "holder", "referral", "instance__version").defer(*UNREAD)


def _complaints() -> models.QuerySet[Complaint]:
    return Complaint.objects.for_list()


def _written() -> models.QuerySet[Draft]:
    return Draft.objects.select_related("complaint__complainant")


FOLDERS = {
    folder.key: folder
    for folder in [
        # Translators: folders of the cartable
        Folder("received", pgettext_lazy("cartable", "Received"), "inbox",
               _("Nothing waits for you. New work appears here by itself."), received, _work, ("due_at", "id")),
        Folder("sent", pgettext_lazy("cartable", "Sent"), "send",
               _("You have not passed any work to others."), sent, _work, ("-sent_at", "-id")),
        Folder("drafts", pgettext_lazy("cartable", "Drafts"), "file-pen-line",
               _("No drafts. What you begin to write and leave is kept here."), drafts, _written, ("-saved_at", "-id")),
        Folder("follow-up", pgettext_lazy("cartable", "Follow-up"), "hourglass",
               _("No complaint waits for its complainant's answer."), follow_up, _complaints,
               ("-responded_at", "-id")),
        Folder("copies", pgettext_lazy("cartable", "Copies"), "copy",
               _("Nothing was sent to you for knowledge."), copies, _work, ("-sent_at", "-id")),
        Folder("overdue", pgettext_lazy("cartable", "Overdue"), "alarm-clock",
               _("Nothing is overdue."), overdue, _work, ("due_at", "id")),
        Folder("archive", pgettext_lazy("cartable", "Archive"), "archive",
               _("No closed complaints yet."), archive, _complaints, ("-closed_at", "-id"),
               is_counted=False),
    ]
}  # fmt: skip


def counts(standing: Standing, **others: Callable[[Standing], models.QuerySet[Any]]) -> dict[str, int]:
    """How much lies in each folder that is counted and how many these others are, in one query; stops at 100."""
    [found] = worded.answer(_counting(standing, tuple(others.values())), {worded.LATER: clock.now()})
    return dict(zip((*_counted(), *others), found, strict=True))


def _counted() -> dict[str, Folder]:
    return {key: folder for key, folder in FOLDERS.items() if folder.is_counted}


@lru_cache(maxsize=500)
def _counting(standing: Standing, others: tuple[Callable[[Standing], models.QuerySet[Any]], ...]) -> worded.Question:
    """The question of `counts`: every page asks it."""
    desk = Desk(standing, now=worded.LATER)
    counted = [*(folder.rows(desk) for folder in _counted().values()), *(rows(standing) for rows in others)]
    asked = [worded.question(rows.order_by().values("pk")[:CAP]) for rows in counted]
    parts = ", ".join(f"(SELECT count(*) FROM ({sql}) counted)" for sql, _params in asked)
    return f"SELECT {parts}", tuple(chain.from_iterable(params for _sql, params in asked))


def as_row(item: WorkItem | Complaint) -> Row:
    """A work item or a complaint as a line of a list."""
    if isinstance(item, WorkItem):
        referral = getattr(item, "referral", None)
        step = item if item.token else None
        return Row(item.complaint, item.sent_at, item.due_at, item.seen_at is None, item.title, referral, step)
    return Row(item, item.received_at, item.due_at)


def following(folder: Folder, desk: Desk, reference: str) -> str:
    """The number of the complaint behind this one in a folder; the first one if this is not among them.

    Looks as far as a list counts. Empty at the end.
    """
    ordered = folder.page(desk, size=CAP).items
    references = [as_row(item).complaint.reference or "" for item in ordered]
    behind = references[references.index(reference) + 1 :] if reference in references else references
    return next((other for other in behind if other != reference), "")


def _lying(desk: Desk) -> models.QuerySet[WorkItem]:
    items = WorkItem.objects.open().held_by(desk.ids)
    return items.exclude(complaint__excluded__overlap=sorted(desk.standing.persons))


def _readable(items: models.QuerySet[WorkItem], standing: Standing) -> models.QuerySet[WorkItem]:
    unhindered = items.exclude(complaint__excluded__overlap=sorted(standing.persons))
    if standing.reads_everything:
        return unhindered
    return unhindered.filter(complaint__readers__overlap=sorted(standing.ids))
