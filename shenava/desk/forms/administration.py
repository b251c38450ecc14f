"""Forms of the administration."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from shenava.common.fields import EmailAddressField, LineField, NameField, PhoneField, ProseField
from shenava.deadlines.models import Calendar
from shenava.desk.forms.accounts import NewPasswordForm
from shenava.messages.models import Security
from shenava.people.models import Organisation, Party, Role, Unit, UnitKind

ZONES = [(zone, zone) for zone in ["Asia/Tehran", "Asia/Jerusalem", "UTC", *sorted(available_timezones())]]


class HolderChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A person or a unit that can hold work."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Party.objects.none(), empty_label=_("nobody in particular"), **kwargs)

    def refresh(self, *, but: Party | None = None) -> None:
        """Ask again who there is."""
        holders = Party.objects.holders().distinct().order_by("kind", "name")
        self.queryset = holders.exclude(pk=but.pk) if but else holders


class OrganisationForm(forms.Form):
    """The organisation's details."""

    name = NameField(label=_("Name of the organisation"))
    email = EmailAddressField(label=_("E-mail"), required=False)
    phone = PhoneField(region=Organisation.home_country, label=_("Telephone"), required=False)
    address = ProseField(label=_("Address"), max_length=1000, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=[("en", "English"), ("fa", "فارسی"), ("he", "עברית")])
    calendar_kind = forms.ChoiceField(label=_("Calendar"), choices=Organisation.CalendarKind.choices)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=ZONES)
    commitment = ProseField(
        label=_("Our commitment to complainants"),
        help_text=_("Shown on the first page of the portal."),
        max_length=5000,
        required=False,
    )
    intake_unit = forms.ModelChoiceField(
        label=_("New complaints arrive at"),
        queryset=Unit.objects.filter(is_active=True).select_related("party"),
        required=False,
        empty_label=_("the first unit"),
    )
    fallback_holder = HolderChoice(
        label=_("Fallback holder"),
        help_text=_("Work that nobody else can hold lands there."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fallback_holder"].refresh()  # type: ignore[attr-defined]


class SetUpForm(NewPasswordForm):
    """The beginning: organisation, calendar, first administrator."""

    name = NameField(label=_("Name of the organisation"))
    country = forms.ChoiceField(
        label=_("Country"),
        choices=Organisation.Country.choices,
        required=False,
        help_text=_("Working week, holidays and promises begin as they are there; you can change everything."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=[("en", "English"), ("fa", "فارسی"), ("he", "עברית")])
    calendar_kind = forms.ChoiceField(label=_("Calendar"), choices=Organisation.CalendarKind.choices)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=ZONES)
    unit = NameField(label=_("First unit"), help_text=_("New complaints arrive there. You can add more units later."))
    administrator = NameField(label=_("Your name"))
    email = EmailAddressField(label=_("Your e-mail"))
    field_order = [
        "token",
        "name",
        "country",
        "language",
        "calendar_kind",
        "time_zone",
        "unit",
        "administrator",
        "email",
        "password",
    ]


class UnitForm(forms.Form):
    """A unit in the tree."""

    name = NameField(label=_("Name of the unit"))
    kind = forms.ChoiceField(label=_("Kind of unit"), choices=UnitKind.choices)
    parent = forms.ModelChoiceField(
        label=_("Belongs to"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("nothing: it stands at the top"),
    )
    calendar = forms.ModelChoiceField(
        label=_("Calendar"),
        queryset=Calendar.objects.all(),
        required=False,
        empty_label=_("as the unit above"),
    )
    jurisdiction = forms.ChoiceField(
        label=_("Country whose law holds"),
        choices=[("", _("as the unit above")), *Organisation.Country.choices[:-1]],
        required=False,
    )
    fallback_holder = HolderChoice(
        label=_("Fallback holder"),
        help_text=_("Work that nobody else can hold lands there."),
        required=False,
    )
    is_active = forms.BooleanField(label=_("Active"), required=False, initial=True)

    def __init__(self, *args: Any, unit: Unit | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if unit is None:
            del self.fields["is_active"]
        units = Unit.objects.select_related("party")
        self.fields["parent"].queryset = units.exclude(pk=unit.pk) if unit else units  # type: ignore[attr-defined]
        self.fields["fallback_holder"].refresh()  # type: ignore[attr-defined]


class InviteForm(forms.Form):
    """Somebody to be invited."""

    name = NameField(label=_("First and family name"))
    email = EmailAddressField(label=_("E-mail"))
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    unit = forms.ModelChoiceField(
        label=_("In the unit"),
        queryset=Unit.objects.select_related("party"),
        required=False,
        empty_label=_("everywhere"),
    )


class RoleForm(forms.Form):
    """A role for somebody."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    unit = forms.ModelChoiceField(
        label=_("In the unit"),
        queryset=Unit.objects.select_related("party"),
        required=False,
        empty_label=_("everywhere"),
    )


class DeactivateForm(forms.Form):
    """Who takes over."""

    to = HolderChoice(label=_("Open work goes to"), required=False)

    def __init__(self, *args: Any, party: Party, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].refresh(but=party)  # type: ignore[attr-defined]


class HandOverForm(forms.Form):
    """Who takes over what lies with somebody who stays."""

    to = HolderChoice(label=_("Open work goes to"))

    def __init__(self, *args: Any, party: Party, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["to"]
        assert isinstance(choice, HolderChoice)
        choice.refresh(but=party)
        choice.empty_label = _("Choose…")


class MailboxForm(forms.Form):
    """A mailbox by which complaints come and answers go."""

    name = NameField(label=_("Name"))
    address = EmailAddressField(label=_("Address"))
    unit = forms.ModelChoiceField(
        label=_("Unit"),
        queryset=Unit.objects.select_related("party"),
        required=False,
        empty_label=_("the first unit"),
    )
    imap_host = LineField(label=_("IMAP server"), required=False)
    imap_port = forms.IntegerField(label=_("IMAP port"), initial=993, min_value=1, max_value=65535, required=False)
    imap_security = forms.ChoiceField(label=_("IMAP security"), choices=Security.choices, required=False)
    imap_user = LineField(label=_("IMAP user"), required=False)
    imap_password = forms.CharField(
        strip=False,
        label=_("IMAP password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "dir": "ltr"}),
        required=False,
        help_text=_("Empty keeps the present one."),
    )
    imap_folder = LineField(label=_("IMAP folder"), initial="INBOX", required=False)
    smtp_host = LineField(label=_("SMTP server"), required=False)
    smtp_port = forms.IntegerField(label=_("SMTP port"), initial=587, min_value=1, max_value=65535, required=False)
    smtp_security = forms.ChoiceField(
        label=_("SMTP security"), choices=Security.choices, initial=Security.STARTTLS, required=False
    )
    smtp_user = LineField(label=_("SMTP user"), required=False)
    smtp_password = forms.CharField(
        strip=False,
        label=_("SMTP password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "dir": "ltr"}),
        required=False,
        help_text=_("Empty keeps the present one."),
    )
    trusted_authserv = LineField(
        label=_("Trusted receiver"),
        help_text=_("The name your mail server puts into Authentication-Results; senders are judged by it."),
        required=False,
    )
    is_active = forms.BooleanField(label=_("Active"), required=False, initial=True)
