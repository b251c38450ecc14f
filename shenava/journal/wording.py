"""Wording: entries as sentences in the reader's language, names looked up in one query."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shenava.common.dates import digits, show_date, show_moment
from shenava.journal.facts import Fact, fact_class
from shenava.journal.models import Entry


@dataclass(frozen=True)
class Reading:
    """How a reader wants moments shown."""

    language: str
    calendar: str
    time_zone: str


@dataclass(frozen=True)
class Line:
    """An entry as a person reads it."""

    entry: Entry
    at: datetime
    icon: str
    sentence: SafeString


def lines(
    entries: Iterable[Entry], reading: Reading, *, public: bool = False, known: Mapping[int, Any] | None = None
) -> list[Line]:
    """Word entries for a reader; `public` keeps only what a complainant is told, in plain words.

    `known` are the parties named in them, where the caller has them already.
    """
    kept = [(entry, fact_class(entry.kind, entry.version)) for entry in entries]
    if public:
        kept = [(entry, shape) for entry, shape in kept if shape and shape.public_sentence]
    names = _names(kept) if known is None else {pk: str(party) for pk, party in known.items()}
    return [
        Line(
            entry,
            entry.at,
            shape.icon if shape else "circle-dot",
            _word(entry, shape, names, reading, public),
        )
        for entry, shape in kept
    ]


def parties_in(entries: Iterable[Entry]) -> set[int]:
    """The numbers of everybody whom these entries name."""
    return _wanted((entry, fact_class(entry.kind, entry.version)) for entry in entries)


def _names(kept: Iterable[tuple[Entry, type[Fact] | None]]) -> dict[int, str]:
    parties = Entry._meta.get_field("by").related_model._default_manager.filter(pk__in=_wanted(kept))
    return {party.pk: str(party) for party in parties}


def _wanted(kept: Iterable[tuple[Entry, type[Fact] | None]]) -> set[int]:
    wanted: set[int] = set()
    for entry, shape in kept:
        wanted |= {entry.by_id, entry.on_behalf_of_id or entry.by_id}
        wanted |= {entry.data[field] for field in (shape.parties if shape else ()) if entry.data.get(field)}
    return wanted


def _word(
    entry: Entry, shape: type[Fact] | None, names: Mapping[int, str], reading: Reading, public: bool
) -> SafeString:
    by = _actor(entry, names)
    if shape is None or shape.kinds().keys() != entry.data.keys():
        return format_html(_("{by} did something this version cannot word ({kind})."), by=by, kind=entry.kind)
    words = {field: _value(shape, field, value, names, reading) for field, value in entry.data.items()}
    return format_html(str(shape.public_sentence if public else shape.sentence), **words | {"by": by})


def _value(shape: type[Fact], field: str, value: Any, names: Mapping[int, str], reading: Reading) -> Any:
    if value is None:
        return shape.nothing
    if field in shape.parties:
        return _name(names, value)
    if field in shape.labels:
        return dict(shape.labels[field].choices).get(value, value)
    return SHOWN.get(shape.kinds()[field], _as_it_is)(value, reading)


def _moment(value: str, reading: Reading) -> str:
    moment = datetime.fromisoformat(value)
    return show_moment(moment, calendar=reading.calendar, language=reading.language, time_zone=reading.time_zone)


def _day(value: str, reading: Reading) -> str:
    return show_date(date.fromisoformat(value), calendar=reading.calendar, language=reading.language)


def _number(value: int, reading: Reading) -> str:
    return digits(value, reading.language)


def _as_it_is(value: Any, reading: Reading) -> Any:
    return value


SHOWN: dict[str, Callable[[Any, Reading], Any]] = {"datetime": _moment, "date": _day, "int": _number}


def _actor(entry: Entry, names: Mapping[int, str]) -> SafeString:
    """Who did it; and for whom, where somebody stood in."""
    by = _name(names, entry.by_id)
    if entry.on_behalf_of_id is None:
        return by
    # Translators: who did something, standing in for somebody else
    return format_html(_("{by} (for {other})"), by=by, other=_name(names, entry.on_behalf_of_id))


def _name(names: Mapping[int, str], party_id: int) -> SafeString:
    return format_html("<bdi>{}</bdi>", names.get(party_id, "?"))
