"""What is imagined of a complaint, chosen by selects, to try a process on it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from shenava.process import vocabulary
from shenava.process.fields import NUMBER, TEXT, YES_NO, Field

UNASKED = frozenset({"stage", "days_open", "is_late", "reopened_count"})
"""What the trial itself makes true."""


class ImaginedForm(forms.Form):
    """One select for each field that rules and conditions may ask."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.asked = [one for one in vocabulary.all_fields() if one.kind != TEXT and one.key not in UNASKED]
        self.values: dict[str, dict[str, Any]] = {}
        for one in self.asked:
            self.fields[one.key] = self._field(one)

    def facts(self) -> dict[str, Any]:
        """What is the case; what was not chosen is empty, or the first that it can be."""
        said = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return {one.key: self._value(one, said.get(one.key)) for one in self.asked}

    def _field(self, one: Field) -> forms.Field:
        if one.kind == NUMBER:
            return forms.IntegerField(label=str(one.label), min_value=0, max_value=10**12, required=False)
        found = [(False, _("no")), (True, _("yes"))] if one.kind == YES_NO else list(one.choices())
        self.values[one.key] = {str(value): value for value, _label in found}
        empty = [("", "–")] if one.may_be_empty and one.kind != YES_NO else []
        choices = [*empty, *((str(value), label) for value, label in found)]
        return forms.ChoiceField(label=str(one.label), choices=choices, required=False)

    def _value(self, one: Field, said: Any) -> Any:
        if one.kind == NUMBER:
            return said
        known = self.values[one.key]
        first = next(iter(known.values()), None) if not one.may_be_empty or one.kind == YES_NO else None
        return known.get(str(said), first)
