"""Trial: what a decision table would have said of the latest complaints, beside what the one in force says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shenava.complaints.facts_view import facts_of
from shenava.complaints.models import Complaint
from shenava.people.standing import Standing
from shenava.process import deciding
from shenava.process.questions import Question
from shenava.process.tables import decide, load

LATEST = 1_000
SHOWN = 100

Said = Mapping[str, Any]


@dataclass(frozen=True)
class Changed:
    """Answers that would have been others, and how often."""

    before: Said
    after: Said
    count: int


@dataclass(frozen=True)
class Trial:
    """How many were tried, which answers would have been others, and the complaints that the reader may see."""

    tried: int
    changed: int
    kinds: list[Changed]
    shown: list[tuple[Complaint, Said, Said]]


def try_on(question: Question, content: Mapping[str, Any], standing: Standing) -> Trial:
    """Ask both tables about the latest complaints, by what is the case of them now. Nothing is changed by it."""
    new, old = load(content), deciding.published(question.key)
    latest = Complaint.objects.select_related("complainant").prefetch_related("issue_lines__category__parent")
    tried = [(one.pk, facts_of(one)) for one in latest.order_by("-pk")[:LATEST]]
    said = [(pk, decide(old, facts) if old else {}, decide(new, facts)) for pk, facts in tried]
    changed = {pk: (before, after) for pk, before, after in said if before != after}
    seen = Complaint.objects.visible_to(standing).filter(pk__in=list(changed)).order_by("-pk")[:SHOWN]
    return Trial(
        len(tried), len(changed), _kinds(list(changed.values())), [(found, *changed[found.pk]) for found in seen]
    )


def _kinds(changed: list[tuple[Said, Said]]) -> list[Changed]:
    """The like together, the most frequent first."""
    counted = Counter((_key(before), _key(after)) for before, after in changed)
    told = {(_key(before), _key(after)): (before, after) for before, after in changed}
    return [Changed(*told[key], count) for key, count in counted.most_common()]


def _key(said: Said) -> str:
    return repr(sorted(said.items()))
