"""Showing: the list of stages as the page tells it and asks about it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from shenava.common.dates import digits
from shenava.desk.sheet import Cell, Option, cell_of
from shenava.desk.stages.fields import fields_of, said_in
from shenava.desk.stages.words import ANYTIME, DUE, GROUPS, LEADING, SEVERAL, SPANS, Words
from shenava.desk.verbs import verb_label
from shenava.pages.diagram import OPERATIONS
from shenava.people.models import Role
from shenava.process.fields import CHOICE, Field
from shenava.process.stages import Branch, Form, Place, Timer, Way
from shenava.process.stages.form import DONE, END, STAGE, TASK, Condition, arranged

ROLES = dict(Role.choices)
KINDS = {STAGE: "inbox", TASK: "list-checks", END: "flag"}


@dataclass(frozen=True)
class Line:
    """A condition: which field, and what is asked of it."""

    name: str
    field: list[Option]
    cell: Cell


@dataclass(frozen=True)
class BranchShown:
    """Where a way leads, and on which conditions."""

    name: str
    place: int
    to: list[Option]
    lines: list[Line]
    is_last: bool


@dataclass(frozen=True)
class WayShown:
    """A way out."""

    name: str
    place: int
    on: str
    verbs: list[Option]
    names: list[tuple[str, str, str]]
    branches: list[BranchShown]


@dataclass(frozen=True)
class TimerShown:
    """A reminder."""

    name: str
    place: int
    key: str
    number: int
    units: list[Option]
    deeds: list[Option]
    repeat: int


@dataclass
class Row:
    """A place as the page shows it."""

    key: str
    kind: str
    icon: str
    name: str
    names: list[tuple[str, str, str]]
    said: dict[str, Any]
    summary: dict[str, Any] = field(default_factory=dict)
    selects: dict[str, list[Option]] = field(default_factory=dict)
    groups: list[tuple[str, Any, list[Option]]] = field(default_factory=list)
    ways: list[WayShown] = field(default_factory=list)
    timers: list[TimerShown] = field(default_factory=list)
    only: list[Line] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    notes: list[Any] = field(default_factory=list)


class Showing:
    """Rows for the places of a form, in a language."""

    def __init__(self, form: Form, language: str) -> None:
        self.form, self.language = form, language
        self.places = arranged(form)
        self.fields = fields_of(form, language)
        self.choices = {key: list(one.choices()) for key, one in self.fields.items()}
        self.languages = sorted(settings.LANGUAGES, key=lambda one: one[0] != language)

    def rows(self) -> list[Row]:
        """All of them, as a complaint comes to them."""
        return [self._row(place) for place in self.places]

    def names(self, name: str, names: Any) -> list[tuple[str, str, str]]:
        """Fields for a name in each language: how it is called, the language, what it says."""
        return [(f"{name}.{code}", str(label), names.get(code, "")) for code, label in self.languages]

    def anytime(self) -> list[dict[str, Any]]:
        """What is possible at any time: where it leads, and from where."""
        sources = [place for place in self.places if place.kind != TASK]
        return [
            {
                "name": f"a{number}",
                "label": verb_label(one["on"]),
                "to": self._targets(one.get("to", "")) if one.get("to") else [],
                "from": [Option(place.key, self.name(place.key), place.key in one["from"]) for place in sources],
            }
            for number, one in enumerate(self.form.anytime)
        ]

    def name(self, key: str) -> str:
        """The name of a place."""
        place = self.form.get(key)
        return said_in(place.names, self.language, str(_("without a name"))) if place else str(_("nowhere yet"))

    def _row(self, place: Place) -> Row:
        name = f"p.{place.key}"
        row = Row(
            place.key, place.kind, KINDS[place.kind], self.name(place.key), self.names(f"{name}.name", place.names),
            place.said,
        )  # fmt: skip
        row.selects = self._selects(place)
        row.summary = self._summary(place)
        row.ways = [self._way(place, way, number) for number, way in enumerate(place.ways)]
        row.timers = [self._timer(f"{name}.t{number}", one, number) for number, one in enumerate(place.timers)]
        row.only = self._lines(f"{name}.only", place.only_if)
        row.beside = [self.name(task.key) for task in self.form.beside(place.key)]
        if place.kind == STAGE:
            row.groups = [self._group(place, group) for group in GROUPS]
        return row

    def _selects(self, place: Place) -> dict[str, list[Option]]:
        said, span = place.said, next(iter(place.said.get("within", {})), "working_days")
        found = {"role": options({"": _("nobody in particular")} | dict(Role.choices), said.get("role", ""))}
        if place.kind == STAGE:
            found["due"] = options(DUE, said.get("due", ""))
            found["joined"] = [Option(way.on, verb_label(way.on), way.on in place.joined_by) for way in place.ways]
        if place.kind == TASK:
            stages = {one.key: self.name(one.key) for one in self.places if one.kind == STAGE}
            found["begins"] = options({"": _("when something leads to it")} | stages, place.begins_with)
            found["several"] = options(SEVERAL, said.get("several", {}).get("of", ""))
            found["unit"] = options(SPANS, span)
        return found

    def _summary(self, place: Place) -> dict[str, Any]:
        said = place.said
        spans = [f"{digits(number, self.language)} {SPANS[unit]}" for unit, number in said.get("within", {}).items()]
        leads = [(self._label(place, way), [self._leads(one) for one in way.branches]) for way in place.ways]
        return {
            "role": ROLES.get(said.get("role", ""), ""),
            "deadline": spans[0] if spans else DUE[said["due"]] if said.get("due") in DUE else "",
            "ways": leads,
            "within": next(iter(said.get("within", {}).values()), ""),
            "count": said.get("several", {}).get("count", ""),
            "silence": place.way("close_unanswered") is not None,
            "begins_with": self.name(place.begins_with) if place.begins_with else "",
        }

    def _leads(self, branch: Branch) -> tuple[str, bool]:
        return (self.name(branch.to) if branch.to else str(_("done")), bool(branch.conditions))

    def _label(self, place: Place, way: Way) -> str:
        if not way.on:
            return str(_("they do not agree"))
        return said_in(dict(way.names), self.language, way.on) if place.kind == TASK else verb_label(way.on)

    def _group(self, place: Place, group: Any) -> tuple[str, Any, list[Option]]:
        leading = {way.on for way in place.ways} | {one["on"] for one in self.form.anytime}
        wanted = group.verbs - leading
        state = "all" if wanted <= place.verbs else "some" if wanted & place.verbs else "none"
        words: Words = {"all": _("possible"), "some": _("some of it"), "none": _("not possible")}
        offered = {key: label for key, label in words.items() if key != "some" or state == "some"}
        return f"p.{place.key}.group.{group.key}", group.label, options(offered, state)

    def _way(self, place: Place, way: Way, number: int) -> WayShown:
        name = f"p.{place.key}.w{number}"
        others = {one.on for one in place.ways if one is not way}
        verbs = [*LEADING, *([way.on] if way.on not in LEADING else [])] if place.kind == STAGE else [way.on, *ANYTIME]
        offered = {verb: verb_label(verb) for verb in dict.fromkeys(verbs) if verb and verb not in others}
        shown = [self._branch(f"{name}.b{at}", at, way, place) for at in range(len(way.branches))]
        names = self.names(f"{name}.name", way.names) if place.kind == TASK and way.on else []
        return WayShown(name, number, way.on, [] if place.kind == TASK else options(offered, way.on), names, shown)

    def _branch(self, name: str, at: int, way: Way, place: Place) -> BranchShown:
        branch = way.branches[at]
        to = self._targets(branch.to, is_beside=place.kind == TASK)
        return BranchShown(name, at, to, self._lines(name, branch.conditions), at == len(way.branches) - 1)

    def _targets(self, chosen: str, *, is_beside: bool = False) -> list[Option]:
        nothing = _("done: nothing more beside") if is_beside else _("Choose…")
        names = {place.key: self.name(place.key) for place in self.places if place.key != "draft"}
        return options({DONE: nothing} | names, chosen)

    def _lines(self, name: str, conditions: list[Condition]) -> list[Line]:
        return [self._line(f"{name}.c{number}", one) for number, one in enumerate(conditions)]

    def _line(self, name: str, said: Condition) -> Line:
        asked = self.fields.get(said["field"]) or next(iter(self.fields.values()))
        offered = options({key: one.label for key, one in self.fields.items()}, said["field"])
        shown = cell_of(name, asked, _listed(asked, said), self.choices[asked.key])
        return Line(name, offered, replace(shown, operators=[one for one in shown.operators if one.value != "any"]))

    def _timer(self, name: str, timer: Timer, at: int) -> TimerShown:
        (unit, number), *_more = [*timer.after.items(), ("working_days", 0)]
        deeds = options(OPERATIONS, timer.operation)
        return TimerShown(name, at, timer.key, number, options(SPANS, unit), deeds, timer.repeat)


def _listed(asked: Field, said: Condition) -> Condition:
    """Of a choice is asked whether it is one of some: to be one thing is to be one of it alone."""
    alone = {"is": "in", "is_not": "not_in"}.get(said["is"]) if asked.kind == CHOICE else None
    return {**said, "is": alone, "value": [said.get("value")]} if alone else said


def options(words: Words, chosen: Any) -> list[Option]:
    """Choices, one of which is chosen."""
    return [Option(str(key), label, key == chosen) for key, label in words.items()]
