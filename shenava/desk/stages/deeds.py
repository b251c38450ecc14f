"""Deeds of the editor: what a button asks, such as `stage-registered` or `unbranch-decided-0-1`."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.utils.translation import override, pgettext_lazy

from shenava.desk.sheet import number_of
from shenava.desk.stages.words import ANYTIME, LEADING
from shenava.process.stages import Branch, Form, Place, arranging
from shenava.process.stages.form import END, TASK, arranged

Deed = Callable[[Form, Place, list[int]], Place | None]
OUTCOMES = {
    "done": pgettext_lazy("outcome of a task", "Done"),
    "agreed": pgettext_lazy("outcome of a task", "Agreed"),
    "returned": pgettext_lazy("outcome of a task", "Back for more work"),
}
FIRST = {"field": "severity", "is": "at_least", "value": 4}


def arrange(form: Form, do: str) -> str:
    """Do what a button asks; the key of the place to look at then. What it names and there is not changes nothing."""
    deed, _dash, rest = do.partition("-")
    key, *places = rest.split("-")
    place, numbers = form.get(key), [number for one in places if (number := number_of(one)) is not None]
    if place is None or deed not in DEEDS:
        return ""
    try:
        found = DEEDS[deed](form, place, numbers)
    except IndexError:
        return key
    form.places = arranged(form)
    if found is not None:
        _name_outcomes(found)
    return found.key if found else key


def _name_outcomes(place: Place) -> None:
    """What a new task may come to has a name in every language to begin with."""
    for way in place.ways if place.kind == TASK else []:
        for language, _name in settings.LANGUAGES:
            with override(language):
                way.names = {**way.names, language: str(OUTCOMES[way.on])}


def _way(form: Form, place: Place, at: list[int]) -> None:
    arranging.add_way(place, [*ANYTIME] if place.kind == END else [*LEADING])


def _unway(form: Form, place: Place, at: list[int]) -> None:
    way = place.ways.pop(at[0])
    place.joined_by = [on for on in place.joined_by if on != way.on]


def _branch(form: Form, place: Place, at: list[int]) -> None:
    way = place.ways[at[0]]
    way.branches.insert(len(way.branches) - 1, Branch(way.branches[-1].to, [FIRST]))


def _unbranch(form: Form, place: Place, at: list[int]) -> None:
    if len(place.ways[at[0]].branches) > 1:
        del place.ways[at[0]].branches[at[1]]


def _also(form: Form, place: Place, at: list[int]) -> None:
    place.ways[at[0]].branches[at[1]].conditions.append(FIRST)


def _unalso(form: Form, place: Place, at: list[int]) -> None:
    conditions = place.ways[at[0]].branches[at[1]].conditions
    if len(conditions) > 1:
        del conditions[at[2]]


def _only(form: Form, place: Place, at: list[int]) -> None:
    place.only_if.append({"field": "subject", "is": "in", "value": ["product"]})


def _unonly(form: Form, place: Place, at: list[int]) -> None:
    del place.only_if[at[0]]


def _timer(form: Form, place: Place, at: list[int]) -> None:
    arranging.add_timer(form, place)


def _untimer(form: Form, place: Place, at: list[int]) -> None:
    del place.timers[at[0]]


def _remove(form: Form, place: Place, at: list[int]) -> None:
    arranging.remove(form, place)


DEEDS: dict[str, Deed] = {
    "stage": lambda form, place, at: arranging.add_stage(form, place),
    "beside": lambda form, place, at: arranging.add_beside(form, place),
    "approval": lambda form, place, at: arranging.add_approval(form, place),
    "end": lambda form, place, at: arranging.add_end(form, place),
    "up": lambda form, place, at: arranging.move(form, place, -1),
    "down": lambda form, place, at: arranging.move(form, place, 1),
    "remove": _remove,
    "way": _way,
    "unway": _unway,
    "branch": _branch,
    "unbranch": _unbranch,
    "also": _also,
    "unalso": _unalso,
    "only": _only,
    "unonly": _unonly,
    "timer": _timer,
    "untimer": _untimer,
}
