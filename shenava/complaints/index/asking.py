"""Asking: which complaints say these words, newest first, as far as somebody may read them.

Two shapes, chosen by how frequent the words prove to be among the newest rows, never by the planner:
frequent words are met by walking the rows from the newest on, rare ones by the word index, whose
finds are capped first and sorted after. Either shape is ruinous for the other kind of word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from shenava.complaints.index.words import PUBLIC, Question, ask
from shenava.people.models import Role
from shenava.people.standing import Standing

SAMPLE = 1_000
WALK = 20_000
CANDIDATES = 5_000
COMMON = 10  # a word in every tenth row is dear to gather: who sees few rows looks for it in those
FREQUENT = 5  # of the sample: what is rarer has no more candidates among a million
HEARD = 100  # a word in every hundredth row is met on a walk for less than the index takes to gather it

NEWEST = """
    SELECT * FROM complaints_searchrow kept WHERE referral_id IS NULL AND {place}
    ORDER BY received_at DESC, complaint_id DESC LIMIT {rows}"""
SAMPLED = """
    WITH tested AS MATERIALIZED (SELECT complaint_id, received_at, {sees} AS sees, {tested} FROM ({newest}) kept),
    hits AS (SELECT complaint_id, received_at FROM tested WHERE sees AND {all_terms}
        ORDER BY received_at DESC, complaint_id DESC LIMIT {size})
    SELECT count(*), count(*) FILTER (WHERE sees), {counted}, ARRAY(SELECT complaint_id FROM hits),
        ARRAY(SELECT received_at FROM hits) FROM tested"""
WALKED = """
    SELECT complaint_id, received_at FROM ({newest}) kept WHERE {sees} AND document @@ %(whole)s::tsquery
    ORDER BY received_at DESC, complaint_id DESC LIMIT {size}"""
# The function behind @@ keeps the frequent words out of the index: they are looked for in what it finds.
INDEXED = """
    WITH matching AS MATERIALIZED (
        SELECT complaint_id, received_at FROM complaints_searchrow kept
        WHERE referral_id IS NULL AND {by} AND {sees}
          AND ts_match_vq(document, %(whole)s::tsquery) AND {place}),
    capped AS MATERIALIZED (SELECT * FROM matching LIMIT {candidates})
    SELECT complaint_id, received_at, (SELECT count(*) FROM capped) FROM capped
    ORDER BY received_at DESC, complaint_id DESC LIMIT {size}"""
CONFIDENTIAL = """
    SELECT DISTINCT complaint_id, received_at FROM complaints_searchrow kept
    WHERE referral_id IS NOT NULL AND document @@ %(whole)s::tsquery AND {sees} AND {reads} AND {place}
    ORDER BY received_at DESC, complaint_id DESC LIMIT {size}"""
OFTEN = "SELECT count(*) FROM ({newest}) kept WHERE document @@ %s::tsquery"
SAYING = "SELECT complaint_id FROM complaints_searchrow WHERE referral_id IS NULL AND document @@ %s::tsquery"
PLACE = "(kept.received_at, kept.complaint_id) < (%(after_at)s, %(after_id)s)"
UNHINDERED = "NOT kept.excluded && ARRAY[%(me)s]::int[]"
OWN = """EXISTS (SELECT 1 FROM complaints_complaint own WHERE own.id = kept.complaint_id
    AND %(me)s IN (own.complainant_id, own.representative_id))"""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CURSOR = re.compile(r"([0-9]{1,17})-([0-9]{1,18})")


class Hit(NamedTuple):
    """A complaint that was found; later ones sort higher."""

    received_at: datetime
    complaint_id: int


@dataclass(frozen=True)
class Found:
    """One page of hits, newest first, and where the next begins.

    `is_partial`: so many complaints say these words that not all of them were looked through.
    """

    question: Question
    ids: tuple[int, ...] = ()
    next_cursor: str | None = None
    is_partial: bool = False


def find(standing: Standing, text: str, *, after: str = "", size: int = 20) -> Found:
    """The complaints that say all the words and that this party may see: two to five queries."""
    is_inside = standing.is_staff or standing.is_system
    question = ask(text, weights="" if is_inside else PUBLIC)
    if not question or not standing.is_active:
        return Found(question)
    search = _Search(standing, question, after, size)
    hits, is_partial = search.common()
    hits = sorted({*hits, *search.confidential()}, reverse=True)
    more = _cursor(hits[size - 1]) if len(hits) > size else None
    return Found(question, tuple(hit.complaint_id for hit in hits[:size]), more, is_partial)


def saying(text: str) -> Q:
    """A condition on complaints: they say all these words in what everybody reads who sees them. One or two queries.

    Rare words are gathered first, which is said by the array; frequent ones are met in the order of the list.
    """
    whole = ask(text).whole
    if not whole:
        return Q(pk__in=())
    return Q(pk__in=RawSQL(SAYING if _is_frequent(whole) else f"SELECT unnest(ARRAY({SAYING}))", [whole]))


def _is_frequent(whole: str) -> bool:
    """Among the newest rows; or, where a wave of others hides it there, by what the database knows of its words."""
    with connection.cursor() as cursor:
        cursor.execute(OFTEN.format(newest=NEWEST.format(place="TRUE", rows=SAMPLE)), [whole])
        if cursor.fetchone()[0] >= FREQUENT:
            return True
    return _is_known(whole)


def _is_known(whole: str) -> bool:
    """Do the statistics of the database know these words as frequent?"""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {SAYING}", [whole])
        (plan,) = cursor.fetchone()
    return bool(plan[0]["Plan"]["Plan Rows"] > WALK)


class _Sample(NamedTuple):
    """The newest rows: the hits among them, how many of them have each term, how many this party sees, and whether
    there are no others."""

    hits: list[Hit]
    counts: Mapping[str, int]
    sees: int
    is_all: bool

    @property
    def rarest(self) -> int:
        """How many rows have the rarest of the terms."""
        return min(self.counts.values())


class _Search:
    """One question of one party at one place: the parts that all its queries share."""

    def __init__(self, standing: Standing, question: Question, after: str, size: int) -> None:
        place = _place(after)
        self.question, self.wanted, self.is_bound = question, size + 1, not standing.reads_everything
        self.parts = {
            "sees": _sees(standing),
            "reads": _reads(standing),
            "place": PLACE if place else "TRUE",
            "size": self.wanted,
            "candidates": CANDIDATES,
        }
        self.values: dict[str, Any] = {
            "me": standing.party_id,
            "ids": sorted(standing.ids),
            "units": sorted(standing.roles.get(Role.COMPLAINTS_MANAGER) or ()),
            "whole": question.whole,
            **place,
        }

    def common(self) -> tuple[list[Hit], bool]:
        """Hits in what everybody reads who sees the complaint; whether some may be missing."""
        sample = self._sample()
        if sample.is_all or len(sample.hits) >= self.wanted:
            return sample.hits, False
        is_frequent = len(sample.hits) >= FREQUENT or sample.rarest > SAMPLE / HEARD or _is_known(self.question.whole)
        walked = self._walk() if is_frequent else []
        if len(walked) >= self.wanted:
            return walked, False
        found, is_capped = self._indexed(sample)
        if is_capped and not is_frequent:
            walked = self._walk()
        return [*walked, *found], is_capped and len(walked) < self.wanted

    def confidential(self) -> list[Hit]:
        """Hits in confidential referrals of which this party is a side, or the manager."""
        return [Hit(at, pk) for pk, at in self._ask(CONFIDENTIAL)]

    def _sample(self) -> _Sample:
        terms = {f"term{number}": term for number, term in enumerate(self.question.terms)}
        tested = ", ".join(f"document @@ %({name})s::tsquery AS {name}" for name in terms)
        counted = ", ".join(f"count(*) FILTER (WHERE {name})" for name in terms)
        parts = {"tested": tested, "counted": counted, "all_terms": " AND ".join(terms)}
        [(rows, sees, *counts, ids, moments)] = self._ask(SAMPLED, terms, **parts, newest=self._newest(SAMPLE))
        hits = [Hit(at, pk) for at, pk in zip(moments, ids, strict=True)]
        return _Sample(hits, dict(zip(self.question.terms, counts, strict=True)), sees, rows < SAMPLE)

    def _walk(self) -> list[Hit]:
        return [Hit(at, pk) for pk, at in self._ask(WALKED, newest=self._newest(WALK))]

    def _indexed(self, sample: _Sample) -> tuple[list[Hit], bool]:
        """By the index, asked for the rarest term, and one more if that narrows it down for less than it costs; of
        somebody who sees next to nothing only what he sees is looked through, if every term is common."""
        first, *further = sorted(self.question.terms, key=lambda term: sample.counts[term])
        asked = [first] if sample.sees or sample.rarest < SAMPLE / COMMON or not self.is_bound else []
        asked += [term for term in further[:1] if not self.is_bound or sample.counts[term] < SAMPLE / COMMON]
        by = "document @@ %(rarest)s::tsquery" if asked else "TRUE"
        rows = self._ask(INDEXED, {"rarest": " & ".join(asked)}, by=by)
        return [Hit(at, pk) for pk, at, _count in rows], bool(rows) and rows[0][2] >= CANDIDATES

    def _newest(self, rows: int) -> str:
        return NEWEST.format(place=self.parts["place"], rows=rows)

    def _ask(self, sql: str, values: Mapping[str, Any] | None = None, **parts: Any) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(sql.format(**self.parts, **parts), {**self.values, **(values or {})})
            return list(cursor.fetchall())


def _sees(standing: Standing) -> str:
    """`visible_to`, said of search rows."""
    if standing.reads_everything:
        return f"({UNHINDERED})"
    if not standing.is_staff:
        return f"({UNHINDERED} AND {OWN})"
    return f"({UNHINDERED} AND kept.readers && %(ids)s::int[])"


def _reads(standing: Standing) -> str:
    """`policy.may_read`, said of the rows of confidential referrals."""
    if standing.has_in(None, Role.COMPLAINTS_MANAGER):
        return "TRUE"
    return "(kept.sides && %(ids)s::int[] OR kept.unit_id = ANY(%(units)s::int[]))"


def _place(cursor: str) -> dict[str, Any]:
    """Where a page begins; nothing, and so the first page, where somebody has tampered with it."""
    found = _CURSOR.fullmatch(cursor)
    if found is None:
        return {}
    return {"after_at": _EPOCH + timedelta(microseconds=int(found[1])), "after_id": int(found[2])}


def _cursor(hit: Hit) -> str:
    return f"{(hit.received_at - _EPOCH) // timedelta(microseconds=1)}-{hit.complaint_id}"
