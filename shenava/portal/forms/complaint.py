"""The complaint form: what happened, what is wanted, who asks."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shenava.common import clock
from shenava.common.fields import EmailAddressField, LineField, NameField, PhoneField, ProseField
from shenava.complaints.models import RecordType, Remedy, Subject
from shenava.people.models import Organisation
from shenava.ui.fields import DateField

OFFERED = [
    RecordType.COMPLAINT,
    RecordType.ENQUIRY,
    RecordType.SUGGESTION,
    RecordType.VIOLATION_REPORT,
    RecordType.COMPLIMENT,
]


class ComplaintForm(forms.Form):
    """A stranger's complaint. Only what happened is required; everything else helps."""

    submission = forms.CharField(widget=forms.HiddenInput, max_length=64)
    description = ProseField(
        label=_("What happened?"),
        help_text=_("In your own words: what, where, with whom. You can add more later."),
        max_length=20_000,
    )
    record_type = forms.ChoiceField(
        label=_("What is this?"),
        choices=[(kind.value, kind.label) for kind in OFFERED],
        initial=RecordType.COMPLAINT,
        widget=forms.RadioSelect,
    )
    subject = forms.ChoiceField(
        label=_("What is it about?"),
        choices=Subject.choices,
        initial=Subject.PRODUCT,
        widget=forms.RadioSelect,
    )
    product = LineField(label=_("Product or service"), required=False)
    serial = LineField(label=_("Serial number or invoice number"), required=False, max_length=80)
    occurred_on = DateField(label=_("When did it happen?"), required=False)
    requested_remedies = forms.MultipleChoiceField(
        label=_("What should we do?"),
        choices=Remedy.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    expectation = ProseField(
        label=_("What do you expect from us?"),
        help_text=_("For example what you were promised, by whom, and what you got instead."),
        required=False,
        max_length=5_000,
    )
    is_anonymous = forms.BooleanField(
        label=_("I do not want to give my name"),
        help_text=_("You can follow the complaint with its code all the same."),
        required=False,
    )
    name = NameField(label=_("First and family name"), required=False)
    email = EmailAddressField(
        label=_("E-mail"), help_text=_("We send the number and every answer there."), required=False
    )
    phone = PhoneField(region=Organisation.home_country, label=_("Telephone"), required=False)
    address = ProseField(
        label=_("Postal address"), help_text=_("If something has to be sent to you or fetched."),
        required=False, max_length=500, rows=2,
    )  # fmt: skip
    on_behalf = forms.BooleanField(label=_("I write on behalf of somebody else"), required=False)
    behalf_name = NameField(label=_("Name of the person you speak for"), required=False)
    authority = LineField(
        label=_("By what right do you speak for this person?"),
        help_text=_("For example as an heir, a lawyer, a parent, an employee."),
        required=False,
    )
    mandate = forms.FileField(
        label=_("Proof that you may speak for this person"),
        help_text=_("A power of attorney or the like, as a document or a picture. You can hand it in later, too."),
        required=False,
    )

    def clean_occurred_on(self) -> date | None:
        """What has happened lies in the past."""
        day: date | None = self.cleaned_data["occurred_on"]
        if day and day > clock.now().date():
            raise forms.ValidationError(_("This day has not come yet."))
        return day

    def clean(self) -> dict[str, Any]:
        """A name, unless anonymous; whoever speaks for somebody says for whom and by what right."""
        cleaned = super().clean() or {}
        if cleaned.get("is_anonymous"):
            cleaned |= {"name": "", "email": "", "phone": "", "address": ""}
        else:
            self._require("name", _("Please give your name, or choose to stay anonymous."))
        if cleaned.get("on_behalf"):
            self._require("behalf_name", _("Please give the name of the person you speak for."))
            self._require("authority", _("Please say by what right you speak for this person."))
        return cleaned

    def _require(self, field: str, sentence: Promise | str) -> None:
        if not self.cleaned_data.get(field) and field not in self.errors:
            self.add_error(field, str(sentence))
