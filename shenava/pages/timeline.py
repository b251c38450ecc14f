"""The timeline of a complaint: messages, notes and facts in the order in which they happened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from shenava.complaints.models import Complaint
from shenava.complaints.policy import may_read
from shenava.journal import wording
from shenava.journal.models import Entry
from shenava.messages.models import Message
from shenava.pages.reasons import reasons_of

if TYPE_CHECKING:
    from shenava.complaints.dossier import Dossier
    from shenava.journal.wording import Line
    from shenava.people.standing import Standing
    from shenava.ui.reader import Reader

# What a message or a note shows by itself needs no line of its own.
SHOWN_BY_THEMSELVES = frozenset(
    {
        "complaint.noted", "complaint.message_received", "complaint.responded", "complaint.referred",
        "complaint.opinion_given", "complaint.referred_outside", "complaint.reply_recorded", "complaint.questioned",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Moment:
    """One thing in the timeline: `kind` is message, note, referral, opinion or fact; `item` is the record itself.

    `is_veiled`: it happened, but this reader may not read its words. `words`: the reason given with a fact.
    `is_superseded`: said anew later by the same person.
    """

    kind: str
    at: datetime
    item: Any
    is_veiled: bool = False
    words: str = ""
    is_superseded: bool = False


def timeline(complaint: Complaint, dossier: Dossier, reader: Reader, standing: Standing) -> list[Moment]:
    """Everything that happened, for staff, from what the dossier has put on the complaint; no query."""
    facts = wording.lines(dossier.entries, _reading(reader), known=dossier.parties)
    told = [line for line in facts if line.entry.kind not in SHOWN_BY_THEMSELVES]
    messages = [message for message in complaint.messages.all() if message.kind != "acknowledgement"]
    return _in_order(
        [Moment("message", message.at, message) for message in messages],
        [Moment("note", note.at, note) for note in complaint.notes.all()],
        _asked_and_answered(complaint, standing),
        _facts(told, reasons_of(complaint, told)),
    )


def _asked_and_answered(complaint: Complaint, standing: Standing) -> list[Moment]:
    found = []
    for referral in complaint.referrals.all():
        veiled = not may_read(standing, complaint, referral)
        found.append(Moment("referral", referral.item.sent_at, referral, veiled))
        opinions = referral.opinions.all()
        revised = {opinion.revision_of_id for opinion in opinions}
        found += [
            Moment("opinion", opinion.at, opinion, veiled, is_superseded=opinion.pk in revised) for opinion in opinions
        ]
    return found


def public_timeline(complaint: Complaint, reader: Reader) -> list[Moment]:
    """What the complainant is shown: the words between him and us, and plain words for the rest. What
    strangers and machines wrote into the thread is not his (security: X-01)."""
    messages = Message.objects.said_with(complaint.speaker_ids).filter(complaint=complaint)
    messages = messages.select_related("response").prefetch_related("files")
    facts = wording.lines(_entries(complaint), _reading(reader), public=True)
    told = [line for line in facts if line.entry.kind not in SHOWN_BY_THEMSELVES]
    return _in_order(
        [Moment("message", message.at, message) for message in messages if message.kind != "acknowledgement"],
        [],
        _facts(told, reasons_of(complaint, told, said_by=complaint.speaker_ids)),
    )


def _facts(told: list[Line], reasons: dict[int, str]) -> list[Moment]:
    return [Moment("fact", line.at, line, words=reasons.get(line.entry.pk, "")) for line in told]


def _entries(complaint: Complaint) -> Iterable[Entry]:
    return Entry.objects.filter(stream__name=complaint.journal_stream).order_by("seq")


def _reading(reader: Reader) -> wording.Reading:
    return wording.Reading(reader.language, reader.calendar, reader.time_zone)


def _in_order(*parts: list[Moment]) -> list[Moment]:
    return sorted((moment for part in parts for moment in part), key=lambda moment: moment.at)
