"""Forms about people: what somebody knows about."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shenava.complaints.facts_view import categories, languages
from shenava.complaints.models import Category, Competence


class CompetenceForm(forms.Form):
    """Categories and languages that somebody knows."""

    categories = forms.MultipleChoiceField(
        label=_("Knows about"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("A category of the upper level stands for all below it."),
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=_("Languages"), widget=forms.CheckboxSelectMultiple, required=False, choices=languages
    )

    def __init__(self, *args: Any, competence: Competence | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["categories"].choices = categories()  # type: ignore[attr-defined]
        if competence is not None:
            self.initial = {
                "categories": [category.code for category in competence.categories.all()],
                "languages": competence.languages,
            }

    def details(self) -> dict[str, Any]:
        """What the verb is told."""
        chosen = Category.objects.filter(code__in=self.cleaned_data["categories"])
        return {"categories": list(chosen), "languages": self.cleaned_data["languages"]}
