"""Texts: everything that is written about some complaints, sorted by who may find it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import phonenumbers
from django.db.models import F, IntegerField, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat

from shenava.attachments.models import File
from shenava.common import worded
from shenava.complaints.index import words
from shenava.complaints.models import (
    Closure,
    ClosureReason,
    Complaint,
    Decision,
    IssueLine,
    Note,
    Referral,
    Response,
)
from shenava.messages.models import Message, MessageKind
from shenava.people.models import Party


class Text(NamedTuple):
    """One thing that was written: `kind` says what it is, `referral` is set where it is confidential."""

    complaint_id: int
    kind: str
    text: str
    referral: Referral | None = None


NOBODY = Cast(Value(None), IntegerField())
WEIGHTS = {
    "message": "B", "file": "B", "own_reason": "B",
    "note": "C", "inside_file": "C", "referral": "C", "opinion": "C", "reason": "C", "issue": "C", "decision": "C",
}  # fmt: skip


@dataclass
class Words:
    """The words of one complaint: for everybody who sees it, and of each confidential referral."""

    common: dict[str, list[str]] = field(default_factory=lambda: {"A": [], "B": [], "C": []})
    confidential: dict[Referral, list[str]] = field(default_factory=lambda: defaultdict(list))


def words_by_complaint(complaints: Collection[Complaint]) -> dict[int, Words]:
    """What can be found of each complaint. A fixed number of queries, however many they are."""
    found = {complaint.pk: Words() for complaint in complaints}
    for complaint in complaints:
        common = found[complaint.pk].common
        common["A"] += _identity(complaint)
        for said in (complaint.title, complaint.description, complaint.expectation):
            common["B"] += words.words_of(said)
    for text in written(complaints):
        of = found[text.complaint_id]
        target = of.confidential[text.referral] if text.referral else of.common[WEIGHTS[text.kind]]
        target += words.words_of(text.text)
    return found


def written(complaints: Collection[Complaint]) -> Iterator[Text]:
    """Messages, notes, reasons and names of files, then referrals with their opinions; the acknowledgement says
    nothing."""
    if not complaints:
        return
    yield from _plain(complaints)
    for referral in Referral.objects.filter(complaint__in=complaints).for_page():
        yield from _asked(referral)


def _plain(complaints: Collection[Complaint]) -> Iterator[Text]:
    """What is not confidential, the latest messages first; one query.

    The complainant finds what his own side gave for a reason.
    """
    speakers = {complaint.pk: complaint.speaker_ids for complaint in complaints}
    for complaint_id, kind, text, _number, by in sorted(_rows(list(speakers)), key=_latest_messages_first):
        is_own = kind == "reason" and by in speakers[complaint_id]
        yield Text(complaint_id, "own_reason" if is_own else kind, text)


def _rows(ids: list[int]) -> list[tuple[Any, ...]]:
    return worded.answer(_question(len(ids)), {worded.number(place): pk for place, pk in enumerate(ids)})


@lru_cache(maxsize=100)
def _question(number: int) -> worded.Question:
    """The question after so many complaints."""
    ids = [worded.number(place) for place in range(number)]
    first, *others = [*_said(ids), *_reasons(ids), *_files(ids)]
    return worded.question(first.union(*others, all=True))


def _latest_messages_first(row: tuple[Any, ...]) -> tuple[int, int]:
    return list(WEIGHTS).index(row[1]), -row[3]


def _said(ids: Collection[int]) -> Iterable[Any]:
    messages = Message.objects.filter(complaint__in=ids).exclude(kind=MessageKind.ACKNOWLEDGEMENT)
    lines = _lines("subject", "text", "from_name", "from_email")
    yield messages.values_list("complaint_id", Value("message"), lines, "pk", NOBODY)
    yield Note.objects.filter(complaint__in=ids).values_list("complaint_id", Value("note"), "text", "pk", NOBODY)


def _lines(*names: str) -> Concat:
    lines = [part for name in names for part in (Value("\n"), F(name))]
    return Concat(*lines[1:], output_field=TextField())


def _asked(referral: Referral) -> Iterator[Text]:
    """What was asked and answered. The names of its files are only as open as itself."""
    whose = referral if referral.is_confidential else None
    asked = "\n".join([referral.directive, referral.return_reason, referral.recall_reason])
    yield Text(referral.complaint_id, "referral", asked, whose)
    for opinion in referral.opinions.all():
        yield Text(referral.complaint_id, "opinion", f"{opinion.text}\n{opinion.recommendation}", whose)
        for file in opinion.files.all():
            yield Text(referral.complaint_id, "inside_file", file.name, whose)


def _reasons(ids: Collection[int]) -> Iterable[Any]:
    """Why an answer was accepted or not, why it ended and was opened again, what was decided, and why.

    Where a complaint was misdirected, the reason stands in a message; the first issue line says what the title says.
    """
    parts: list[tuple[QuerySet[Any], str, str, Combinable]] = [
        (Response.objects.all(), "reason", "answer_text", F("answer_by_id")),
        (Closure.objects.exclude(reason=ClosureReason.MISDIRECTED), "reason", "text", F("by_id")),
        (Closure.objects.all(), "reason", "reopened_because", F("reopened_by_id")),
        (IssueLine.objects.filter(position__gt=1), "issue", "text", NOBODY),
        (IssueLine.objects.all(), "issue", "reasons", NOBODY),
        (Decision.objects.all(), "decision", "reasons", NOBODY),
    ]
    for rows, kind, column, by in parts:
        told = rows.filter(complaint__in=ids).exclude(**{column: ""}).order_by()
        yield told.values_list("complaint_id", Value(kind), Cast(column, TextField()), "pk", by)


def _files(ids: Collection[int]) -> Iterable[Any]:
    paths = {"complaints": "file", "messages__complaint": "file", "notes__complaint": "inside_file"}
    for path, kind in paths.items():
        files = File.objects.filter(**{f"{path}__in": ids})
        yield files.values_list(f"{path}__id", Value(kind), "name", "pk", NOBODY).distinct()


def _identity(complaint: Complaint) -> Iterable[str]:
    for code in (complaint.reference or "", complaint.public_code, complaint.serial):
        yield from words.code_words(code)
    for text in (complaint.product, complaint.authority):
        yield from words.words_of(text)
    for party in (complaint.complainant, complaint.representative):
        if party is not None:
            yield from _person(party)


def _person(party: Party) -> Iterable[str]:
    names = words.words_of(party.name)
    yield from [*names, *words.ends_of(names), *words.words_of(party.email)]
    yield from words.phone_words(party.phone, *_as_people_write(party.phone))


def _as_people_write(phone: str) -> list[str]:
    """The forms of an international number within its country: with and without the leading nought."""
    try:
        number = phonenumbers.parse(phone)
    except phonenumbers.NumberParseException:
        return []
    national = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    return [national, phonenumbers.national_significant_number(number)]
