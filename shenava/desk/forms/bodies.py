"""The form of an external body."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from shenava.common.fields import EmailAddressField, NameField, PhoneField, ProseField
from shenava.people.actions import Address
from shenava.people.models import BodyKind, ExternalBody, Organisation


class BodyForm(forms.Form):
    """How a body is called and reached."""

    name = NameField(label=_("Name"))
    kind = forms.ChoiceField(label=_("Kind"), choices=BodyKind.choices)
    email = EmailAddressField(label=_("E-mail"), required=False)
    phone = PhoneField(region=Organisation.home_country, label=_("Telephone"), required=False)
    address = ProseField(label=_("Address"), max_length=1_000, required=False)
    is_active = forms.BooleanField(label=_("Can be chosen"), required=False, initial=True)

    def as_address(self) -> Address:
        """What was said of its name and address."""
        said = self.cleaned_data
        return Address(name=said["name"], email=said["email"], phone=said["phone"], address=said["address"])

    @staticmethod
    def known(body: ExternalBody) -> dict[str, object]:
        """What is known of a body."""
        party = body.party
        told = {"name": party.name, "email": party.email, "phone": party.phone, "address": party.address}
        return told | {"kind": body.kind, "is_active": body.is_active}
