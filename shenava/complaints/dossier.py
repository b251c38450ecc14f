"""The dossier: everything on record of one complaint, read by two queries, for a page that shows it whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Model, QuerySet

from shenava.attachments.models import File
from shenava.common.gathering import Gathering, attach, gathering, keep
from shenava.complaints.models import (
    Assessment,
    Call,
    Category,
    Closure,
    Complaint,
    Decision,
    Draft,
    Flag,
    Hearing,
    IssueLine,
    Named,
    Note,
    Opinion,
    Question,
    Referral,
    Response,
    Review,
    Summary,
    UpdateAgreement,
)
from shenava.complaints.models.complaint import OpenItem
from shenava.deadlines.models import Clock, Escalation, Pause
from shenava.journal import wording
from shenava.journal.models import Entry
from shenava.messages.models import Message, Outgoing
from shenava.people.models import Party
from shenava.process.models import WorkItem

RECORDS: dict[str, type[Model]] = {
    "issue_lines": IssueLine,
    "assessments": Assessment,
    "decisions": Decision,
    "hearings": Hearing,
    "responses": Response,
    "questions": Question,
    "closures": Closure,
    "summaries": Summary,
    "named": Named,
    "notes": Note,
    "messages": Message,
    "reviews": Review,
    "referrals": Referral,
    "work_items": WorkItem,
    "calls": Call,
    "clocks": Clock,
    "escalations": Escalation,
    "update_agreements": UpdateAgreement,
}
"""What belongs to the complaint itself, by the name under which it is asked for."""

PEOPLE = {
    Assessment: ("by",), Decision: ("by",), Hearing: ("by", "party"), Summary: ("by",), Named: ("party", "by"),
    Note: ("by",), Message: ("author",), Referral: ("to",), WorkItem: ("holder", "sent_by"), Opinion: ("by",),
    Review: ("by",), Pause: ("began_by",),
    Escalation: ("to", "undone_by"),
}  # fmt: skip
"""Who is shown with it."""

SOME_COMPLAINT, SOME_READER = -1001, -1002
"""Stand for those that are asked about, in a question that is worded once."""

CARRIERS: dict[str, tuple[Any, str]] = {
    "messages": (Message, "message__complaint"),
    "notes": (Note, "note__complaint"),
    "opinions": (Opinion, "opinion__referral__complaint"),
}
"""What carries files, and how its rows of files lead to the complaint."""


@dataclass(frozen=True)
class Dossier:
    """What a page shows beside the records, which are on the complaint itself from now on.

    `seq` is how far the journal was; `parties` is everybody named in it or in the records.
    """

    entries: list[Entry]
    parties: dict[int, Party]
    drafts: dict[str, str]
    is_flagged: bool
    stuck_mail: list[Outgoing]

    @property
    def seq(self) -> int:
        """The number of the last entry; 0 before the first."""
        return self.entries[-1].seq if self.entries else 0


def open_dossier(complaint: Complaint, reader: Party) -> Dossier:
    """Read everything at once. From here on `complaint.notes.all()` and its like ask nothing."""
    found = _asked(complaint, reader)
    parties = _parties(complaint, found)
    for rows in found.values():
        for name in PEOPLE.get(type(rows[0]), ()) if rows else ():
            attach(rows, name, parties)
    attach(found["issue_lines"], "category", _by_number(found["categories"]))
    _put_referrals_together(found)
    attach(found["calls"], "item", _by_number(found["work_items"]))
    for one in found["clocks"]:
        keep(one, "pauses", [pause for pause in found["pauses"] if pause.clock_id == one.pk])
    _put_messages_together(found)
    for name in RECORDS:
        keep(complaint, name, found[name])
    complaint.open_items = [_open(item) for item in found["work_items"] if item.closed_at is None]
    drafts = {draft.kind: draft.content.get("text", "") for draft in found["drafts"]}
    return Dossier(found["entries"], parties, drafts, bool(found["flags"]), found["stuck_mail"])


def _asked(complaint: Complaint, reader: Party) -> dict[str, list[Any]]:
    names, gathered = _worded()
    stream = Complaint(pk=SOME_COMPLAINT).journal_stream
    about = {SOME_COMPLAINT: complaint.pk, SOME_READER: reader.pk, stream: complaint.journal_stream}
    return dict(zip(names, gathered.rows(about), strict=True))


@cache
def _worded() -> tuple[tuple[str, ...], Gathering]:
    """What is asked, about some complaint and some reader."""
    some, own = Complaint(pk=SOME_COMPLAINT), {"complaint": SOME_COMPLAINT}
    files = {f"{name}_files": _carried_by(*carrier) for name, carrier in CARRIERS.items()}
    carried = [rows.values("file") for rows in files.values()]
    asked: dict[str, QuerySet[Any, Any]] = {
        **{name: model._default_manager.filter(**own) for name, model in RECORDS.items()},
        **files,
        "files": File.objects.filter(pk__in=carried[0].union(*carried[1:])),
        "opinions": Opinion.objects.filter(referral__complaint=SOME_COMPLAINT),
        "pauses": Pause.objects.filter(clock__complaint=SOME_COMPLAINT),
        "categories": Category.objects.filter(issue_lines__complaint=SOME_COMPLAINT).distinct(),
        "drafts": Draft.objects.filter(**own, party=SOME_READER),
        "flags": Flag.objects.filter(**own, party=SOME_READER),
        "stuck_mail": Outgoing.objects.stuck().filter(**own),
        "entries": Entry.objects.filter(stream__name=some.journal_stream).order_by("seq"),
    }
    return tuple(asked), gathering(*asked.values())


def _carried_by(model: Any, way: str) -> QuerySet[Any, Any]:
    """Which of these have which files."""
    rows: QuerySet[Any, Any] = model.files.through.objects.filter(**{way: SOME_COMPLAINT})
    return rows


def _parties(complaint: Complaint, found: dict[str, list[Any]]) -> dict[int, Party]:
    """Everybody who is named anywhere in it."""
    wanted = wording.parties_in(found["entries"])
    for rows in found.values():
        wanted |= {getattr(row, f"{name}_id") for row in rows for name in PEOPLE.get(type(row), ())}
    return Party.objects.in_bulk(wanted - {None})


def _put_referrals_together(found: dict[str, list[Any]]) -> None:
    """Each referral with its work item and its opinions, in the order in which they were sent."""
    attach(found["referrals"], "item", _by_number(found["work_items"]))
    found["referrals"].sort(key=lambda referral: (referral.item.sent_at, referral.pk))
    found["work_items"].sort(key=lambda item: (item.sent_at, item.pk))
    of_items = {referral.item_id: referral for referral in found["referrals"]}
    backward: Any = WorkItem._meta.get_field("referral")
    for item in found["work_items"]:
        backward.set_cached_value(item, of_items.get(item.pk))
    for referral in found["referrals"]:
        keep(referral, "opinions", [one for one in found["opinions"] if one.referral_id == referral.pk])


def _put_messages_together(found: dict[str, list[Any]]) -> None:
    """Each message with what it was the response to, and everything with its files."""
    answers = {response.message_id: response for response in found["responses"]}
    backward: Any = Message._meta.get_field("response")
    for message in found["messages"]:
        backward.set_cached_value(message, answers.get(message.pk))
    files = _by_number(found["files"])
    for name, (model, _way) in CARRIERS.items():
        carried: dict[int, list[File]] = {}
        for row in found[f"{name}_files"]:
            carried.setdefault(getattr(row, f"{model._meta.model_name}_id"), []).append(files[row.file_id])
        for one in found[name]:
            keep(one, "files", carried.get(one.pk, []))


def _open(item: WorkItem) -> OpenItem:
    referral: Referral | None = getattr(item, "referral", None)
    return OpenItem(item.kind, item.holder_id, item.title, referral.kind if referral else None, item.token)


def _by_number(rows: Iterable[Any]) -> dict[int, Any]:
    return {row.pk: row for row in rows}
