"""Forms for asking for a review and for answering it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from shenava.common.fields import ProseField
from shenava.complaints.models import Review
from shenava.desk.forms.files import EnclosingForm


class ReviewForm(forms.Form):
    """Why the complainant wants somebody else to look at it."""

    text = ProseField(
        label=_("Why the complainant asks for a review"),
        help_text=_(
            "Wherever possible somebody who had no part in the answer looks at it anew; the complainant is told so."
        ),
        max_length=5_000,
    )


class ReviewAnswerForm(EnclosingForm):
    """What the review came to; the complainant reads the reasons."""

    result = forms.ChoiceField(
        label=_("What the review came to"), choices=Review.Result.choices, widget=forms.RadioSelect
    )
    text = ProseField(
        label=_("Answer to the complainant, with the reasons"),
        help_text=_("The complainant reads this, by mail and on the portal, and accepts it or not."),
        max_length=20_000,
    )
