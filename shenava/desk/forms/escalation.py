"""Forms of the ladder: a rung of it, and undoing what it did."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from shenava.common.dates import digits
from shenava.common.fields import ProseField
from shenava.complaints.models import Complaint
from shenava.deadlines.models import ClockKind, Escalation
from shenava.deadlines.models.ladder import Deed, To


class EscalationChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Choosing one thing that happened by itself."""

    def label_from_instance(self, obj: Any) -> str:
        percent = digits(obj.percent, get_language() or "en")
        return f"{obj.get_kind_display()} · {percent}% · {obj.get_deed_display()}"


class UndoForm(forms.Form):
    """What is taken back, and why."""

    escalation = EscalationChoice(label=_("What is taken back"), queryset=Escalation.objects.none(), empty_label=None)
    reason = ProseField(label=_("Reason"), max_length=2_000)

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        done = Escalation.objects.filter(complaint=complaint, undone_at=None)
        self.fields["escalation"].queryset = done  # type: ignore[attr-defined]


class RungForm(forms.Form):
    """At how much of which time what happens."""

    kind = forms.ChoiceField(label=_("Promise"), choices=ClockKind.choices)
    percent = forms.IntegerField(
        label=_("Per cent of the time"),
        help_text=_("100 is the promised date; more is after it. Nights and holidays do not count."),
        min_value=1,
        max_value=1000,
    )
    deed = forms.ChoiceField(label=_("What happens"), choices=Deed.choices)
    to = forms.ChoiceField(label=_("Whom"), choices=To.choices)
