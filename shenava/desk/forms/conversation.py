"""Forms for what is asked of the complainant and told him beside the answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shenava.attachments.models import File
from shenava.common.fields import LineField, ProseField
from shenava.complaints.actions.promises import legal_date
from shenava.complaints.models import Complaint
from shenava.complaints.policy import BEYOND_LAW
from shenava.ui.fields import DueField


class DeadlineForm(forms.Form):
    """Another date for the answer, and why."""

    due_at = DueField(label=_("Answer until"))
    reason = ProseField(
        label=_("Reason"), help_text=_("The complainant reads this, by mail and on the portal."), max_length=5_000
    )
    is_legal = forms.BooleanField(
        label=_("The law lets its term be extended"),
        help_text=_("Only needed where the new day comes after the term of the law."),
        required=False,
    )

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.complaint = complaint

    def clean(self) -> dict[str, Any]:
        """Not later than the law allows, unless it lets its term be extended."""
        said = super().clean() or {}
        due_at, by_law = said.get("due_at"), legal_date(self.complaint)
        if due_at and by_law and due_at > by_law and not said.get("is_legal"):
            self.add_error("due_at", str(BEYOND_LAW.reason))
        return said


class UpdatesForm(forms.Form):
    """How often the complainant hears how it stands."""

    every_days = forms.IntegerField(
        label=_("Every so many days"),
        help_text=_("0: the complainant wants no word before the answer."),
        min_value=0,
        max_value=90,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr"}),
    )
    text = LineField(label=_("How it was agreed"), max_length=500, required=False)


class TellForm(forms.Form):
    """How it stands, in plain words."""

    text = ProseField(
        label=_("How it stands"),
        help_text=_("The complainant reads this, by mail and on the portal."),
        max_length=5_000,
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
        help_text=_(
            "The complaint waits in Follow-up and comes back with the answer. The promised date stands, unless its"
            " rule lets it wait for the complainant."
        ),
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
