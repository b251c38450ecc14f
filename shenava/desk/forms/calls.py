"""Forms for calls that are promised to the complainant."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shenava.common.fields import LineField, ProseField
from shenava.complaints.models import Call, Complaint
from shenava.ui.fields import DueField


class CallForm(forms.Form):
    """By when we call, at which number, and why."""

    due_at = DueField(label=_("Call by"))
    phone = LineField(label=_("Number to call"), max_length=60, widget=forms.TextInput(attrs={"dir": "ltr"}))
    reason = ProseField(label=_("What the call is for"), max_length=2_000)

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].initial = (complaint.representative or complaint.complainant).phone


class CallKeptForm(forms.Form):
    """What became of the call."""

    outcome = forms.ChoiceField(label=_("The call"), choices=Call.Outcome.choices, widget=forms.RadioSelect)
    text = ProseField(
        label=_("What was said, or why no call is needed"),
        help_text=_("What was said stands in the conversation. The complainant sees only that a call was made."),
        max_length=5_000,
        required=False,
    )
    due_at = DueField(label=_("Try again by"), required=False)

    def clean(self) -> dict[str, Any]:
        """Words where somebody was reached or nobody needs to be; another date where nobody was."""
        cleaned = super().clean() or {}
        needed = "due_at" if cleaned.get("outcome") == Call.Outcome.NOT_REACHED else "text"
        if not cleaned.get(needed) and needed not in self.errors and "outcome" in cleaned:
            self.add_error(needed, forms.Field.default_error_messages["required"])
        return cleaned
