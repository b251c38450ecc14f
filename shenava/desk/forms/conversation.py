"""Forms for what is asked of the complainant and told him beside the answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shenava.attachments.models import File
from shenava.common.fields import LineField, ProseField
from shenava.complaints.models import Complaint
from shenava.ui.fields import DueField


class DeadlineForm(forms.Form):
    """Another date for the answer, and why."""

    due_at = DueField(label=_("Answer until"))
    reason = ProseField(
        label=_("Reason"), help_text=_("The complainant reads this, by mail and on the portal."), max_length=5_000
    )


class RecallForm(forms.Form):
    """Why the response does not count any more."""

    reason = ProseField(
        label=_("Reason"), help_text=_("The complainant reads this, by mail and on the portal."), max_length=5_000
    )


class WithdrawMandateForm(forms.Form):
    """Why nobody speaks for the complainant any more."""

    reason = ProseField(
        label=_("Reason"),
        help_text=_("Whoever spoke for the complainant reads this, and the complainant where his address is known."),
        max_length=5_000,
    )


class QuestionForm(forms.Form):
    """What we need from the complainant."""

    text = ProseField(
        label=_("What do we need from the complainant?"),
        help_text=_("The complaint waits in Follow-up and comes back with the answer. The promised date stands."),
        max_length=5_000,
    )


class MandateForm(forms.Form):
    """How the representative has proven that he may speak: by a file, or in some other way."""

    file = forms.ModelChoiceField(
        label=_("File that proves the mandate"), queryset=File.objects.none(), required=False, empty_label=_("No file")
    )
    text = LineField(
        label=_("How it was proven"), help_text=_("For example: the original was shown at the counter."), required=False
    )

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["file"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = complaint.handed_in()
        field.initial = complaint.mandate.file_id if hasattr(complaint, "mandate") else None

    def clean(self) -> dict[str, Any]:
        """A file, or words."""
        cleaned = super().clean() or {}
        if not cleaned.get("file") and not cleaned.get("text") and not self.errors:
            self.add_error("file", _("Choose the file that proves the mandate, or say how it was proven."))
        return cleaned
