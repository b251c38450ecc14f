"""Personal: one's own drafts, flags, first and last looks, views of the list. Own rows only, so no fact is left."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat

from shenava.common import clock
from shenava.common.text import clean
from shenava.complaints.models import Complaint, Draft, Flag, ListView, Look, Writing
from shenava.journal.models import Entry
from shenava.people.models import Party
from shenava.people.standing import Standing
from shenava.process.models import WorkItem

NEVER_KEPT = frozenset({"csrfmiddlewaretoken", "submission", "save_draft"})


def keep_intake(party: Party, content: dict[str, Any]) -> Draft:
    """Keep a half-written registration as a draft of one's own."""
    kept = {name: _storable(value) for name, value in content.items() if name not in NEVER_KEPT}
    return Draft.objects.create(party=party, kind=Draft.Kind.INTAKE, content=kept, saved_at=clock.now())


def _storable(value: Any) -> Any:
    if isinstance(value, list):
        return [_storable(one) for one in value]
    return clean(value) if isinstance(value, str) else value


def intake_draft(party: Party, pk: int) -> dict[str, Any]:
    """What was kept in a draft of one's own; empty if there is no such draft."""
    draft = Draft.objects.filter(party=party, kind=Draft.Kind.INTAKE, pk=pk).first()
    return dict(draft.content) if draft else {}


def forget_intake(party: Party, pk: int) -> None:
    """The draft was registered or is no longer wanted."""
    Draft.objects.filter(party=party, kind=Draft.Kind.INTAKE, pk=pk).delete()


def keep_writing(party: Party, complaint: Complaint, kind: str, text: str) -> None:
    """Keep an unfinished response or note to a complaint; empty text forgets it."""
    text = clean(text)
    if not text:
        forget_writing(party, complaint, kind)
        return
    Draft.objects.update_or_create(
        party=party, complaint=complaint, kind=kind,
        defaults={"content": {"text": text}, "saved_at": clock.now()},
    )  # fmt: skip


def forget_writing(party: Party, complaint: Complaint, kind: str) -> None:
    """What was written has been sent."""
    Draft.objects.filter(party=party, complaint=complaint, kind=kind).delete()


def mark_seen(standing: Standing, complaint: Complaint) -> None:
    """The reader has opened the complaint: what lies with him there is seen from now on. The first time stays."""
    mine = WorkItem.objects.open().held_by(standing.ids)
    mine.filter(complaint=complaint, seen_at=None).update(seen_at=clock.now())


LEASE = timedelta(minutes=2)


def is_writing(party: Party, complaint: Complaint) -> None:
    """Let colleagues know for two minutes that one is writing an answer."""
    Writing.objects.update_or_create(party=party, complaint=complaint, defaults={"until": clock.now() + LEASE})


def stops_writing(party: Party, complaint: Complaint) -> None:
    """The answer was sent or laid aside."""
    Writing.objects.filter(party=party, complaint=complaint).delete()


def toggle_flag(party: Party, complaint: Complaint) -> bool:
    """Flag a complaint for one's own follow-up, or take the flag away; whether it is flagged now."""
    flag, created = Flag.objects.get_or_create(party=party, complaint=complaint, defaults={"at": clock.now()})
    if not created:
        flag.delete()
    return created


def note_look(party: Party, complaint: Complaint, *, seq: int) -> None:
    """Somebody has opened the complaint and read its journal as far as `seq`. One query."""
    with connection.cursor() as cursor:
        cursor.execute(LOOKED, [party.pk, complaint.pk, seq, clock.now()])


LOOKED = """
    INSERT INTO complaints_look (party_id, complaint_id, seq, at) VALUES (%s, %s, %s, %s)
    ON CONFLICT (party_id, complaint_id) DO UPDATE SET seq = excluded.seq, at = excluded.at"""


def changed_since_look(party: Party, complaints: Iterable[Complaint]) -> set[int]:
    """The complaints in which others have done something since this reader last opened them. One query."""
    name = Concat(Value("complaint:"), Cast(OuterRef("complaint_id"), CharField()))
    since = Entry.objects.filter(stream__name=name, seq__gt=OuterRef("seq")).exclude(by=party)
    looks = Look.objects.filter(Exists(since), party=party, complaint__in=complaints)
    return set(looks.values_list("complaint_id", flat=True))


def flag(party: Party, complaint: Complaint) -> None:
    """Flag a complaint for one's own follow-up; one that is flagged stays so."""
    Flag.objects.get_or_create(party=party, complaint=complaint, defaults={"at": clock.now()})


def keep_columns(party: Party, keys: list[str], *, view: int | None = None) -> None:
    """Show these columns in a view of one's own, or wherever no view says otherwise; none means the usual ones."""
    own = ListView.objects.filter(party=party, pk=view) if view else ListView.objects.none()
    if not own.update(columns=keys):
        ListView.objects.update_or_create(party=party, name="", defaults={"columns": keys})


def views(party: Party) -> list[ListView]:
    """The ways in which somebody can look at the list: his own and what colleagues share. One query."""
    shared = Q(is_shared=True, party__user__is_active=True)
    return list(ListView.objects.filter(Q(party=party) | shared).select_related("party").order_by("name", "pk"))


def keep_view(party: Party, *, name: str, asked: dict[str, list[str]], columns: list[str], is_shared: bool) -> ListView:
    """Keep a way of looking at the list; one of the same name is replaced. Sharing shows it, never any complaint."""
    view, _created = ListView.objects.update_or_create(
        party=party, name=name, defaults={"asked": asked, "columns": columns, "is_shared": is_shared}
    )
    return view


def forget_view(party: Party, pk: int) -> None:
    """A view of one's own is no longer wanted."""
    ListView.objects.filter(party=party, pk=pk).exclude(name="").delete()
