"""The form by which staff register what they received: by telephone, at the counter, by letter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shenava.common import clock
from shenava.common.fields import EmailAddressField, LineField, NameField, PhoneField, ProseField
from shenava.complaints.actions import Look
from shenava.complaints.models import (
    Basis,
    Directness,
    Importance,
    RecordType,
    Remedy,
    Severity,
    Source,
    Subject,
)
from shenava.complaints.preconditions import NOT_AT_ONCE
from shenava.desk.forms.complaints import STAFF_CHANNELS
from shenava.people.models import ContactGroup, Organisation, Unit
from shenava.ui.fields import DateField, TimeField, moment_of

SPEAKERS = {
    "speaker_name": _("Give the name of the representative."),
    "authority": _("Say by what right he speaks for the complainant."),
}


class ScaleField(forms.TypedChoiceField):
    """One of a scale by its number; None for what was left open."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, empty_value=None, required=False, **kwargs)


USUAL = {"record_type": RecordType.COMPLAINT, "subject": Subject.PRODUCT, "title": ""}
"""What a complaint is where a form of a few fields does not ask; its title is the first line of what was said."""


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
    phone = PhoneField(region=Organisation.home_country, label=_("Telephone"), required=False)
    address = ProseField(label=_("Postal address"), required=False, max_length=500, rows=2)
    contact_group = forms.ChoiceField(
        label=_("Contact group"), choices=ContactGroup.choices, initial=ContactGroup.CUSTOMER, required=False
    )
    on_behalf = forms.BooleanField(label=_("Somebody else speaks for the complainant"), required=False)
    speaker_name = NameField(label=_("Name of the representative"), required=False)
    speaker_email = EmailAddressField(label=_("E-mail of the representative"), required=False)
    speaker_phone = PhoneField(
        region=Organisation.home_country, label=_("Telephone of the representative"), required=False
    )
    authority = LineField(
        label=_("By what right"), help_text=_("For example as an heir, a lawyer, a parent, an employee."),
        required=False,
    )  # fmt: skip
    mandate = forms.FileField(label=_("Power of attorney or other proof"), required=False)
    product = LineField(label=_("Product or service"), required=False)
    serial = LineField(label=_("Serial number or invoice number"), required=False, max_length=80)
    received_on = DateField(
        label=_("Received on"), help_text=_("Empty: just now. The promise counts from here."), required=False
    )
    received_time = TimeField(label=_("At"), required=False)
    source = forms.ChoiceField(label=_("Through whom"), choices=Source.choices, initial=Source.CUSTOMER, required=False)
    directness = forms.ChoiceField(
        label=_("How it was said"), choices=Directness.choices, initial=Directness.DIRECT, required=False
    )
    expectation_basis = forms.ChoiceField(
        label=_("A reply is expected"), choices=Basis.choices, initial=Basis.EXPLICIT, required=False
    )
    promised_by = LineField(label=_("Who promised it"), required=False)
    promised = ProseField(label=_("What was promised"), required=False, max_length=2_000)
    got_instead = ProseField(label=_("What was received instead"), required=False, max_length=2_000)
    severity = ScaleField(label=_("Severity"), choices=[("", _("Choose…")), *Severity.choices])
    importance = ScaleField(label=_("Importance"), choices=[("", _("Choose…")), *Importance.choices])
    is_safety = forms.BooleanField(
        label=_("Danger to people"), help_text=_("The complaints managers are told at once."), required=False
    )
    is_solved = forms.BooleanField(
        label=_("Solved at once: the complainant is content"),
        help_text=_("It is registered, answered and closed in one go."),
        required=False,
    )
    solution = ProseField(label=_("What was done and said"), required=False, max_length=20_000)
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

    def __init__(self, *args: Any, asked: Sequence[str] = (), **kwargs: Any) -> None:
        """`asked` are the few fields that are asked for first; whatever else they lack is as usual."""
        super().__init__(*args, **kwargs)
        self.asked = [name for name in asked if name in self.fields]
        for name in USUAL if self.asked else ():
            self.fields[name].required = name in self.asked

    def first(self) -> list[forms.BoundField]:
        """The few fields that are asked for first, if there are such."""
        return [self[name] for name in self.asked]

    def rest(self) -> list[forms.BoundField]:
        """The other fields."""
        return [bound for bound in self.visible_fields() if bound.name not in self.asked]

    def clean(self) -> dict[str, Any]:
        """A name, unless anonymous; a moment that is not ahead; what belongs to judging and to solving."""
        cleaned = super().clean() or {}
        cleaned |= {name: usual for name, usual in USUAL.items() if self.asked and not cleaned.get(name)}
        if not cleaned.get("is_anonymous") and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", _("Give the name of the complainant, or mark the complaint as anonymous."))
        for name, told in SPEAKERS.items() if cleaned.get("on_behalf") else ():
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, told)
        self._clean_judged(cleaned)
        received_at = self.received_at()
        if received_at is not None and received_at > clock.now():
            self.add_error("received_on", _("This lies ahead."))
        return cleaned

    def look(self) -> Look | None:
        """How grave it was found to be; None if that was left for later."""
        names = ("severity", "importance", "is_safety")
        said = {name: self.cleaned_data[name] for name in names}
        return Look(**said) if said["severity"] else None

    def settled(self) -> str:
        """What was done and said, if it was solved at once."""
        return str(self.cleaned_data["solution"]) if self.cleaned_data["is_solved"] else ""

    def _clean_judged(self, cleaned: dict[str, Any]) -> None:
        """What is solved at once, or endangers people, is judged at once, by severity and importance together."""
        is_solved, is_safety = cleaned.get("is_solved"), cleaned.get("is_safety")
        if is_solved and not cleaned.get("solution"):
            self.add_error("solution", _("Write what was done and said."))
        if is_solved and (is_safety or cleaned.get("subject") == Subject.STAFF):
            self.add_error("is_solved", str(NOT_AT_ONCE.reason))
        judged = [name for name in ("severity", "importance") if cleaned.get(name)]
        if judged or is_solved or is_safety:
            for name in {"severity", "importance"}.difference(judged, self.errors):
                self.add_error(name, _("Say how grave it is and how much it matters."))

    def received_at(self) -> datetime | None:
        """When it was received; None for just now. A day without a time counts from its beginning."""
        day, at = self.cleaned_data.get("received_on"), self.cleaned_data.get("received_time")
        return moment_of(day, at) if day or at else None
