"""Reading: the list of stages that a form says. What it names and there is not is left as it was.

Names in the form: `was` is the graph as the page showed it; `p.registered.role` and the like belong to a place,
`p.registered.w0.b1.to` to the second branch of its first way, `a0.to` to what is possible at any time.
"""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.http import QueryDict

from shenava.common.text import clean_name
from shenava.desk.sheet import condition_of, number_of
from shenava.desk.stages.fields import fields_of
from shenava.desk.stages.words import DUE, GROUPS, SEVERAL, SPANS
from shenava.pages.diagram import OPERATIONS
from shenava.people.models import Role
from shenava.process.fields import CHOICE, Field
from shenava.process.stages import Branch, Form, Place, Timer, Way, stages_of
from shenava.process.stages.arranging import settle_voices, show
from shenava.process.stages.form import END, STAGE, TASK, Condition

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
LONGEST_NAME = 80
MOST = 30
"""So many ways, branches, conditions and reminders are read of one place."""


def form_of(given: QueryDict) -> Form | None:
    """The list of stages that was sent; None where there is none."""
    try:
        form = stages_of(json.loads(given.get("was", "")))
    except ValueError:
        return None
    if form is None:
        return None
    form.names = _names(given, "name", form.names)
    reading = _Reading(form, given)
    for place in form.places:
        if f"p.{place.key}" in given:
            reading.place(place)
    for number, one in enumerate(form.anytime):
        if f"a{number}" in given:
            one["from"] = [key for key in given.getlist(f"a{number}.from") if form.get(key)]
            if form.get(given.get(f"a{number}.to", "")):
                one["to"] = given[f"a{number}.to"]
    form.anytime = [one for one in form.anytime if one["from"]]
    return form


class _Reading:
    def __init__(self, form: Form, given: QueryDict) -> None:
        self.form, self.given = form, given
        self.fields: dict[str, Field] = fields_of(form, "en")

    def place(self, place: Place) -> None:
        """Everything that is said of one place."""
        name = f"p.{place.key}"
        place.names = _names(self.given, f"{name}.name", place.names)
        self._choose(place, "role", f"{name}.role", Role.values)
        if place.kind != END:
            place.timers = [self._timer(f"{name}.t{number}") for number in self._count(f"{name}.t")]
        if place.kind != TASK:
            show(self.form, place, is_shown=f"{name}.shown" in self.given)
            self._verbs(place, name)
        place.ways = [self._way(place, f"{name}.w{number}") for number in self._count(f"{name}.w")]
        if place.kind == STAGE:
            self._stage(place, name)
        if place.kind == TASK:
            self._task(place, name)

    def _stage(self, place: Place, name: str) -> None:
        self._choose(place, "due", f"{name}.due", [one for one in DUE if one])
        place.joined_by = [on for on in self.given.getlist(f"{name}.joined") if place.way(on)]
        for field, typed in (("warn_after", f"{name}.warn"), ("lapse_after", f"{name}.lapse")):
            if typed in self.given:
                _say(place, field, number_of(self.given.get(typed, "")))

    def _task(self, place: Place, name: str) -> None:
        stage = self.form.get(self.given.get(f"{name}.begins", ""))
        place.begins_with = stage.key if stage and stage.kind == STAGE else ""
        place.only_if = self._conditions(f"{name}.only")
        _say(place, "within", self._span(name))
        of = self.given.get(f"{name}.several", "")
        count = {"count": max(number_of(self.given.get(f"{name}.count", "")) or 1, 1)} if of == "quorum" else {}
        _say(place, "several", {"of": of, **count} if of and of in SEVERAL else None)
        settle_voices(place)

    def _verbs(self, place: Place, name: str) -> None:
        verbs = place.verbs
        for group in GROUPS:
            asked = self.given.get(f"{name}.group.{group.key}", "some")
            verbs = verbs | group.verbs if asked == "all" else verbs - group.verbs if asked == "none" else verbs
        _say(place, "verbs", sorted(verbs))

    def _way(self, place: Place, name: str) -> Way:
        kept = place.way(self.given.get(f"{name}.was", ""))
        on = self.given.get(f"{name}.on", "")[:40]
        branches = [self._branch(f"{name}.b{number}") for number in self._count(f"{name}.b")] or [Branch("")]
        branches[-1].conditions = []
        names = dict(kept.names) if kept else {}
        if place.kind == TASK and on:
            names = _names(self.given, f"{name}.name", names)
        return Way(on, branches, kept.outcome if kept and kept.on == on else "", names)

    def _branch(self, name: str) -> Branch:
        return Branch(self.given.get(f"{name}.to", "")[:40], self._conditions(name))

    def _conditions(self, name: str) -> list[Condition]:
        found = [self._condition(f"{name}.c{number}") for number in self._count(f"{name}.c")]
        return [one for one in found if one is not None]

    def _condition(self, name: str) -> Condition | None:
        asked = self.fields.get(self.given.get(f"{name}.field", ""))
        if asked is None:
            return None
        first = asked.operators[0]
        values: dict[str, Any] = {CHOICE: [], "yes_no": True}
        return condition_of(self.given, name, asked) or {
            "field": asked.key,
            "is": first,
            "value": values.get(asked.kind),
        }

    def _timer(self, name: str) -> Timer:
        operation = self.given.get(f"{name}.do", "")
        repeat = min(number_of(self.given.get(f"{name}.repeat", "")) or 0, 99)
        known = operation if operation in OPERATIONS else next(iter(OPERATIONS))
        return Timer(self.given.get(f"{name}.key", "")[:40], self._span(name) or {"working_days": 0}, known, repeat)

    def _span(self, name: str) -> dict[str, int] | None:
        unit, number = self.given.get(f"{name}.unit", ""), number_of(self.given.get(f"{name}.n", ""))
        return {unit: number} if unit in SPANS and number else None

    def _choose(self, place: Place, field: str, name: str, known: list[str]) -> None:
        if name in self.given:
            _say(place, field, said if (said := self.given.get(name, "")) in known else "")

    def _count(self, name: str) -> range:
        return range(min(number_of(self.given.get(name, "")) or 0, MOST))


def _say(place: Place, field: str, value: Any) -> None:
    """Say it; nothing is not said."""
    if value:
        place.said[field] = value
    else:
        place.said.pop(field, None)


def _names(given: QueryDict, name: str, kept: dict[str, str]) -> dict[str, str]:
    sent = {code: given.get(f"{name}.{code}") for code in LANGUAGES}
    typed = {code: clean_name(text)[:LONGEST_NAME] for code, text in sent.items() if text is not None}
    return {code: text for code, text in (kept | typed).items() if text}
