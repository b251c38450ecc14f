"""Forms of processes: what a new one is called, and what it is like."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from shenava.common.fields import LineField
from shenava.process.actions import UNNAMED
from shenava.process.models import Process, ProcessVersion

LIGHT = "light"


class NewProcessForm(forms.Form):
    """A process to be drawn. One name is enough; its draft begins as another process is."""

    like = forms.ChoiceField(
        label=_("Begin with"),
        help_text=_("The draft says what this process says. You change whatever is different in yours."),
    )

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name in sorted(settings.LANGUAGES, key=lambda one: one[0] != language):
            label = _("Name in %(language)s") % {"language": name}
            self.fields[f"name_{code}"] = LineField(label=label, max_length=80, required=False)
        self.fields["like"].choices = [(one.key, one.name(language)) for one in published()]  # type: ignore[attr-defined]
        self.order_fields([name for name in self.fields if name != "like"])

    def clean(self) -> dict[str, Any]:
        """Some name."""
        if not any(self.names.values()):
            raise forms.ValidationError(UNNAMED)
        return self.cleaned_data

    @property
    def names(self) -> dict[str, str]:
        """The names that were written, by language."""
        found = {code: self.cleaned_data.get(f"name_{code}", "") for code, _name in settings.LANGUAGES}
        return {code: name for code, name in found.items() if name}

    @property
    def version(self) -> ProcessVersion:
        """What it is like."""
        return next(
            one.current_version for one in published() if one.key == self.cleaned_data["like"] and one.current_version
        )


def published() -> list[Process]:
    """The processes that complaints can follow, the simplest first. One query."""
    found = Process.objects.filter(current_version__isnull=False).select_related("current_version__process")
    return sorted(found, key=lambda one: (one.key != LIGHT, one.pk))
