"""Forms of the taxonomy: one name and one guide for each language."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from shenava.common.fields import LineField, ProseField
from shenava.complaints.models import Category

LANGUAGES = [code for code, _name in settings.LANGUAGES]


class CategoryForm(forms.Form):
    """A category as people read it, and what to ask about it."""

    def __init__(self, *args: Any, category: Category | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, language in settings.LANGUAGES:
            self.fields[f"name_{code}"] = LineField(
                label=_("Name in %(language)s") % {"language": language}, max_length=80
            )
        for code, language in settings.LANGUAGES:
            self.fields[f"guide_{code}"] = ProseField(
                label=_("What to ask, in %(language)s") % {"language": language}, max_length=2_000, required=False
            )
        if category is not None:
            self.initial = {f"name_{code}": category.names.get(code, "") for code in LANGUAGES}
            self.initial |= {f"guide_{code}": category.guide.get(code, "") for code in LANGUAGES}

    @property
    def names(self) -> dict[str, str]:
        """The names by language."""
        return {code: self.cleaned_data[f"name_{code}"] for code in LANGUAGES}

    @property
    def guide(self) -> dict[str, str]:
        """What to ask, by language; empty ones are left out."""
        found = {code: self.cleaned_data[f"guide_{code}"] for code in LANGUAGES}
        return {code: text for code, text in found.items() if text}


class NewCategoryForm(CategoryForm):
    """A new category: its code never changes."""

    code = forms.RegexField(
        r"\A[A-Z0-9][A-Z0-9.-]{0,19}\Z",
        label=_("Code"),
        help_text=_("Capital letters and figures; reports count by it, so it never changes."),
        error_messages={"invalid": _("Write up to 20 capital letters and figures, such as Q14.")},
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    parent = forms.ModelChoiceField(
        label=_("Belongs to"), queryset=Category.objects.none(), required=False, empty_label=_("the upper level")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = Category.objects.in_use().filter(parent=None)  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        """A code that nobody has."""
        code = str(self.cleaned_data["code"])
        if Category.objects.filter(code=code).exists():
            raise forms.ValidationError(_("This code is taken."))
        return code
