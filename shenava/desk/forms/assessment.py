"""The form by which a complaint is assessed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shenava.common.fields import ProseField
from shenava.complaints.models import Complaint, Importance, Severity, Urgency


class AssessmentForm(forms.Form):
    """Our view of a complaint beside the complainant's own. It opens with what was said last."""

    severity = forms.TypedChoiceField(label=_("Severity"), choices=Severity.choices, coerce=int)
    importance = forms.TypedChoiceField(label=_("Importance"), choices=Importance.choices, coerce=int)
    felt_severity = forms.TypedChoiceField(
        label=_("How grave the complainant says it is"),
        choices=[("", _("not asked")), *Severity.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )
    urgency = forms.ChoiceField(label=_("Urgency"), choices=Urgency.choices, initial=Urgency.NORMAL)
    is_safety = forms.BooleanField(
        label=_("Danger to people"), help_text=_("The complaints managers are told at once."), required=False
    )
    is_legal = forms.BooleanField(label=_("Legal consequences"), required=False)
    is_media = forms.BooleanField(label=_("Media interest"), required=False)
    immediate_action = ProseField(label=_("What has to be done at once"), max_length=2_000, required=False)
    remark = ProseField(label=_("Remark"), max_length=5_000, required=False)

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        last = next(reversed(complaint.assessments.all()), None)
        told = {name: getattr(last, name) for name in self.base_fields if name != "remark"} if last else {}
        super().__init__(*args, **{"initial": told} | kwargs)
