"""Personal: one's own drafts, flags and first looks. Own rows only, so no fact is left."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from shenava.common import clock
from shenava.complaints.models import Complaint, Draft, Flag, Writing
from shenava.people.models import Party
from shenava.people.standing import Standing
from shenava.process.models import WorkItem

NEVER_KEPT = frozenset({"csrfmiddlewaretoken", "submission", "save_draft"})


def keep_intake(party: Party, content: dict[str, Any]) -> Draft:
    """Keep a half-written registration as a draft of one's own."""
    kept = {name: value for name, value in content.items() if name not in NEVER_KEPT}
    return Draft.objects.create(party=party, kind=Draft.Kind.INTAKE, content=kept, saved_at=clock.now())


def intake_draft(party: Party, pk: int) -> dict[str, Any]:
    """What was kept in a draft of one's own; empty if there is no such draft."""
    draft = Draft.objects.filter(party=party, kind=Draft.Kind.INTAKE, pk=pk).first()
    return dict(draft.content) if draft else {}


def forget_intake(party: Party, pk: int) -> None:
    """The draft was registered or is no longer wanted."""
    Draft.objects.filter(party=party, kind=Draft.Kind.INTAKE, pk=pk).delete()


def keep_writing(party: Party, complaint: Complaint, kind: str, text: str) -> None:
    """Keep an unfinished response or note to a complaint; empty text forgets it."""
    if not text.strip():
        forget_writing(party, complaint, kind)
        return
    Draft.objects.update_or_create(
        party=party, complaint=complaint, kind=kind,
        defaults={"content": {"text": text}, "saved_at": clock.now()},
    )  # fmt: skip


def writing(party: Party, complaint: Complaint) -> dict[str, str]:
    """One's own unfinished texts to a complaint, by kind."""
    own = Draft.objects.filter(party=party, complaint=complaint)
    return {draft.kind: draft.content.get("text", "") for draft in own}


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
