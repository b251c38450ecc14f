"""The form by which a step of the process is finished, and that by which one is moved by hand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shenava.common.fields import ProseField


class StepForm(forms.Form):
    """How a step ended, and what there is to say."""

    outcome = forms.ChoiceField(label=_("Outcome"), widget=forms.RadioSelect)
    text = ProseField(label=_("Remark"), max_length=10_000, required=False)

    def __init__(self, *args: Any, ways: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["outcome"]
        choices.choices = list(ways)


class PlaceForm(forms.Form):
    """To which step something is moved."""

    to = forms.ChoiceField(label=_("To step"))

    def __init__(self, *args: Any, places: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["to"]
        choices.choices = list(places)
