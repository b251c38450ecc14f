"""Forms for mail that could not be read."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from shenava.common.fields import EmailAddressField, LineField, NameField, PhoneField, ProseField
from shenava.people.models import Organisation


class ByHandForm(forms.Form):
    """What a person could make out of a mail."""

    title = LineField(label=_("Title"), max_length=120)
    description = ProseField(label=_("What it says"), max_length=20_000)
    name = NameField(label=_("Name of the complainant"), required=False)
    email = EmailAddressField(label=_("E-mail"), required=False)
    phone = PhoneField(region=Organisation.home_country, label=_("Telephone"), required=False)


class AsideForm(forms.Form):
    """Why a mail needs no complaint."""

    reason = ProseField(label=_("Reason"), max_length=900)
