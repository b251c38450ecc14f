"""Forms for what is asked of the complainant and told him beside the answer."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from shenava.common.fields import ProseField
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


class QuestionForm(forms.Form):
    """What we need from the complainant."""

    text = ProseField(
        label=_("What do we need from the complainant?"),
        help_text=_("The complaint waits in Follow-up and comes back with the answer. The promised date stands."),
        max_length=5_000,
    )
