"""Search: the questions the lists can be asked. Folders of the cartable, with counts that stop at 100."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shenava.complaints.models import Complaint, Draft, Referral
from shenava.people.standing import Standing
from shenava.process.models import WorkItem

CAP = 100


@dataclass(frozen=True)
class Folder:
    """One folder of the cartable. `rows` gives a queryset, ordered by `order` for paging by key."""

    key: str
    label: Promise | str
    icon: str
    empty: Promise | str
    rows: Callable[[Standing], models.QuerySet[Any]]
    order: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """A line of a list, whatever folder it comes from."""

    complaint: Complaint
    at: datetime
    due_at: datetime | None
    is_unseen: bool = False
    title: str = ""
    referral: Referral | None = None


def received(standing: Standing) -> models.QuerySet[WorkItem]:
    """Open work that lies with me, my units or those I deputise for."""
    items = WorkItem.objects.open().filter(holder_id__in=sorted(standing.ids))
    return _with_complaint(_unhindered(items, standing))


def sent(standing: Standing) -> models.QuerySet[WorkItem]:
    """Work I gave to others and still see."""
    items = WorkItem.objects.filter(sent_by_id=standing.party_id).exclude(holder_id=standing.party_id)
    return _with_complaint(_readable(items, standing))


def follow_up(standing: Standing) -> models.QuerySet[Complaint]:
    """Open complaints I answer for that wait for the complainant, and those I flagged."""
    answered = Complaint.objects.waiting_for_complainant().filter(owner_id__in=sorted(standing.ids))
    flagged = Complaint.objects.filter(flags__party_id=standing.party_id)
    either = answered.values("pk").union(flagged.values("pk"))
    return _for_list(Complaint.objects.visible_to(standing).open().filter(pk__in=either))


def archive(standing: Standing) -> models.QuerySet[Complaint]:
    """Closed complaints within my reach."""
    return _for_list(Complaint.objects.visible_to(standing).closed())


def everything(standing: Standing) -> models.QuerySet[Complaint]:
    """All open complaints within my reach."""
    return _for_list(Complaint.objects.visible_to(standing).open())


def drafts(standing: Standing) -> models.QuerySet[Draft]:
    """What I have begun to write."""
    return Draft.objects.filter(party_id=standing.party_id).select_related("complaint__complainant")


FOLDERS = {
    folder.key: folder
    for folder in [
        # Translators: folders of the cartable
        Folder("received", pgettext_lazy("cartable", "Received"), "inbox",
               _("Nothing waits for you. New work appears here by itself."), received, ("due_at", "id")),
        Folder("sent", pgettext_lazy("cartable", "Sent"), "send",
               _("You have not passed any work to others."), sent, ("-sent_at", "-id")),
        Folder("drafts", pgettext_lazy("cartable", "Drafts"), "file-pen-line",
               _("No drafts. What you begin to write and leave is kept here."), drafts, ("-saved_at", "-id")),
        Folder("follow-up", pgettext_lazy("cartable", "Follow-up"), "hourglass",
               _("No complaint waits for its complainant's answer."), follow_up, ("-responded_at", "-id")),
        Folder("archive", pgettext_lazy("cartable", "Archive"), "archive",
               _("No closed complaints yet."), archive, ("-closed_at", "-id")),
        Folder("all", _("All open complaints"), "layers",
               _("No complaint is open."), everything, ("-received_at", "-id")),
    ]
}  # fmt: skip


def counts(standing: Standing) -> dict[str, int]:
    """How much lies in each folder, in one query; a count stops at 100."""
    shown = [folder for folder in FOLDERS.values() if folder.key not in ("archive", "all")]
    parts, params = [], []
    for folder in shown:
        sql, values = folder.rows(standing).order_by().values("pk")[:CAP].query.sql_with_params()
        parts.append(f"(SELECT count(*) FROM ({sql}) counted)")
        params += list(values)
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(parts), params)
        found = cursor.fetchone()
    return dict(zip((folder.key for folder in shown), found, strict=True))


def as_row(item: WorkItem | Complaint) -> Row:
    """A work item or a complaint as a line of a list."""
    if isinstance(item, WorkItem):
        referral = getattr(item, "referral", None)
        return Row(item.complaint, item.sent_at, item.due_at, item.seen_at is None, item.title, referral)
    return Row(item, item.received_at, item.due_at)


def _unhindered(items: models.QuerySet[WorkItem], standing: Standing) -> models.QuerySet[WorkItem]:
    return items.exclude(complaint__excluded__overlap=[standing.party_id])


def _readable(items: models.QuerySet[WorkItem], standing: Standing) -> models.QuerySet[WorkItem]:
    unhindered = _unhindered(items, standing)
    if standing.reads_everything:
        return unhindered
    return unhindered.filter(complaint__readers__overlap=sorted(standing.ids))


def _with_complaint(items: models.QuerySet[WorkItem]) -> models.QuerySet[WorkItem]:
    of_complaint = ("complaint__complainant", "complaint__owner", "complaint__instance__version")
    return items.select_related(*of_complaint, "holder", "referral")


def _for_list(complaints: models.QuerySet[Complaint]) -> models.QuerySet[Complaint]:
    return complaints.select_related("complainant", "owner", "instance__version")
