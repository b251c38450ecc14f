"""What is found about a decision table, in the reader's language: faults, gaps, rows that meet or are never reached."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from shenava.common.dates import digits
from shenava.process import deciding, vocabulary
from shenava.process.fields import YES_NO
from shenava.process.questions import Question
from shenava.process.tables import Analysis, Fault, Hidden, Overlap, Part
from shenava.ui.reader import current_reader

SHOWN = 12
"""So many gaps are told; of more, how many."""
PARTS = 6
"""So many values of one column are told."""
FAULTS: dict[str, Promise | str] = {
    "no_value": gettext_lazy("{name}: say what it is compared with."),
    "no_answer": gettext_lazy("{name}: say what the answer is."),
}
MEANINGLESS = gettext_lazy("{name}: this cannot be asked here.")
SPANS: dict[str, Promise | str] = {
    "from": pgettext_lazy("numbers", "{low} or more"),
    "between": pgettext_lazy("numbers", "{low} to {high}"),
    "empty": pgettext_lazy("cell of a table", "not given"),
    "other": pgettext_lazy("cell of a table", "anything else"),
}


@dataclass(frozen=True)
class Note:
    """One finding: how much it matters (bad, wait or idle), and its words."""

    hue: str
    words: str


@dataclass
class Findings:
    """What is found: by row, and of the whole. `may_publish` is true where nothing has to be mended first."""

    by_row: dict[int, list[Note]] = field(default_factory=dict)
    gaps: list[str] = field(default_factory=list)
    more_gaps: int = 0
    is_looked_through: bool = True
    may_publish: bool = True


class Wording:
    """Words for the values of fields and answers; the choices of each are asked for once."""

    def __init__(self, question: Question, content: Mapping[str, Any]) -> None:
        inputs = [vocabulary.field(key) for key in content["inputs"]]
        self.labels = {one.key: one.label for one in question.outputs} | {one.key: one.label for one in inputs}
        self.choices = {one.key: dict(one.choices()) for one in inputs}
        self.answers = {one.key: dict(one.choices()) for one in question.outputs}
        self.outputs = question.outputs
        self.language = current_reader().language
        self.comma = _(", ")
        self.yes_no = {one.key for one in inputs if one.kind == YES_NO}

    def box(self, told: Mapping[str, Iterable[Part]]) -> str:
        """Facts in words: `Received by: e-mail, fax · Severity: grave`."""
        return " · ".join(f"{self.labels[key]}: {self.parts(key, tuple(parts))}" for key, parts in told.items())

    def parts(self, key: str, parts: tuple[Part, ...]) -> str:
        """What one fact may be, cut short where it may be much."""
        words = [self.part(key, part) for part in parts[:PARTS]]
        rest = len(parts) - PARTS
        return self.comma.join([*words, _("{count} more").format(count=self.number(rest))] if rest > 0 else words)

    def part(self, key: str, part: Part) -> str:
        """One value or span."""
        if part.kind == "span":
            return self._span(part)
        if part.kind in SPANS:
            return str(SPANS[part.kind])
        if key in self.yes_no:
            return _("yes") if part.sample else _("no")
        return str(self.choices[key].get(part.sample, part.sample))

    def answer(self, then: Mapping[str, Any]) -> str:
        """What a row says; a dash where nothing is said."""
        said = [(one, then[one.key]) for one in self.outputs if one.key in then]
        words = [self._answer(one.key, value) for one, value in said]
        if len(self.outputs) > 1:
            words = [f"{one.label}: {word}" for (one, _value), word in zip(said, words, strict=True)]
        return " · ".join(words) or "–"

    def number(self, number: int) -> str:
        """A number in the reader's digits."""
        return digits(number, self.language)

    def _answer(self, key: str, value: Any) -> str:
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        values = value if isinstance(value, list) else [value]
        return self.comma.join(str(self.answers[key].get(one, one)) for one in values)

    def _span(self, part: Part) -> str:
        low, high = self.number(part.low), "" if part.high is None else self.number(part.high)
        if part.low == part.high:
            return low
        return str(SPANS["between" if high else "from"]).format(low=low, high=high)


def look_through(question: Question, content: Mapping[str, Any]) -> Findings:
    """Everything that can be said about a table as it is written now."""
    wording, faults = Wording(question, content), deciding.check(question, content)
    if faults:
        return Findings(_by_row((fault.row or 0, _fault(fault, wording)) for fault in faults), may_publish=False)
    found = deciding.analysis_of(question, content)
    notes = [(one.row, _hidden(one, wording)) for one in found.hidden]
    notes += [(one.second, _overlap(one, wording)) for one in found.overlaps if not one.is_exception]
    gaps = [wording.box(gap.told) or _("everything") for gap in found.gaps[:SHOWN]]
    return Findings(
        _by_row(notes), gaps, len(found.gaps) - len(gaps), found.is_whole,
        may_publish=_may_publish(question, found),
    )  # fmt: skip


def _may_publish(question: Question, found: Analysis) -> bool:
    return not question.must_answer or (found.is_whole and not found.gaps)


def _by_row(notes: Iterable[tuple[int, Note]]) -> dict[int, list[Note]]:
    found: dict[int, list[Note]] = {}
    for row, note in notes:
        found.setdefault(row, []).append(note)
    return found


def _fault(fault: Fault, wording: Wording) -> Note:
    name = wording.labels.get(fault.name, fault.name)
    return Note("bad", str(FAULTS.get(fault.what, MEANINGLESS)).format(name=name))


def _hidden(found: Hidden, wording: Wording) -> Note:
    if not found.by:
        return Note("bad", _("This row can never hold: what it asks contradicts itself."))
    before = wording.comma.join(wording.number(row + 1) for row in found.by)
    return Note("wait", _("This row is never reached: what it names is decided before, by {rows}.").format(rows=before))


def _overlap(found: Overlap, wording: Wording) -> Note:
    words = _("Rows {first} and {second} meet and say different things; row {first} decides: {facts}").format(
        first=wording.number(found.first + 1),
        second=wording.number(found.second + 1),
        facts=wording.box(found.told) or _("everything"),
    )
    return Note("idle", words)
