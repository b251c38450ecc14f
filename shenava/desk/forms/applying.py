"""Forms by which a promise in force is applied to open complaints."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shenava.common.fields import ProseField
from shenava.deadlines.models import PromiseRule
from shenava.desk.views.promises import tell


class RuleChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Choosing a promise in force."""

    def label_from_instance(self, obj: Any) -> str:
        told = tell(obj)
        return f"{obj.get_kind_display()} · {told['about']} · {told['length']}"


class WhichForm(forms.Form):
    """Which promise."""

    rule = RuleChoice(label=_("Promise"), queryset=PromiseRule.objects.none(), empty_label=_("Choose…"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        active = PromiseRule.objects.filter(is_active=True).order_by("kind", "record_type", "severity")
        self.fields["rule"].queryset = active  # type: ignore[attr-defined]


class ApplyForm(forms.Form):
    """Why the dates move."""

    reason = ProseField(
        label=_("Reason"),
        help_text=_("Complainants whose answer comes later read this, by mail and on the portal."),
        max_length=2_000,
    )
