"""The form of an automation: what it says becomes the plan, and the other way; and an automation in words.

Names in the form: `name_en`, `occasion`, `amount`, `measure`, `column` for each field looked at, `if.channel.is`
and its like for a condition, `deed`, `do.to` for what the deed has to be told, `position`, `budget`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shenava.common.dates import digits
from shenava.common.text import clean, clean_name
from shenava.desk.sheet import OPERATORS, Cell, Option, cell_of, condition_of, number_of
from shenava.process import automations, vocabulary
from shenava.process.automations import BUDGET, FACT, KINDS, PROMISE, STAGE, Plan
from shenava.process.fields import YES_NO, Choice
from shenava.process.models import Measure
from shenava.process.models.automations import LANGUAGES
from shenava.ui.reader import current_reader

LONGEST_TEXT = 2_000
GROUPS: dict[str, Promise] = {
    FACT: gettext_lazy("when this happens to a complaint"),
    STAGE: gettext_lazy("some time after it came to this stage"),
    PROMISE: gettext_lazy("some time before this promise is due"),
}
FAULTS: dict[str, Promise] = {
    "no_name": gettext_lazy("It needs a name in one language at least."),
    "no_occasion": gettext_lazy("Choose when it is set off."),
    "no_time": gettext_lazy("Say how long, from 1 to 365, and in what it is counted."),
    "no_value": gettext_lazy("{name}: say what it is compared with."),
    "no_deed": gettext_lazy("Choose what is done."),
    "no_argument": gettext_lazy("{name}: this has to be said."),
}


@dataclass(frozen=True)
class Asked:
    """What a deed has to be told, as the form shows it."""

    name: str
    label: Any
    kind: str
    options: list[Option]
    value: str


def read(given: QueryDict) -> Plan:
    """The plan that a form says. What it names and there is not is left out."""
    deed = automations.deed(given.get("deed", ""))
    arguments = {one.key: _told(given, one) for one in deed.arguments} if deed else {}
    fields = [vocabulary.field(key) for key in given.getlist("column") if key in vocabulary.known_fields()]
    conditions = [condition_of(given, f"if.{one.key}", one) or {"field": one.key, "is": "any"} for one in fields]
    is_timed = not given.get("occasion", "").startswith(FACT)
    return Plan(
        names={code: clean_name(given.get(f"name_{code}", ""))[:120] for code in LANGUAGES},
        occasion=given.get("occasion", "")[:80],
        deed=deed.key if deed else "",
        amount=min(number_of(given.get("amount", "")) or 0, 9_999) if is_timed else None,
        measure=given.get("measure", "")[:14] if is_timed else "",
        conditions=conditions,
        arguments=arguments,
        position=min(number_of(given.get("position", "")) or 10, 9_999),
        budget=min(number_of(given.get("budget", "")) or BUDGET, automations.MOST),
    )


def form_of(plan: Plan) -> dict[str, Any]:
    """What the template of the form needs."""
    deed, looked_at = automations.deed(plan.deed), {one["field"]: one for one in plan.conditions}
    fields = vocabulary.all_fields()
    return {
        "plan": plan,
        "names": [(code, plan.names.get(code, "")) for code in LANGUAGES],
        "occasions": [(GROUPS[kind], _options(automations.occasions(kind), plan.occasion)) for kind in KINDS],
        "is_timed": plan.occasion.partition(":")[0] in (STAGE, PROMISE),
        "measures": _options(Measure.choices, plan.measure),
        "columns": [(one, one.key in looked_at) for one in fields],
        "cells": [_cell(one, looked_at[one.key]) for one in fields if one.key in looked_at],
        "deeds": _options([(one.key, one.label) for one in automations.all_deeds()], plan.deed),
        "asked": [_asked(one, plan.arguments.get(one.key)) for one in deed.arguments] if deed else [],
        "faults": faults(plan),
    }


def faults(plan: Plan) -> list[str]:
    """What is wrong with a plan, in the reader's language."""
    deed = automations.deed(plan.deed)
    labels = {one.key: one.label for one in vocabulary.all_fields()}
    labels |= {one.key: one.label for one in deed.arguments} if deed else {}
    return [str(FAULTS[one.what]).format(name=labels.get(one.name, one.name)) for one in automations.faults_of(plan)]


def told(plan: Any) -> dict[str, str]:
    """A plan or an automation in words: when, if, do."""
    conditions = [_condition(one) for one in plan.conditions if one["is"] != "any"]
    return {"when": _when(plan), "if": " · ".join(conditions), "do": deed_in_words(plan.deed, plan.arguments)}


def deed_in_words(key: str, arguments: Mapping[str, Any]) -> str:
    """What is done, and what it is told."""
    deed = automations.deed(key)
    if deed is None:
        return key
    words = [_value(arguments.get(one.key), list(one.choices())) for one in deed.arguments]
    return ": ".join([str(deed.label), " · ".join(words)]) if words else str(deed.label)


def _when(plan: Any) -> str:
    kind = plan.occasion.partition(":")[0]
    what = dict(automations.occasions(kind)).get(plan.occasion, plan.occasion)
    if kind == FACT:
        return _("When {what}").format(what=what)
    amount = digits(plan.amount or 0, current_reader().language)
    measure = dict(Measure.choices).get(plan.measure, plan.measure)
    words = _("{amount} {measure} after it came to “{what}”")
    if kind == PROMISE:
        words = _("{amount} {measure} before this promise is due: {what}")
    return words.format(amount=amount, measure=measure, what=what)


def _condition(one: Mapping[str, Any]) -> str:
    asked = vocabulary.field(one["field"])
    if asked.kind == YES_NO:
        return f"{asked.label}: {_('yes') if one['value'] else _('no')}"
    value = _value(one.get("value"), list(asked.choices()))
    operator = "" if one["is"] in ("in", "is") else f"{OPERATORS[one['is']]} "
    return f"{asked.label}: {operator}{value}".strip()


def _value(value: Any, choices: list[Choice]) -> str:
    labels = dict(choices)
    values = value if isinstance(value, list | tuple) else [] if value is None else [value]
    language = current_reader().language
    return _(", ").join(str(labels.get(one, digits(one, language) if isinstance(one, int) else one)) for one in values)


def _told(given: QueryDict, asked: automations.Argument) -> Any:
    typed = given.get(f"do.{asked.key}", "")
    if asked.kind == "text":
        return clean(typed)[:LONGEST_TEXT]
    return next((key for key, _label in asked.choices() if str(key) == typed), None)


def _asked(one: automations.Argument, value: Any) -> Asked:
    return Asked(f"do.{one.key}", one.label, one.kind, _options(one.choices(), value), "" if value is None else value)


def _cell(asked: Any, condition: Mapping[str, Any]) -> Cell:
    return cell_of(f"if.{asked.key}", asked, condition, list(asked.choices()))


def _options(choices: Any, chosen: Any) -> list[Option]:
    return [Option(str(key), label, str(key) == str(chosen)) for key, label in choices]
