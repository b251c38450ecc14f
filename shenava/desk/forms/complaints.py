"""Forms for work on a complaint."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shenava.common.fields import EmailAddressField, LineField, NameField, PhoneField, ProseField
from shenava.complaints.models import (
    Channel,
    Complaint,
    Finding,
    IssueLine,
    RecordType,
    ReferralKind,
    Remedy,
    Subject,
    Urgency,
)
from shenava.complaints.policy import READERS
from shenava.people.models import Party, Unit
from shenava.ui.fields import DateField, DueField

STAFF_CHANNELS = [
    Channel.PHONE,
    Channel.IN_PERSON,
    Channel.LETTER,
    Channel.FAX,
    Channel.DEALER,
    Channel.SUPERVISORY_BODY,
]


class PartyChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Choosing a holder by name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj)


class ResponseForm(forms.Form):
    """The response to the complainant."""

    text = ProseField(label=_("Response to the complainant"), max_length=20_000)


class NoteForm(forms.Form):
    """A note for colleagues."""

    text = ProseField(label=_("Internal note"), max_length=20_000)


class AssignForm(forms.Form):
    """To whom the complaint goes."""

    to = PartyChoice(label=_("Assign to"), queryset=Party.objects.none(), empty_label=_("Choose…"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = (  # type: ignore[attr-defined]
            Party.objects.holders().distinct().order_by("kind", "name")
        )


class ReferForm(forms.Form):
    """Who is asked for what, until when."""

    to = PartyChoice(label=_("Refer to"), queryset=Party.objects.none(), empty_label=_("Choose…"))
    kind = forms.ChoiceField(label=_("What is asked"), choices=ReferralKind.choices, initial=ReferralKind.ACTION)
    directive = ProseField(label=_("Directive"), max_length=5_000)
    due_at = DueField(label=_("Answer until"), required=False)
    urgency = forms.ChoiceField(label=_("Urgency"), choices=Urgency.choices, initial=Urgency.NORMAL)
    is_confidential = forms.BooleanField(
        label=_("Confidential"), help_text=_("Only the two sides and the manager read it."), required=False
    )

    def __init__(self, *args: Any, complaint: Complaint | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        able = (
            Party.objects.holders()
            .exclude(pk__in=complaint.excluded if complaint else [])
            .filter(Q(unit__isnull=False) | Q(grants__role__in=[role.value for role in READERS]))
        )
        self.fields["to"].queryset = able.distinct().order_by("kind", "name")  # type: ignore[attr-defined]


class OpinionForm(forms.Form):
    """What somebody who was asked says."""

    text = ProseField(label=_("Opinion"), max_length=20_000)
    recommendation = LineField(label=_("Recommendation"), max_length=500, required=False)
    is_shareable = forms.BooleanField(label=_("The complainant may be told"), required=False)


class WhyForm(forms.Form):
    """Why a referral is returned or recalled."""

    reason = ProseField(label=_("Reason"), max_length=2_000)


class ReasonForm(forms.Form):
    """A verb that needs a reason."""

    text = ProseField(label=_("Reason"), max_length=5_000)


class OptionalReasonForm(forms.Form):
    """A verb that may have a remark."""

    text = ProseField(label=_("Remark"), max_length=5_000, required=False)


class DuplicateForm(forms.Form):
    """Which complaint goes on for both."""

    reference = LineField(label=_("Number of the other complaint"), max_length=20)
    text = ProseField(label=_("Remark"), max_length=5_000, required=False)


class ConvertForm(forms.Form):
    """What the record really is."""

    record_type = forms.ChoiceField(label=_("Kind of record"), choices=RecordType.choices)


class IssueLineForm(forms.Form):
    """One more thing complained about."""

    subject = forms.ChoiceField(label=_("What it is about"), choices=Subject.choices)
    text = LineField(label=_("Issue"), max_length=500)


class FindingForm(forms.Form):
    """Whether the complainant is right in one issue line."""

    line = forms.ModelChoiceField(queryset=IssueLine.objects.none(), widget=forms.HiddenInput)
    finding = forms.ChoiceField(label=_("Finding"), choices=Finding.choices)
    reasons = ProseField(label=_("Reasons"), max_length=5_000)

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].queryset = complaint.issue_lines.all()  # type: ignore[attr-defined]


class AdditionForm(forms.Form):
    """What the complainant told us besides, written down by staff."""

    channel = forms.ChoiceField(label=_("Received by"), choices=[(c.value, c.label) for c in STAFF_CHANNELS])
    text = ProseField(label=_("What the complainant said"), max_length=20_000)


class IntakeForm(forms.Form):
    """A complaint received by staff: by telephone, in person, by letter."""

    submission = forms.CharField(widget=forms.HiddenInput, max_length=64)
    channel = forms.ChoiceField(label=_("Received by"), choices=[(c.value, c.label) for c in STAFF_CHANNELS])
    record_type = forms.ChoiceField(label=_("Kind of record"), choices=RecordType.choices)
    subject = forms.ChoiceField(label=_("What it is about"), choices=Subject.choices)
    title = LineField(label=_("Title"), max_length=120)
    description = ProseField(label=_("In the complainant's words"), max_length=20_000)
    is_anonymous = forms.BooleanField(label=_("Anonymous"), required=False)
    name = NameField(label=_("Name of the complainant"), required=False)
    email = EmailAddressField(label=_("E-mail"), required=False)
    phone = PhoneField(label=_("Telephone"), required=False)
    product = LineField(label=_("Product or service"), required=False)
    serial = LineField(label=_("Serial number or invoice number"), required=False, max_length=80)
    occurred_on = DateField(label=_("When it happened"), required=False)
    requested_remedies = forms.MultipleChoiceField(
        label=_("What the complainant asks for"), choices=Remedy.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    expectation = ProseField(label=_("What the complainant expected"), required=False, max_length=5_000)
    unit = forms.ModelChoiceField(
        label=_("Unit"),
        queryset=Unit.objects.filter(is_active=True).select_related("party"),
        required=False,
        empty_label=_("Where new complaints arrive"),
    )

    def clean(self) -> dict[str, Any]:
        """A name, unless anonymous."""
        cleaned = super().clean() or {}
        if not cleaned.get("is_anonymous") and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", _("Give the name of the complainant, or mark the complaint as anonymous."))
        return cleaned
