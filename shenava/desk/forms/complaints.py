"""Forms for work on a complaint."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shenava.common.fields import LineField, ProseField
from shenava.common.tokens import normalise_code
from shenava.complaints.models import (
    Category,
    Channel,
    Complaint,
    Finding,
    IssueLine,
    RecordType,
    ReferralKind,
    Subject,
    Urgency,
)
from shenava.complaints.rules import READERS
from shenava.desk.forms.files import EnclosingForm, FilesField
from shenava.people.models import Party
from shenava.ui.fields import DueField

STAFF_CHANNELS = [
    Channel.PHONE,
    Channel.COMPLAINTS_LINE,
    Channel.IN_PERSON,
    Channel.LETTER,
    Channel.FAX,
    Channel.SMS,
    Channel.CHAT,
    Channel.MESSENGER,
    Channel.DEALER,
    Channel.SUPERVISORY_BODY,
    Channel.SOCIAL_MEDIA,
    Channel.WEB_REVIEW,
]


KINDS = [(kind.value, kind.label) for kind in ReferralKind if kind != ReferralKind.OUTSIDE]


class PartyChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Choosing a holder by name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj)


class LineChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Choosing one of the issue lines."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.position}. {obj.text}"


class ResponseForm(EnclosingForm):
    """The response to the complainant."""

    text = ProseField(label=_("Response to the complainant"), max_length=20_000)


class NoteForm(EnclosingForm):
    """A note for colleagues."""

    text = ProseField(label=_("Internal note"), max_length=20_000)


class AssignForm(forms.Form):
    """To whom the complaint goes: units and colleagues who handle complaints, nobody who is named in it."""

    to = PartyChoice(label=_("Assign to"), queryset=Party.objects.none(), empty_label=_("Choose…"))

    def __init__(self, *args: Any, complaint: Complaint | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        able = Q(unit__isnull=False) | Q(grants__role__in=sorted(READERS))
        holders = Party.objects.holders().filter(able).exclude(pk__in=complaint.excluded if complaint else ())
        self.fields["to"].queryset = holders.distinct().order_by("kind", "name")  # type: ignore[attr-defined]


class ReferForm(forms.Form):
    """Who is asked for what, until when: anybody who can hold work, but nobody asks himself."""

    to = PartyChoice(label=_("Refer to"), queryset=Party.objects.none(), empty_label=_("Choose…"))
    kind = forms.ChoiceField(label=_("What is asked"), choices=KINDS, initial=ReferralKind.ACTION)
    directive = ProseField(label=_("Directive"), max_length=5_000)
    due_at = DueField(label=_("Answer until"), required=False)
    urgency = forms.ChoiceField(label=_("Urgency"), choices=Urgency.choices, initial=Urgency.NORMAL)
    is_confidential = forms.BooleanField(
        label=_("Confidential"), help_text=_("Only the two sides and the manager read it."), required=False
    )

    def __init__(self, *args: Any, complaint: Complaint | None = None, by: Party | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        able = (
            Party.objects.holders()
            .exclude(pk__in=[*(complaint.excluded if complaint else ()), *([by.pk] if by else ())])
            .filter(Q(unit__isnull=False) | Q(grants__role__in=[role.value for role in READERS]))
        )
        self.fields["to"].queryset = able.distinct().order_by("kind", "name")  # type: ignore[attr-defined]


class OpinionForm(forms.Form):
    """What somebody who was asked says."""

    text = ProseField(label=_("Opinion"), max_length=20_000)
    recommendation = LineField(label=_("Recommendation"), max_length=500, required=False)
    is_shareable = forms.BooleanField(label=_("The complainant may be told"), required=False)
    uploads = FilesField()


class LetterForm(forms.Form):
    """A letter of an external body."""

    reference = LineField(label=_("Reference of the letter"), max_length=80)
    text = ProseField(label=_("What it says"), max_length=20_000)


class OutsideForm(LetterForm):
    """A letter to an external body."""

    body = PartyChoice(label=_("External body"), queryset=Party.objects.none(), empty_label=_("Choose…"))
    due_at = DueField(label=_("Answer until"), required=False)
    field_order = ["body", "reference", "text", "due_at"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = Party.objects.filter(body__is_active=True).order_by("name")
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]


class WhyForm(forms.Form):
    """Why a referral is returned or recalled."""

    reason = ProseField(label=_("Reason"), max_length=2_000)


class ReasonForm(forms.Form):
    """A verb that needs a reason."""

    text = ProseField(label=_("Reason"), max_length=5_000)


class OptionalReasonForm(forms.Form):
    """A verb that may have a remark."""

    text = ProseField(label=_("Remark"), max_length=5_000, required=False)


class MisdirectionForm(forms.Form):
    """For whom the complaint is; the complainant reads it."""

    text = ProseField(
        label=_("For whom it is"),
        help_text=_("The complainant is sent these words: say where to turn, and how."),
        max_length=5_000,
    )


class DuplicateForm(forms.Form):
    """Which complaint goes on for both."""

    reference = LineField(label=_("Number of the other complaint"), max_length=20)
    text = ProseField(label=_("Remark"), max_length=5_000, required=False)

    def clean_reference(self) -> str:
        """The number as it is kept, however its digits were typed."""
        return normalise_code(self.cleaned_data["reference"])


class OtherForm(forms.Form):
    """The number of another complaint."""

    reference = LineField(label=_("Number of the other complaint"), max_length=20)


class ConvertForm(forms.Form):
    """What the record really is."""

    record_type = forms.ChoiceField(label=_("Kind of record"), choices=RecordType.choices)


class IssueLineForm(forms.Form):
    """One more thing complained about."""

    subject = forms.ChoiceField(label=_("What it is about"), choices=Subject.choices)
    text = LineField(label=_("Issue"), max_length=500)


class CategoryChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Choosing a category, under its upper one."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.parent} › {obj}" if obj.parent else str(obj)


class ClassifyForm(forms.Form):
    """What kind of issue a line is."""

    line = LineChoice(label=_("Issue line"), queryset=IssueLine.objects.none(), empty_label=None)
    category = CategoryChoice(label=_("Category"), queryset=Category.objects.none(), empty_label=_("Choose…"))

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].queryset = complaint.issue_lines.all()  # type: ignore[attr-defined]
        self.fields["category"].queryset = Category.objects.in_use().in_order()  # type: ignore[attr-defined]


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
