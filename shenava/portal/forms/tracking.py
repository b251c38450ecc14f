"""The forms by which a complainant follows a complaint."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from shenava.common.fields import EmailAddressField, LineField, ProseField


class CodeForm(forms.Form):
    """Code and secret, as they stand on the receipt."""

    code = LineField(label=_("Complaint code or number"), max_length=20)
    secret = LineField(label=_("Secret key"), help_text=_("It stands on your receipt."), max_length=60)


class AskForCodeForm(forms.Form):
    """Asks for a one-time code to be sent to the address on record."""

    code = LineField(label=_("Complaint code or number"), max_length=20)
    email = EmailAddressField(label=_("The e-mail you gave us"))


class OneTimeCodeForm(forms.Form):
    """The one-time code that was sent."""

    one_time = LineField(label=_("One-time code"), help_text=_("Eight digits, valid for ten minutes."), max_length=20)


class AdditionForm(forms.Form):
    """Further information."""

    submission = forms.CharField(widget=forms.HiddenInput, max_length=64)
    text = ProseField(label=_("What would you like to add?"), max_length=20_000)


class AnswerForm(forms.Form):
    """The complainant's answer to a response."""

    text = ProseField(label=_("Would you like to say something about it?"), required=False, max_length=5_000)


class ReasonForm(forms.Form):
    """A reason that is needed: for a rejection, a withdrawal or a reopening."""

    text = ProseField(label=_("Please tell us why"), max_length=5_000)
